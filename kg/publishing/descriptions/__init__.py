"""Metadata of bundles for catalogues, in the formats of several standards."""
