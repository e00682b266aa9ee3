"""How much reading one file may take: bytes, cells, characters, seconds and memory.

No table of tasks comes near these limits. Small files that claim to be huge are refused in one
sentence, instead of taking the machine with them.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from kg.errors import InputError

# The file itself, what its parts unpack to together, and what the streams of a PDF do.
FILE_BYTES = 256 * 1024 * 1024
UNPACKED_BYTES = 512 * 1024 * 1024
STREAM_BYTES = 256 * 1024 * 1024
PARTS = 10_000
# How many times its size a part may unpack to, from so many bytes on.
UNPACKED_RATIO, RATIO_FROM = 200, 32 * 1024 * 1024
# A table.
COLUMNS, ROWS, CELLS = 1000, 200_000, 3_000_000
# Places where the rules of a PDF page cross.
CROSSINGS = 5000
# All text of a file, and running text that nothing tells apart: some hundred pages.
CHARACTERS = 20_000_000
RUNNING_CHARACTERS = 200_000
# Reading and extraction each, and the memory of a process that reads files of a corpus.
SECONDS = 300
MEMORY = 4 * 1024 * 1024 * 1024


def check_file(path: Path) -> None:
    """Refuse a file that is too large to be a table of tasks; what is missing is told elsewhere.

    Raises:
        InputError: It is too large.
    """
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return
    if size > FILE_BYTES:
        raise InputError(
            f"{path}: has {size:,} bytes, and no table of tasks has over {FILE_BYTES:,}; save only "
            "the table, without pictures"
        )


def check_table(path: Path, height: int, width: int) -> None:
    """Refuse a table that is too large to be one of tasks.

    Raises:
        InputError: It has too many rows or columns.
    """
    if width > COLUMNS:
        raise InputError(
            f"{path}: a table has {width:,} columns, and no table of tasks has over {COLUMNS:,}; "
            "delete what does not belong to it"
        )
    if height > ROWS or height * width > CELLS:
        raise InputError(
            f"{path}: a table has {height:,} rows and {width:,} columns; "
            "delete the empty ones, or split it"
        )


def check_characters(path: Path, characters: int) -> None:
    """Refuse a file with more text than any report has.

    Raises:
        InputError: It has.
    """
    if characters > CHARACTERS:
        raise InputError(
            f"{path}: holds {characters:,} characters, and no report has over {CHARACTERS:,}; "
            "split it"
        )


class _TimeIsUpError(BaseException):
    """No `Exception`: readers of formats tell those as damage of the file."""


@contextmanager
def time_limit(path: str | Path, seconds: float = SECONDS) -> Iterator[None]:
    """Stop what is done with a file after some time.

    It works in the main thread of systems with interval timers (not on Windows), and where nobody
    else has set the timer; elsewhere there is no limit. What a library computes without returning
    to Python is stopped when it returns.

    Args:
        path: The file, named in the message.
        seconds: How long it may take.

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
            f"{path}: takes over {seconds:.0f} seconds; give the part that lists tasks"
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
    """Let this process take no more memory than reading a file may; Windows has no such limit."""
    try:
        import resource
    except ModuleNotFoundError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY or most > MEMORY:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, most))


def memory_error(path: str | Path) -> InputError:
    """Return what is told of a file that takes more memory than reading one may."""
    return InputError(
        f"{path}: takes over {MEMORY // 1024**3} GiB of memory; give the part that lists tasks"
    )
