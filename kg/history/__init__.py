"""The tasks of a plan over several reports: which rows are the same task, and what changed."""
