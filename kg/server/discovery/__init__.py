"""Machine-readable descriptions of the server: DCAT, VoID, OpenAPI and sitemaps."""
