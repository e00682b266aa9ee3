"""From files to documents: one module for each format, and what a file is by its content."""
