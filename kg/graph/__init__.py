"""From facts to RDF: the terms, the mapping, and the store that keeps it."""
