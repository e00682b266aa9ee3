"""Answers to plain questions about a graph: a sentence first, then the table behind it."""
