"""Write a file, or say in one sentence why it cannot be written."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write a file as a whole; text is written in UTF-8.

    Raises:
        InputError: The file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder of yours"
        ) from None
