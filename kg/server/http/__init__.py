"""What surrounds every request: negotiation, language, limits, caches, logs, error responses."""
