"""Linked data: each IRI of the graph at its path, as data or as a page for its kind."""
