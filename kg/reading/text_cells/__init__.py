"""Texts in which marks tell for certain where the cells of a table end."""
