"""Texts of word processors: Word and OpenDocument."""
