"""Pictures of what a planner works with, as SVG and PNG."""
