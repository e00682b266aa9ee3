"""Parsing of questions: names, dates, numbers, and the family that a question belongs to."""
