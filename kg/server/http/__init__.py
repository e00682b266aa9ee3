"""HTTP for all requests: negotiation, language, limits, caches, access log, error responses."""
