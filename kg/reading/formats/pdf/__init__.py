"""Read PDF files: letters, lines, ruled tables, pages."""
