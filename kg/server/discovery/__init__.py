"""Descriptions of the server for machines: DCAT, VoID, OpenAPI and sitemaps."""
