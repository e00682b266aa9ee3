"""Networks of departments, and their analysis."""
