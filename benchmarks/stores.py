"""Measure loading a graph into SPARQL servers: over HTTP, as `kg build` does, and from a file.

usage: python benchmarks/stores.py [TIMES]

The graph consists of TIMES renamed copies of the dataset's graph (by default 10, which is 1.1
million statements, as a server holds each twice). Oxigraph and Virtuoso load it over the Graph
Store Protocol, and from the file of `kg export --format server` by `oxigraph load` and
`rdf_loader_run`. It prints statements per second, without the server's start and the writing of the
file, and their ratio.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.publishing import multiply
from kg.graph.build import build
from kg.graph.stores.embedded import about_build, open_graph
from kg.graph.stores.remote import RemoteGraph, send_build
from kg.publishing.export import export
from kg.resources import resource
from tests.stores.servers import Server, oxigraph, virtuoso


def sending_time(server: Server, folder: Path, store: Path) -> float:
    """Return the seconds that it takes to send a store's graph to a server."""
    with server(folder) as url:
        before = time.perf_counter()
        send_build(open_graph(store), about_build(store), RemoteGraph(url), None)
        return time.perf_counter() - before


def loading_time(server: Server, folder: Path, file: Path) -> float:
    """Return the seconds that a server takes to start and load a file."""
    (folder / "graph.nq").symlink_to(file)
    before = time.perf_counter()
    with server(folder, load=True):
        return time.perf_counter() - before


def starting_time(server: Server, folder: Path) -> float:
    """Return the seconds that a server takes to start."""
    before = time.perf_counter()
    with server(folder):
        return time.perf_counter() - before


def main() -> None:
    """Print the time of each server in both ways."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    os.environ |= {"TASKKG_USER": "dba", "TASKKG_PASSWORD": "dba"}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build([resource("data", "jianghan-2019", "report.csv")], folder / "one")
        multiply(folder / "one", folder / "store", times)
        about, file = about_build(folder / "store"), folder / "graph.nq"
        before = time.perf_counter()
        count = export(open_graph(folder / "store"), file, "server", about)
        took = time.perf_counter() - before
        print(f"{count:,} statements; the file is written in {took:.1f} s")
        for name, server in (("oxigraph", oxigraph), ("virtuoso", virtuoso)):
            places = [folder / f"{name}-{way}" for way in ("sent", "loaded", "started")]
            for place in places:
                place.mkdir()
            over_http = sending_time(server, places[0], folder / "store")
            from_file = loading_time(server, places[1], file) - starting_time(server, places[2])
            print(
                f"{name:9} over HTTP {over_http:6.1f} s {count / over_http:8,.0f} a second   "
                f"from a file {from_file:6.1f} s {count / from_file:8,.0f} a second   "
                f"{over_http / from_file:4.1f} times as fast"
            )


if __name__ == "__main__":
    main()
