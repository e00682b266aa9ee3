"""Pages of a planner's desk: coordination, targets, deadlines, streets, briefings."""
