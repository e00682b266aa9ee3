"""Pages about the whole graph: front page, lists, search, comparisons, views."""
