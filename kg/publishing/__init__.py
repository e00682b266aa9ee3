"""Export of graphs to files for data portals."""
