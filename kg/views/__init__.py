"""Networks as interactive HTML pages."""
