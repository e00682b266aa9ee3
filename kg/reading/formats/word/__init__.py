"""Read documents of word processors: Word and OpenDocument."""
