"""Data that pages read from the graph: the current build, and results cached for it."""
