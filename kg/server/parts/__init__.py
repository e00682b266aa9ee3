"""Parts that several pages share: names, sentences, ties, filters, files."""
