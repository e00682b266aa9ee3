"""The one exception that bad input raises."""


class InputError(Exception):
    """Bad input, told in one sentence: what is wrong, where, and how to mend it."""
