"""Briefings for meetings: Word, PowerPoint, PDF, and a picture for a slide."""
