"""Charts for planners, as SVG and PNG."""
