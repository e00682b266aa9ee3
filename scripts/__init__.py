"""Programs that make or check what is in the repository."""
