"""Decide which names mean the same thing."""
