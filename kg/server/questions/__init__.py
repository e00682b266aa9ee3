"""The questions of the catalogue and plain questions: forms, answers and files."""
