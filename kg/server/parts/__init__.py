"""What several pages show: names, sentences, ties, filters, files."""
