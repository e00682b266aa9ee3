"""Answers that took long are kept in the folder of the build that they are about.

A build never changes, so that an answer holds as long as its build is there.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import monotonic

from kg.errors import InputError
from kg.graph.protocol import Graph
from kg.graph.store import current_build, is_remote, open_graph
from kg.output import write_file
from kg.tables import Answer, Plain

_FOLDER = "answers"
# Seconds; an answer that comes at once needs no file.
_LONG = 0.005
# Bytes that the answers of one build may take.
_MOST = 256 * 1024**2


def opener(store: Graph | str | Path) -> tuple[Callable[[], Graph], Path | None]:
    """Return what opens a graph, once, and the folder of its build if it has one.

    Args:
        store: The graph, or the folder or address of a store.

    Raises:
        InputError: There is no such store.
    """
    if not isinstance(store, str | Path):
        return lambda: store, None
    if is_remote(store):
        return cache(lambda: open_graph(store)), None
    build = current_build(store)
    return cache(lambda: open_graph(build=build)), build


def kept(build: Path, sparql: str, make: Callable[[], Answer]) -> Answer:
    """Return the answer of a query, as it was kept or else made; where it took long, keep it.

    A folder that cannot be written keeps nothing.

    Args:
        build: The folder of the build that is asked.
        sparql: The query.
        make: Makes its answer.
    """
    folder = build / _FOLDER
    file = folder / f"{sha256(sparql.encode()).hexdigest()}.answer"
    # One that a crash left broken is made anew.
    with suppress(OSError, ValueError):
        return _read(file.read_bytes())
    before = monotonic()
    answer = make()
    if monotonic() - before > _LONG:
        with suppress(OSError, InputError):
            _keep(file, _written(answer))
    return answer


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    there = sum(one.stat().st_size for one in file.parent.iterdir())
    if there + len(content) > _MOST:
        return
    write_file(file, content)


def _written(answer: Answer) -> bytes:
    """Return an answer as a line of JSON and numbers of its values, column by column.

    Each value is told once: many rows repeat what others tell.
    """
    values: dict[tuple[str, str], Plain] = {}
    places: dict[tuple[str, str], int] = {}
    cells = array("I")
    for column in zip(*answer.rows, strict=True):
        keys = [(type(value).__name__, str(value)) for value in column]
        values.update(zip(keys, column, strict=True))
        cells.extend(places.setdefault(key, len(places)) for key in keys)
    # A decimal stands in brackets, which keeps its places.
    told = [[str(it)] if isinstance(it, Decimal) else it for it in map(values.get, places)]
    found = {"fields": answer.fields, "rows": len(answer.rows), "values": told}
    return json.dumps(found, ensure_ascii=False).encode() + b"\n" + cells.tobytes()


def _read(content: bytes) -> Answer:
    told, _, numbers = content.partition(b"\n")
    found, cells = json.loads(told), array("I", numbers)
    values = [Decimal(it[0]) if isinstance(it, list) else it for it in found["values"]]
    count = found["rows"]
    starts = range(0, len(cells), count or 1)
    columns = (map(values.__getitem__, cells[start : start + count]) for start in starts)
    rows = tuple(zip(*columns, strict=True))
    if len(rows) != count:
        raise ValueError
    return Answer(tuple(found["fields"]), rows)
