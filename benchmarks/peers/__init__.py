"""We and others side by side in one run: what takes how long, as ratios."""
