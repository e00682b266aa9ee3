"""From what each part of a document is to the tasks that it tells."""
