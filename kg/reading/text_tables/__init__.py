"""Read the table in a text layer whose cells wrap, side by side or one after another."""
