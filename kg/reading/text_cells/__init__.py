"""Read tables in texts whose cells are certain: by delimiters, or by one cell on each line."""
