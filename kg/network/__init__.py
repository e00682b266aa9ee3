"""From the graph to networks of departments."""
