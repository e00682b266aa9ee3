"""Read tables of cells: the meanings of their columns, and the tasks in their rows."""
