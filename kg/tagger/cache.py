"""Cache of tagging results, keyed by the texts: a SQLite file in the user's cache folder.

Reports share most of their rows with earlier ones, and builds are often repeated. If the folder
cannot be written, nothing is cached.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, replace
from pathlib import Path

from kg.tagger.spans import LabelledSpan
from kg.tagger.tagging import Pair, PromiseLabels, Tagging
from kg.version import __version__

_MAX_BYTES = 256 * 2**20
_TIMEOUT = 20.0  # seconds
_BATCH = 500
_FILE = "taggings.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS taggings (key TEXT PRIMARY KEY, tagging TEXT) WITHOUT ROWID"


def cache_path() -> Path:
    """Return the path of the cache: in `TASKKG_CACHE`, or else in the user's cache folder."""
    if own := os.environ.get("TASKKG_CACHE"):
        return Path(own) / _FILE
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "taskkg" / _FILE


def pair_key(pair: Pair, version: str) -> str:
    """Return the cache key of a pair of texts for a version of the model."""
    serialized = json.dumps([__version__, version, *astuple(pair)])
    return hashlib.blake2b(serialized.encode(), digest_size=16).hexdigest()


def load_taggings(keys: Sequence[str]) -> dict[str, Tagging]:
    """Return the cached taggings of some keys; those that are not cached are missing."""
    found: dict[str, Tagging] = {}
    try:
        with _connection() as connection:
            for first in range(0, len(keys), _BATCH):
                part = keys[first : first + _BATCH]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, tagging FROM taggings WHERE key IN ({marks})"
                for key, row in connection.execute(query, part):
                    found[key] = _parse(row)
    except (OSError, RuntimeError, sqlite3.Error, ValueError, TypeError):
        return {}
    return found


def save_taggings(taggings: Mapping[str, Tagging]) -> None:
    """Save taggings under their keys; a cache that is full is emptied first."""
    rows = [(key, json.dumps(astuple(tagging))) for key, tagging in taggings.items()]
    try:
        with _connection() as connection, connection:
            if _size(connection) > _MAX_BYTES:
                connection.execute("DELETE FROM taggings")
            connection.executemany("INSERT OR REPLACE INTO taggings VALUES (?, ?)", rows)
    except (OSError, RuntimeError, sqlite3.Error):
        return  # found again next time


def _size(connection: sqlite3.Connection) -> int:
    """Return the bytes that rows take."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


@contextmanager
def _connection() -> Iterator[sqlite3.Connection]:
    """Open the cache; a damaged file is deleted, so that the next call begins a new one."""
    path = cache_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=_TIMEOUT)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(_TABLE)
            yield connection
    except sqlite3.OperationalError:
        raise  # locked, or not to be written: the file is sound
    except sqlite3.DatabaseError:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        raise


def _parse(row: str) -> Tagging:
    first, second, stretches, state, promises = json.loads(row)

    def spans(rows: Iterable[Sequence[object]]) -> tuple[LabelledSpan, ...]:
        return tuple(LabelledSpan(*row) for row in rows)  # type: ignore[arg-type]

    return Tagging(
        spans(first),
        spans(second),
        spans(stretches),
        LabelledSpan(*state) if state else None,
        tuple(replace(PromiseLabels(*row), answers=tuple(row[-1])) for row in promises),
    )
