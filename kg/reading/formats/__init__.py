"""Read files of each format as documents, and detect the format of a file from its content."""
