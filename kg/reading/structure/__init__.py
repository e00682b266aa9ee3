"""The parts of a document: blocks, cells, lines, list markers, labels, white space."""
