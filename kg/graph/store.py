"""The embedded store: Oxigraph on disk, replaced as a whole by each build.

A store is a folder that holds builds, each a folder of its own, and a file `CURRENT` that names the
one to read. A build is written beside the others and comes into force when `CURRENT` is replaced,
in one rename, so that no reader and no crash ever sees half a graph. The build before the current
one is kept for whoever still reads it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, Store

from kg.errors import InputError

_CURRENT = "CURRENT"
_GRAPH = "graph"
_ABOUT = "build.json"


def write_store(path: Path, quads: Iterable[Quad], about: dict[str, Any]) -> None:
    """Write a new build and put it in force.

    Args:
        path: The store's folder; it is made where it does not exist.
        quads: The graph.
        about: What is known of the build itself, kept beside the graph, not in it.

    Raises:
        InputError: The folder cannot be written, or holds something that is no store.
    """
    if path.exists() and not path.is_dir():
        raise InputError(f"{path}: is a file; name a folder for the store")
    if path.is_dir() and any(path.iterdir()) and not (path / _CURRENT).exists():
        raise InputError(f"{path}: holds files that are no store; name another folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
        build = Path(tempfile.mkdtemp(prefix="build-", dir=path))
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}); check its rights"
        ) from None
    before = _current(path)
    try:
        store = Store(build / _GRAPH)
        store.bulk_extend(quads)
        store.optimize()
        store.flush()
        del store
        (build / _ABOUT).write_text(
            json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        pointer = build / _CURRENT
        pointer.write_text(build.name + "\n", encoding="utf-8")
        pointer.replace(path / _CURRENT)
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise
    for old in path.glob("build-*"):
        if old.name not in (build.name, before):
            shutil.rmtree(old, ignore_errors=True)


def open_graph(store: str | Path = "store") -> Store:
    """Open a store for reading.

    Raises:
        InputError: There is no store.
    """
    return Store.read_only(str(_build(Path(store)) / _GRAPH))


def about_build(store: str | Path) -> dict[str, Any]:
    """Return what is known of the build in force: when, by which version, from which sources.

    Raises:
        InputError: There is no store.
    """
    about = json.loads((_build(Path(store)) / _ABOUT).read_text(encoding="utf-8"))
    assert isinstance(about, dict)
    return about


def _build(path: Path) -> Path:
    current = _current(path)
    if current is None:
        raise InputError(f"{path}: no store here; make one with `kg build SOURCE --store {path}`")
    return path / current


def _current(path: Path) -> str | None:
    try:
        return (path / _CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
