"""Curation: a review list of doubtful facts, and the decisions of a curation file."""
