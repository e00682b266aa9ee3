"""Builds of graphs on servers: made in a folder of this machine, as all builds are, and sent."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.graph.store import (
    Draft,
    about_build,
    current_build,
    is_remote,
    new_build,
    open_graph,
)

if TYPE_CHECKING:
    from kg.graph.remote import RemoteGraph

_log = logging.getLogger("kg.server")


@contextmanager
def on_disk(store: str | Path) -> Iterator[Path]:
    """Give a store as a folder: its own, or for a while that of a copy of what a server holds.

    Raises:
        InputError: There is no store, or the server is away or refuses.
    """
    if not is_remote(store):
        yield Path(store)
        return
    from kg.graph.remote import RemoteGraph

    with tempfile.TemporaryDirectory(prefix="taskkg-") as folder:
        copy(RemoteGraph(str(store)), Path(folder) / "store")
        yield Path(folder) / "store"


@contextmanager
def followed(store: str | Path, seconds: float = 30) -> Iterator[Path]:
    """Give a store as a folder, as `on_disk` does; a server's new builds come into force there.

    Args:
        store: The store's folder, or the address of a SPARQL server.
        seconds: How often the server is asked whether it has a new build.

    Raises:
        InputError: As for `on_disk`. That a server is away later only keeps what there was.
    """
    with on_disk(store) as folder:
        if not is_remote(store):
            yield folder
            return
        from kg.graph.remote import RemoteGraph

        ended = Event()

        def follow() -> None:
            while not ended.wait(seconds):
                try:
                    if about_build(store) != about_build(folder):
                        copy(RemoteGraph(str(store)), folder)
                except InputError as error:
                    _log.warning("%s", error)

        thread = Thread(target=follow, daemon=True)
        thread.start()
        try:
            yield folder
        finally:
            ended.set()
            thread.join()


def copy(graph: RemoteGraph, folder: Path) -> None:
    """Make what a server holds the build in force of a folder.

    Raises:
        InputError: The server is away, refuses, or holds no whole build.
    """
    from kg.graph.remote import fetch

    about, url = graph.build, graph.endpoint.url
    with new_build(folder) as draft:
        fetch(graph, draft.graph)
        draft.about |= about
        if about_build(url) != about:
            raise InputError(f"{url}: was built anew while it was read; try again")


@contextmanager
def draft_of(store: str | Path, keep: bool = False) -> Iterator[Draft]:
    """Make a new build of a store, as `new_build` does; a server gets it when all is made.

    Args:
        store: The store's folder, or the address of a SPARQL server.
        keep: Whether the build begins as a copy of what the store holds, not empty.

    Raises:
        InputError: As for `new_build`, or the server is away or refuses.
    """
    if not is_remote(store):
        with new_build(Path(store), keep) as draft:
            yield draft
        return
    from kg.graph.remote import RemoteGraph, send

    graph = RemoteGraph(str(store))
    with tempfile.TemporaryDirectory(prefix="taskkg-") as temporary:
        folder = Path(temporary) / "store"
        before = None
        if keep:
            copy(graph, folder)
            before = open_graph(build=current_build(folder))
        else:
            # Whether the server is there and lets us in is told before the work, not after it.
            graph.check()
        with new_build(folder, keep) as draft:
            yield draft
        send(open_graph(folder), about_build(folder), graph, before)
