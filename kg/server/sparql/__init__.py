"""The SPARQL endpoint: queries, updates, its description and the editor."""
