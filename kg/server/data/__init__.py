"""What pages read of the graph: the build in force, and what is worked out once for it."""
