"""Write a file, or say in one sentence why it cannot be written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write a file as a whole; text is written in UTF-8.

    Raises:
        InputError: The file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    with _told(path):
        Path(path).write_bytes(data)


def move_file(made: Path, path: str | Path) -> None:
    """Put a file that is complete in its place.

    Raises:
        InputError: The file cannot be written.
    """
    with _told(path):
        shutil.copyfile(made, path)


@contextmanager
def _told(path: str | Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder of yours"
        ) from None
