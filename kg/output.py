"""Write a file, or say in one sentence why it cannot be written."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from kg.errors import InputError

# Characters of a name in the name of the file beside it: together they are at most 255 bytes.
_LONGEST_NAME = 40

# What a system says of a disk that takes no more; stores give the words alone.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}
_FULL_WORDS = (
    "No space left on device",
    "Disk quota exceeded",
    "Read-only file system",
    "File too large",
)


def full_disk(error: OSError) -> str:
    """Return what a system says of a disk that takes no more, or an empty text."""
    if error.errno in _FULL:
        return error.strerror or ""
    return next((words for words in _FULL_WORDS if words in str(error)), "")


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write a file as a whole, or leave what is there; text is written in UTF-8.

    Raises:
        InputError: The file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    with _told(path), _draft(Path(path)) as draft:
        draft.write(data)


def move_file(made: Path, path: str | Path) -> None:
    """Put a file that is complete in its place, or leave what is there.

    Raises:
        InputError: The file cannot be written.
    """
    with _told(path), made.open("rb") as file, _draft(Path(path)) as draft:
        shutil.copyfileobj(file, draft)


@contextmanager
def _draft(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside another that takes its place when it is complete.

    What is no file of its own, such as `/dev/stdout`, is written to as it is.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()
    beside = target.with_name(f".{target.name[:_LONGEST_NAME]}-{uuid4().hex}")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _told(path: str | Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder of yours"
        ) from None
