"""What the model found before, kept by the texts that it was found in.

A file of SQLite in the user's cache folder: reports share most of their rows with the report
before, and a build is often repeated. Without a folder that can be written, nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import astuple, replace
from pathlib import Path

from kg import __version__
from kg.tagger.spans import LabelledSpan
from kg.tagger.tagging import Pair, PromiseLabels, Tagging

_MOST = 200_000
_WAIT = 20.0
_AT_ONCE = 500
_TABLE = "CREATE TABLE IF NOT EXISTS taggings (key TEXT PRIMARY KEY, tagging TEXT) WITHOUT ROWID"


def cache_path() -> Path:
    """Return the path of the cache: in `TASKKG_CACHE`, or else in the user's cache folder."""
    own = os.environ.get("TASKKG_CACHE")
    shared = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (Path(own) if own else shared / "taskkg") / "taggings.sqlite"


def pair_key(pair: Pair, version: str) -> str:
    """Return what tells a pair of texts, read by a version of the model, from any other."""
    told = json.dumps([__version__, version, *astuple(pair)], ensure_ascii=False)
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def load_taggings(keys: Sequence[str]) -> dict[str, Tagging]:
    """Return the taggings that are kept under some keys."""
    found: dict[str, Tagging] = {}
    try:
        with closing(_open()) as connection:
            for first in range(0, len(keys), _AT_ONCE):
                part = keys[first : first + _AT_ONCE]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, tagging FROM taggings WHERE key IN ({marks})"
                for key, told in connection.execute(query, part):
                    found[key] = _parse(told)
    except (OSError, sqlite3.Error, ValueError, TypeError):
        return {}
    return found


def keep_taggings(taggings: Mapping[str, Tagging]) -> None:
    """Keep taggings under their keys; of too many, some are dropped."""
    rows = [(key, json.dumps(astuple(tagging))) for key, tagging in taggings.items()]
    try:
        with closing(_open()) as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO taggings VALUES (?, ?)", rows)
            (count,) = connection.execute("SELECT count(*) FROM taggings").fetchone()
            if count > _MOST:
                query = "DELETE FROM taggings WHERE key IN (SELECT key FROM taggings LIMIT ?)"
                connection.execute(query, (count - _MOST // 2,))
    except (OSError, sqlite3.Error):
        return  # what cannot be kept is found again


def _open() -> sqlite3.Connection:
    path = cache_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_WAIT)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(_TABLE)
    return connection


def _parse(told: str) -> Tagging:
    first, second, stretches, state, promises = json.loads(told)

    def spans(rows: Iterable[Sequence[object]]) -> tuple[LabelledSpan, ...]:
        return tuple(LabelledSpan(*row) for row in rows)  # type: ignore[arg-type]

    return Tagging(
        spans(first),
        spans(second),
        spans(stretches),
        LabelledSpan(*state) if state else None,
        tuple(replace(PromiseLabels(*row), answers=tuple(row[-1])) for row in promises),
    )
