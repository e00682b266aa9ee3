"""The build in force, as requests see it."""

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
from kg.graph.store import about_build, current_build, hold_build, open_graph

# How often the build that was named may be gone before it was opened, which takes two newer builds.
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A build, open for reading.

    Attributes:
        build: Its folder, which stays there as long as this does.
        graph: Its graph.
        about: What is known of the build itself.
        modified: When it was made or first shown by this server, as HTTP writes times.
        tag: What tells answers about it from others, as part of an ETag.
        held: What keeps the folder there.
        kept: What was worked out from it; see `kg.server.data.build_cache`.
    """

    build: Path
    graph: Store
    about: Mapping[str, Any]
    modified: str
    tag: str
    held: IO[str]
    kept: dict[Hashable, Future[Any]] = field(default_factory=dict, repr=False)

    @property
    def base(self) -> str:
        """Base of the graph's IRIs, without a slash at its end."""
        return str(self.about["base"])


class Snapshots:
    """Keeps the build in force open, and takes up a new one when there is one.

    Args:
        store: The store's folder.
        also: What else than the build changes answers, such as the product's version.
    """

    def __init__(self, store: Path, also: Sequence[str | None] = ()) -> None:
        self._store = store
        self._also = also
        self._since = time.time()
        self._found = self._open()

    def current(self) -> Snapshot:
        """Return the build in force.

        Raises:
            InputError: There is no store any more.
        """
        if current_build(self._store) != self._found.build:
            self._found = self._open()
            # What pages kept of earlier builds refers to itself in circles, and holds their files.
            gc.collect()
        return self._found

    def _open(self) -> Snapshot:
        for _ in range(_ATTEMPTS):
            build = current_build(self._store)
            try:
                held = hold_build(build)
                graph, about = open_graph(build=build), about_build(self._store, build)
                modified = formatdate(max(build.stat().st_mtime, self._since), usegmt=True)
                told = json.dumps([build.name, *self._also])
                tag = hashlib.sha256(told.encode()).hexdigest()[:16]
                return Snapshot(build, graph, about, modified, tag, held)
            except (OSError, ValueError):
                if build == current_build(self._store):
                    raise
        raise InputError(f"{self._store}: is built anew faster than it can be opened; try again")


def snapshot(request: Request) -> Snapshot:
    """Return the build that was in force when a request came."""
    if "snapshot" not in request.scope:
        request.scope["snapshot"] = request.app.state.snapshots.current()
    found = request.scope["snapshot"]
    assert isinstance(found, Snapshot)
    return found
