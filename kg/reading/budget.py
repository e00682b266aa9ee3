"""Limits on reading one file: bytes, cells, characters, seconds and memory.

No table of tasks comes near these limits. They protect the machine against small files that unpack
to huge ones.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from kg.errors import InputError

# Size of the file, of all its unpacked parts, and of the unpacked streams of a PDF.
FILE_BYTES = 256 * 1024 * 1024
UNPACKED_BYTES = 512 * 1024 * 1024
STREAM_BYTES = 256 * 1024 * 1024
PARTS = 10_000
# By what factor a part may grow when unpacked, if it is larger than RATIO_FROM bytes.
UNPACKED_RATIO, RATIO_FROM = 200, 32 * 1024 * 1024
# Size of a table.
COLUMNS, ROWS, CELLS = 1000, 200_000, 3_000_000
# Crossings of ruled lines on a PDF page.
CROSSINGS = 5000
# All text of a file, and text without any table or list marks: some hundred pages.
CHARACTERS = 20_000_000
RUNNING_CHARACTERS = 200_000
# Time for reading and for extraction each; memory of a process that reads a corpus.
SECONDS = 300
MEMORY = 4 * 1024 * 1024 * 1024


def check_file(path: Path) -> None:
    """Check that a file is not too large to be a table of tasks; a missing file passes.

    Raises:
        InputError: The file is too large.
    """
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return
    if size > FILE_BYTES:
        raise InputError(
            f"{path}: has {size:,} bytes, more than the limit of {FILE_BYTES:,}; save only the "
            "table, without pictures"
        )


def check_table(path: Path, height: int, width: int) -> None:
    """Check that a table is not too large to be one of tasks.

    Raises:
        InputError: It has too many rows or columns.
    """
    if width > COLUMNS:
        raise InputError(
            f"{path}: a table has {width:,} columns, more than the limit of {COLUMNS:,}; "
            "delete those that do not belong to it"
        )
    if height > ROWS or height * width > CELLS:
        raise InputError(
            f"{path}: a table has {height:,} rows and {width:,} columns; "
            "delete the empty ones, or split the table"
        )


def check_characters(path: Path, characters: int) -> None:
    """Check that a file does not have more text than any report has.

    Raises:
        InputError: The text is too long.
    """
    if characters > CHARACTERS:
        raise InputError(
            f"{path}: has {characters:,} characters, more than the limit of {CHARACTERS:,}; "
            "split the file"
        )


class _TimeIsUpError(BaseException):
    """Not an `Exception`: format readers would report that as a damaged file."""


@contextmanager
def time_limit(path: str | Path, seconds: float = SECONDS) -> Iterator[None]:
    """Limit the time of the `with` block.

    This works in the main thread of systems with interval timers (not on Windows), if the timer is
    free; else there is no limit. A library call that does not return to Python is stopped when it
    returns.

    Args:
        path: The file, named in the message.
        seconds: The limit.

    Raises:
        InputError: The time is up.
    """
    if not _can_set_timer():
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise _TimeIsUpError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _TimeIsUpError:
        raise InputError(
            f"{path}: takes over {seconds:.0f} seconds; give only the part that lists tasks"
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _can_set_timer() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
    )


def limit_memory() -> None:
    """Limit the memory of this process to `MEMORY`; does nothing on Windows."""
    try:
        import resource
    except ModuleNotFoundError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY or most > MEMORY:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, most))


def memory_error(path: str | Path) -> InputError:
    """Return the error for a file that takes more than `MEMORY` to read."""
    return InputError(
        f"{path}: takes over {MEMORY // 1024**3} GiB of memory; give only the part that lists tasks"
    )
