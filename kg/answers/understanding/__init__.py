"""What a question says: its names, dates and numbers, and the family that it belongs to."""
