"""Store slow answers in the folder of the build that they are about.

A build never changes, so a stored answer stays valid as long as its build exists.
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
from kg.graph.stores.embedded import current_build, is_remote, open_graph
from kg.graph.stores.protocol import Graph
from kg.output import write_file
from kg.tables import Answer, Plain

_FOLDER = "answers"
# Answers that take fewer seconds are not stored.
_LONG = 0.005
# Maximum size of the stored answers of one build, in bytes.
_MOST = 256 * 1024**2


def graph_opener(store: Graph | str | Path) -> tuple[Callable[[], Graph], Path | None]:
    """Return a function that opens a graph once, and the folder of its build if value has one.

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


def load_or_compute(build: Path, sparql: str, compute: Callable[[], Answer]) -> Answer:
    """Return the stored answer of a query; else compute it, and store it if that took long.

    If the folder is not writable, nothing is stored.

    Args:
        build: The folder of the build.
        sparql: The query.
        compute: Computes the answer.
    """
    folder = build / _FOLDER
    file = folder / f"{sha256(sparql.encode()).hexdigest()}.answer"
    # A file that is damaged after a crash is computed again.
    with suppress(OSError, ValueError):
        return _decode(file.read_bytes())
    before = monotonic()
    answer = compute()
    if monotonic() - before > _LONG:
        with suppress(OSError, InputError):
            _store_answer(file, _encode(answer))
    return answer


def _store_answer(file: Path, content: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    size = sum(path.stat().st_size for path in file.parent.iterdir())
    if size + len(content) > _MOST:
        return
    write_file(file, content)


def _encode(answer: Answer) -> bytes:
    """Encode an answer as a line of JSON and the indexes of its values, column by column.

    Each value is written once: many rows have values in common.
    """
    values: dict[tuple[str, str], Plain] = {}
    places: dict[tuple[str, str], int] = {}
    cells = array("I")
    for column in zip(*answer.rows, strict=True):
        keys = [(type(value).__name__, str(value)) for value in column]
        values.update(zip(keys, column, strict=True))
        cells.extend(places.setdefault(key, len(places)) for key in keys)
    # A decimal is written as a list with its text, which keeps trailing zeros.
    encoded = [
        [str(value)] if isinstance(value, Decimal) else value for value in map(values.get, places)
    ]
    found = {"fields": answer.fields, "rows": len(answer.rows), "values": encoded}
    return json.dumps(found, ensure_ascii=False).encode() + b"\n" + cells.tobytes()


def _decode(content: bytes) -> Answer:
    header, _, indexes = content.partition(b"\n")
    found, cells = json.loads(header), array("I", indexes)
    values = [Decimal(value[0]) if isinstance(value, list) else value for value in found["values"]]
    count = found["rows"]
    starts = range(0, len(cells), count or 1)
    columns = (map(values.__getitem__, cells[start : start + count]) for start in starts)
    rows = tuple(zip(*columns, strict=True))
    if len(rows) != count:
        raise ValueError
    return Answer(tuple(found["fields"]), rows)
