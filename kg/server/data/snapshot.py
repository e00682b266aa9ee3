"""The current build, as requests see it."""

from __future__ import annotations

import gc
import hashlib
import json
import time
from collections.abc import Hashable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Store
from starlette.requests import Request

from kg.errors import InputError
from kg.graph.stores.embedded import about_build, current_build, hold_build, open_graph

# How often opening is tried again when the current build has been removed by newer ones.
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A build, open for reading.

    Attributes:
        folder: Its folder, which is not removed as long as this object exists.
        graph: Its graph.
        about: Metadata of the build, such as its reports.
        modified: When it was made, or first served by this server if that is later, as in HTTP.
        tag: The part of ETags that identifies the build.
        lock: The open file that keeps the folder from being removed.
        cache: Results computed from it; see `kg.server.data.build_cache`.
    """

    folder: Path
    graph: Store
    about: Mapping[str, Any]
    modified: str
    tag: str
    lock: IO[str]
    cache: dict[Hashable, Future[Any]] = field(default_factory=dict, repr=False)

    @property
    def base(self) -> str:
        """Base of the graph's IRIs, without a slash at its end."""
        return str(self.about["base"])


class Snapshots:
    """Keeps the current build of a store open, and opens a new one when there is one.

    Args:
        store: The store's folder.
        also: Whatever else changes answers, such as the product's version; part of the tag.
    """

    def __init__(self, store: Path, also: Sequence[str | None] = ()) -> None:
        self._store = store
        self._also = also
        self._since = time.time()
        self._current = self._open()

    def current(self) -> Snapshot:
        """Return the current build.

        Raises:
            InputError: There is no store any more.
        """
        if current_build(self._store) != self._current.folder:
            self._current = self._open()
            # Cached results of earlier builds have reference cycles, and keep their files open.
            gc.collect()
        return self._current

    def _open(self) -> Snapshot:
        for _ in range(_ATTEMPTS):
            build = current_build(self._store)
            try:
                lock = hold_build(build)
                graph, about = open_graph(build=build), about_build(self._store, build)
                modified = formatdate(max(build.stat().st_mtime, self._since), usegmt=True)
                identity = json.dumps([build.name, *self._also])
                tag = hashlib.sha256(identity.encode()).hexdigest()[:16]
                return Snapshot(build, graph, about, modified, tag, lock)
            except (OSError, ValueError):
                if build == current_build(self._store):
                    raise
        raise InputError(f"{self._store}: is rebuilt faster than it can be opened; try again")


def snapshot(request: Request) -> Snapshot:
    """Return the build that was current when a request arrived."""
    if "snapshot" not in request.scope:
        request.scope["snapshot"] = request.app.state.snapshots.current()
    found = request.scope["snapshot"]
    assert isinstance(found, Snapshot)
    return found
