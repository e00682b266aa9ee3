"""Programs that make or check files in the repository."""
