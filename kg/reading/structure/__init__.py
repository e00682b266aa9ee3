"""What a document consists of: blocks, cells, lines, marks, labels, white space."""
