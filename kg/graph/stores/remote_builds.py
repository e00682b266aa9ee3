"""Builds of graphs on SPARQL servers: made in a local folder, like all builds, then sent."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.graph.stores.embedded import (
    Draft,
    about_build,
    current_build,
    is_remote,
    new_build,
    open_graph,
)

if TYPE_CHECKING:
    from kg.graph.stores.remote import RemoteGraph

_log = logging.getLogger("kg.server")


@contextmanager
def local_folder(store: str | Path) -> Iterator[Path]:
    """Yield the folder of a store; for a server, that of a temporary copy.

    Raises:
        InputError: There is no store, or the server cannot be reached or refuses.
    """
    if not is_remote(store):
        yield Path(store)
        return
    from kg.graph.stores.remote import RemoteGraph

    with tempfile.TemporaryDirectory(prefix="taskkg-") as folder:
        copy_build(RemoteGraph(str(store)), Path(folder) / "store")
        yield Path(folder) / "store"


@contextmanager
def synced_folder(store: str | Path, seconds: float = 30) -> Iterator[Path]:
    """Yield the folder of a store, as `local_folder` does; a server's new builds are copied to it.

    Args:
        store: The store's folder, or the address of a SPARQL server.
        seconds: Time between two checks whether the server has a new build.

    Raises:
        InputError: As for `local_folder`. If the server fails later, the last copy stays.
    """
    with local_folder(store) as folder:
        if not is_remote(store):
            yield folder
            return
        from kg.graph.stores.remote import RemoteGraph

        ended = Event()

        def follow() -> None:
            while not ended.wait(seconds):
                try:
                    if about_build(store) != about_build(folder):
                        copy_build(RemoteGraph(str(store)), folder)
                except InputError as error:
                    _log.warning("%s", error)

        thread = Thread(target=follow, daemon=True)
        thread.start()
        try:
            yield folder
        finally:
            ended.set()
            thread.join()


def copy_build(graph: RemoteGraph, folder: Path) -> None:
    """Copy the build on a server into a folder, as its current build.

    Raises:
        InputError: The server cannot be reached, refuses, or holds no complete build.
    """
    from kg.graph.stores.remote import fetch_statements

    about, url = graph.about_build, graph.endpoint.url
    with new_build(folder) as draft:
        fetch_statements(graph, draft.graph)
        draft.about |= about
        if about_build(url) != about:
            raise InputError(f"{url}: was rebuilt while it was read; try again")


@contextmanager
def open_draft(store: str | Path, keep: bool = False) -> Iterator[Draft]:
    """Make a new build of a store, as `new_build` does; it is sent to a server once complete.

    Args:
        store: The store's folder, or the address of a SPARQL server.
        keep: Whether to begin with a copy of the current build instead of an empty one.

    Raises:
        InputError: As for `new_build`, or the server cannot be reached or refuses.
    """
    if not is_remote(store):
        with new_build(Path(store), keep) as draft:
            yield draft
        return
    from kg.graph.stores.remote import RemoteGraph, send_build

    graph = RemoteGraph(str(store))
    with tempfile.TemporaryDirectory(prefix="taskkg-") as temporary:
        folder = Path(temporary) / "store"
        before = None
        if keep:
            copy_build(graph, folder)
            before = open_graph(build=current_build(folder))
        else:
            # Fail before the work, not after it.
            graph.check()
        with new_build(folder, keep) as draft:
            yield draft
        send_build(open_graph(folder), about_build(folder), graph, before)
