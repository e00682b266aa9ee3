"""Sort rows that do not fit in memory, with an external merge sort."""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from typing import IO

Row = tuple[str, ...]

# Number of rows in memory: about 40 MB of statements.
_ROOM = 50_000
# While runs are merged, 1/200 of each run is in memory.
_PART = 200


def sort_rows(rows: Iterable[Row], room: int = _ROOM) -> Iterator[Row]:
    """Yield rows sorted and without duplicates.

    Args:
        rows: Rows of texts, in any order and number.
        room: The number of rows in memory; the others are stored in temporary files.

    >>> list(sort_rows([("b",), ("a", "2"), ("b",), ("a", "1")], room=2))
    [('a', '1'), ('a', '2'), ('b',)]
    """
    rest = iter(rows)
    with ExitStack() as files:
        runs: list[Iterable[Row]] = []
        while chunk := sorted(islice(rest, room)):
            if len(chunk) == room:
                file = files.enter_context(tempfile.TemporaryFile())
                runs.append(_write_run(chunk, file, max(1, room // _PART)))
            else:
                runs.append(chunk)
        for row, _ in groupby(heapq.merge(*runs)):
            yield row


def _write_run(chunk: list[Row], file: IO[bytes], block: int) -> Iterator[Row]:
    for start in range(0, len(chunk), block):
        pickle.dump(chunk[start : start + block], file)
    size = file.tell()
    file.seek(0)
    return _read_run(file, size)


def _read_run(file: IO[bytes], size: int) -> Iterator[Row]:
    while file.tell() < size:
        yield from pickle.load(file)
