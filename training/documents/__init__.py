"""Invented documents with marked tasks, in the layouts that governments use."""
