"""Linked data: each IRI of the graph at its path, as data and as a page of its kind."""
