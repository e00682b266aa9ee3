"""Invented documents in which marked tasks are laid out as governments lay them out."""
