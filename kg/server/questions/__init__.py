"""Questions of the catalogue and plain questions: forms, answers and files."""
