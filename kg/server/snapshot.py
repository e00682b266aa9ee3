"""The build in force, as requests see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
        modified: When it was made, as HTTP writes times.
        held: What keeps the folder there.
    """

    build: Path
    graph: Store
    about: Mapping[str, Any]
    modified: str
    held: IO[str]

    @property
    def base(self) -> str:
        """Base of the graph's IRIs, without a slash at its end."""
        return str(self.about["base"])

    @property
    def tag(self) -> str:
        """What tells it from other builds, as part of an ETag."""
        return self.build.name.removeprefix("build-")


class Snapshots:
    """Keeps the build in force open, and takes up a new one when there is one."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._found = _open(store)

    def current(self) -> Snapshot:
        """Return the build in force.

        Raises:
            InputError: There is no store any more.
        """
        if current_build(self._store) != self._found.build:
            self._found = _open(self._store)
        return self._found


def snapshot(request: Request) -> Snapshot:
    """Return the build that was in force when a request came."""
    if "snapshot" not in request.scope:
        request.scope["snapshot"] = request.app.state.snapshots.current()
    found = request.scope["snapshot"]
    assert isinstance(found, Snapshot)
    return found


def _open(store: Path) -> Snapshot:
    for _ in range(_ATTEMPTS):
        build = current_build(store)
        try:
            held = hold_build(build)
            graph, about = open_graph(store, build), about_build(store, build)
            modified = formatdate(build.stat().st_mtime, usegmt=True)
            return Snapshot(build, graph, about, modified, held)
        except (OSError, ValueError):
            if build == current_build(store):
                raise
    raise InputError(f"{store}: is built anew faster than it can be opened; try again")
