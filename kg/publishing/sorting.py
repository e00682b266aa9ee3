"""Sort more than fits in memory: runs on disk, merged (an external merge sort)."""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from typing import IO

Row = tuple[str, ...]

# Rows that are held in memory at once: some 40 MB of statements.
_ROOM = 50_000
# Of each run this part is held at once while runs are merged.
_PART = 200


def ordered(rows: Iterable[Row], room: int = _ROOM) -> Iterator[Row]:
    """Yield rows in their order, each once.

    Args:
        rows: Rows of texts, in any order, as many as there are.
        room: How many rows are held in memory; the others wait in temporary files.

    >>> list(ordered([("b",), ("a", "2"), ("b",), ("a", "1")], room=2))
    [('a', '1'), ('a', '2'), ('b',)]
    """
    rest = iter(rows)
    with ExitStack() as files:
        runs: list[Iterable[Row]] = []
        while chunk := sorted(islice(rest, room)):
            if len(chunk) == room:
                file = files.enter_context(tempfile.TemporaryFile())
                runs.append(_spill(chunk, file, max(1, room // _PART)))
            else:
                runs.append(chunk)
        for row, _ in groupby(heapq.merge(*runs)):
            yield row


def _spill(chunk: list[Row], file: IO[bytes], block: int) -> Iterator[Row]:
    for start in range(0, len(chunk), block):
        pickle.dump(chunk[start : start + block], file)
    size = file.tell()
    file.seek(0)
    return _read(file, size)


def _read(file: IO[bytes], size: int) -> Iterator[Row]:
    while file.tell() < size:
        yield from pickle.load(file)
