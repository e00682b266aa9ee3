"""Decode the network's scores of characters into segments, records and tasks."""
