"""Find the names in tasks."""
