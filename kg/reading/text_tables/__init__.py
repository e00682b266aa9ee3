"""The text layer of a long table: cells that wrap, side by side, told apart by costs."""
