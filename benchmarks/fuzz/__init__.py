"""Random broken files: each must be read, or refused in one sentence, in limited time."""
