"""Write files completely or not at all, with clear errors."""

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

# The end of a draft's name: the 32 hexadecimal digits of a `uuid4`.
_DRAFT = re.compile("[0-9a-f]{32}")
# Seconds after which a draft without a lock counts as abandoned.
_FRESH = 2
# AT_FDCWD and RENAME_EXCHANGE of Linux.
_HERE, _EXCHANGE = -100, 2
# Characters of a file's name in the name of its draft, which may have at most 255 bytes.
_LONGEST_NAME = 40

# Errors of a disk that is full or not writable; exceptions of stores have the message only.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}
_FULL_WORDS = (
    "No space left on device",
    "Disk quota exceeded",
    "Read-only file system",
    "File too large",
)


def full_disk_message(error: OSError) -> str:
    """Return the message of an error of a full or read-only disk, or an empty string."""
    if error.errno in _FULL:
        return error.strerror or ""
    return next((words for words in _FULL_WORDS if words in str(error)), "")


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write a file completely, or leave an existing one as it is; text is written in UTF-8.

    Raises:
        InputError: The file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    with _report_errors(path), _open_draft(Path(path)) as draft:
        draft.write(data)


def move_file(made: Path, path: str | Path) -> None:
    """Copy a complete file to its place, or leave an existing one there as it is.

    Raises:
        InputError: The file cannot be written.
    """
    with _report_errors(path), made.open("rb") as file, _open_draft(Path(path)) as draft:
        shutil.copyfileobj(file, draft)


@contextmanager
def _open_draft(path: Path) -> Iterator[BinaryIO]:
    """Open a draft beside a file, which it replaces when it is complete.

    Special files, such as `/dev/stdout`, are written directly.
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
    """Yield an empty folder beside another, to replace it; if it still exists, remove it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = draft_name(target)
    made.mkdir()
    try:
        with _hold_draft(made):
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def draft_name(target: Path) -> Path:
    """Return a name for a draft beside a file or folder; remove drafts of killed processes."""
    start = f".{target.name[:_LONGEST_NAME]}-"
    if fcntl and target.parent.is_dir():
        for left in target.parent.iterdir():
            if left.name.startswith(start) and _DRAFT.fullmatch(left.name[len(start) :]):
                _remove_left(left)
    return target.with_name(f"{start}{uuid4().hex}")


def _remove_left(draft: Path) -> None:
    """Remove a draft, unless a process holds it or has just created it."""
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
    """Hold the lock of a draft."""
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
    """Write a folder with all its contents to the disk, so that it survives a power failure."""
    for path in folder.rglob("*"):
        flush_path(path)
    flush_path(folder)
    flush_path(folder.parent)


def flush_path(path: Path) -> None:
    """Flush a file, or the entries of a folder, to the disk.

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
        # Windows cannot open folders, and some file systems cannot flush them.
        if full_disk_message(error):
            raise


def exchange_paths(one: Path, other: Path) -> bool:
    """Exchange two files or folders atomically, if the system can do that.

    This uses renameat2(2) of Linux with RENAME_EXCHANGE; few other systems have an equivalent.

    Returns:
        Whether they were exchanged; if not, nothing has changed.
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
            f"{path}: cannot be written ({error.strerror}); name a file in a folder that is "
            "writable"
        ) from None
