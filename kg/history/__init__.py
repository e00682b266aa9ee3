"""The tasks of a plan over its reports: which rows are the same task, and what has changed."""
