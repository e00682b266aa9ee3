"""The exception that bad input raises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class InputError(Exception):
    """Bad input. The message is one sentence: where, what is wrong, and how to correct it."""


@contextmanager
def optional_imports(need: str, extra: str) -> Iterator[None]:
    """Check the imports of optional libraries in a `with` block.

    Args:
        need: What needs which library, for the message.
        extra: The extra of the package that installs it.

    Raises:
        InputError: A library is not installed.
    """
    try:
        yield
    except ImportError:
        raise InputError(f"{need}; install it with: pip install taskkg[{extra}]") from None
