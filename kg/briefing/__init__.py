"""Briefings that are taken into a meeting: Word, PowerPoint, PDF, and a picture for a slide."""
