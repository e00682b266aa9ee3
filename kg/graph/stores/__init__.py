"""Graphs on disk and on SPARQL servers."""
