"""Tables of cells: what their columns mean, and the tasks in their rows."""
