"""The questions that the graph answers, and how they are put to it."""
