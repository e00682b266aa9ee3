"""The terms of the vocabulary, and statements as RDF."""
