"""From the graph to files for data portals."""
