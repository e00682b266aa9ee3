"""Write a file, or say in one sentence why it cannot be written."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from kg.errors import InputError

try:
    import fcntl
except ModuleNotFoundError:  # Windows
    fcntl = None  # type: ignore[assignment]

# How names of drafts end: 32 digits, as `uuid4` gives them.
_DRAFT = re.compile("[0-9a-f]{32}")
# Seconds in which a draft is held by who made it.
_FRESH = 2
# AT_FDCWD and RENAME_EXCHANGE of Linux.
_HERE, _EXCHANGE = -100, 2
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


def full_disk_message(error: OSError) -> str:
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
    with _report_errors(path), _open_draft(Path(path)) as draft:
        draft.write(data)


def move_file(made: Path, path: str | Path) -> None:
    """Put a file that is complete in its place, or leave what is there.

    Raises:
        InputError: The file cannot be written.
    """
    with _report_errors(path), made.open("rb") as file, _open_draft(Path(path)) as draft:
        shutil.copyfileobj(file, draft)


@contextmanager
def _open_draft(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside another that takes its place when it is complete.

    What is no file of its own, such as `/dev/stdout`, is written to as it is.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()
    beside = draft_name(target)
    try:
        with beside.open("xb") as file:
            _lock_file(file.fileno())
            yield file
            file.flush()
            os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
            flush_path(target.parent)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def draft_folder(target: Path) -> Iterator[Path]:
    """Make an empty folder beside one, to take its place; what is left of it is removed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = draft_name(target)
    made.mkdir()
    try:
        with _hold_draft(made):
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def draft_name(target: Path) -> Path:
    """Return a new name beside a file or folder; drafts of it that killed runs left are removed."""
    start = f".{target.name[:_LONGEST_NAME]}-"
    if fcntl and target.parent.is_dir():
        for left in target.parent.iterdir():
            if left.name.startswith(start) and _DRAFT.fullmatch(left.name[len(start) :]):
                _remove_left(left)
    return target.with_name(f"{start}{uuid4().hex}")


def _remove_left(draft: Path) -> None:
    """Remove a draft, unless a run that is going on holds it or has just begun it."""
    with suppress(OSError):
        if time.time() - draft.stat().st_mtime < _FRESH:
            return
        with _hold_draft(draft):
            if draft.is_dir():
                shutil.rmtree(draft)
            else:
                draft.unlink()


@contextmanager
def _hold_draft(path: Path) -> Iterator[None]:
    """Hold a draft while it is made."""
    if not fcntl:
        yield
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        _lock_file(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock_file(descriptor: int) -> None:
    if fcntl:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def flush_folder(folder: Path) -> None:
    """Bring all that a folder holds to the disk, as a loss of power would else take it."""
    for path in folder.rglob("*"):
        flush_path(path)
    flush_path(folder)
    flush_path(folder.parent)


def flush_path(path: Path) -> None:
    """Write a file, or the names in a folder, to the disk.

    Raises:
        OSError: The disk is full or broken.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        # Windows opens no folders, and some file systems flush none.
        if full_disk_message(error):
            raise


def exchange_paths(one: Path, other: Path) -> bool:
    """Let two files or folders of one folder change places at once, where the system can do that.

    It is renameat2(2) of Linux with RENAME_EXCHANGE; few other systems have anything like it.

    Returns:
        Whether they have changed places; else all is as it was.
    """
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, TypeError, AttributeError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)


@contextmanager
def _report_errors(path: str | Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder of yours"
        ) from None
