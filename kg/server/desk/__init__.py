"""Pages for planners: coordination, targets, deadlines, subdistricts, briefings."""
