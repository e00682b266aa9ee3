"""From a report and its facts to RDF statements."""
