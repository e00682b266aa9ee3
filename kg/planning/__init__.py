"""What a planner works with: who must coordinate, what is behind, what is due, what has changed."""
