"""Measure time and memory of `kg publish` by the size of the graph.

usage: python benchmarks/publishing.py

The dataset's graph is published once, then with four and sixteen renamed copies. Time should grow
with the number of statements, memory should not.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse, serialize

from kg.graph.build import build
from kg.graph.stores.embedded import about_build, all_statements, new_build, open_graph
from kg.resources import resource

TIMES = (1, 4, 16)


def copy_quads(quads: bytes, count: int) -> Iterator[Quad]:
    """Yield the statements of several copies of a graph, for other years and districts."""
    for index in range(count):
        text = quads.decode().replace("jianghan-2019", f"jianghan-{2019 + index}")
        yield from parse(text.replace("/420103/", f"/{420103 + index}/"), RdfFormat.N_QUADS)


def multiply(store: Path, larger: Path, count: int) -> None:
    """Write a store with several copies of a graph."""
    named = (quad for quad in open_graph(store) if quad.graph_name != DefaultGraph())
    quads = serialize(named, format=RdfFormat.N_QUADS) or b""
    with new_build(larger) as draft:
        draft.extend(list(copy_quads(quads, count)))
        draft.about |= about_build(store)


def main() -> None:
    """Print statements, seconds and peak memory for each size, and their ratios."""
    first: tuple[float, float, float] | None = None
    source = resource("data", "jianghan-2019", "report.csv")
    options = "--publisher x --licence CC0-1.0 --base https://example.org/a".split()
    # Linux counts the memory of the parent process as that of the child at its start, so this
    # process must stay small.
    apart = multiprocessing.get_context("spawn").Process
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        _run_process(apart(target=build, args=([source], store)))
        for count in TIMES:
            larger = Path(folder) / f"store-{count}"
            _run_process(apart(target=multiply, args=(store, larger, count)))
            output = str(Path(folder) / f"bundle-{count}")
            command = ["publish", "--store", str(larger), "-o", output, *options]
            start = time.perf_counter()
            process = subprocess.Popen([sys.executable, "-m", "kg.cli", *command])
            _, status, usage = os.wait4(process.pid, 0)
            assert status == 0
            size = float(sum(1 for _ in all_statements(open_graph(larger))))
            found = size, time.perf_counter() - start, usage.ru_maxrss / 1024
            first = first or found
            ratios = ", ".join(f"{now / then:.2f}" for now, then in zip(found, first, strict=True))
            print(
                f"{size:9,.0f} statements  {found[1]:6.1f} s  {found[2]:6.0f} MB  ratios {ratios}"
            )


def _run_process(process: BaseProcess) -> None:
    process.start()
    process.join()
    assert process.exitcode == 0


if __name__ == "__main__":
    main()
