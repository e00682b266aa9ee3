"""What is doubtful in an extraction, and what a person decided about it."""
