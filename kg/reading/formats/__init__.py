"""One module for each format, and what a file is by its content."""
