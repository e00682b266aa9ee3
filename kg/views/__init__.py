"""From a network to a page that people look at."""
