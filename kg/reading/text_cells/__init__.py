"""Read tables in texts whose cells are certain: by delimiters, or column by column."""
