"""The exception that bad input raises."""


class InputError(Exception):
    """Bad input. The message is one sentence: where, what is wrong, and how to correct it."""
