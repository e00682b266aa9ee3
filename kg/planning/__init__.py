"""Data for planners: coordination, targets, deadlines, subdistricts, changes between reports."""
