"""Find numbers with their units of measurement."""
