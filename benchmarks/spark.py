"""Compare builds on Spark and in the embedded store: time, size and memory.

usage: python benchmarks/spark.py [--districts N] [--months N] [--tasks N] [--formats csv,pdf,…]
                                  [--rounds N]

Both build the same corpus of invented reports in turn, on all cores; Spark has an executor for each
core. It prints the shortest time of the rounds; the shortest processor time with the statements per
processor second, where a statement counts once for each named graph; the bytes per statement in
Parquet, as N-Quads and in the store; and the peak memory of Python workers and Java executors. Java
is slow at first, so more rounds and a larger corpus give better figures.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import psutil

from benchmarks.corpus import Sizes, list_districts, make_corpus
from kg.graph.build import build as build_embedded
from kg.graph.stores.embedded import current_build
from kg.spark.build import build as build_on_spark
from tests.spark.cluster import cluster

_PROCESSES = {"pyspark.daemon": "worker of Python", "CoarseGrainedExecutor": "executor of Java"}


def main() -> None:
    """Build the corpus in both ways, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, count in {"districts": 8, "months": 6, "tasks": 60, "rounds": 2}.items():
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--formats", default="csv,docx,xlsx")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, cluster(os.cpu_count() or 1):
        folder = Path(temporary)
        corpus, store, out = (folder / name for name in ("corpus", "store", "out"))
        corpus.mkdir()
        sizes = Sizes(1, options.months, options.tasks)
        make_corpus(corpus, list_districts(options.districts), sizes, 7, options.formats.split(","))
        engines: dict[str, Callable[[], object]] = {
            "embedded": lambda: build_embedded([corpus], store),
            "spark": lambda: build_on_spark(corpus, out),
        }
        took: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        with watch_memory() as memory:
            for _ in range(options.rounds):
                for engine, work in engines.items():
                    took[engine].append(measure_time(work))
        about = json.loads((out / "build.json").read_text(encoding="utf-8"))
        statements = about["statements"]
        print(f"{about['reports']} reports, {statements:,} statements")
        least = {engine: tuple(map(min, zip(*each, strict=True))) for engine, each in took.items()}
        for engine, (seconds, processor) in least.items():
            print(
                f"{engine:9} {seconds:7.1f} s  {processor:7.1f} s of processors  "
                f"{statements / processor:9,.0f} statements a second of a processor"
            )
        ratios = (spark / embedded for embedded, spark in zip(*least.values(), strict=True))
        print("spark / embedded: {:.2f} the time, {:.2f} the processor time".format(*ratios))
        for what, where in (
            ("Parquet", [out / "statements", out / "derived"]),
            ("N-Quads, gzip", [out / "nquads"]),
            ("store", [current_build(store)]),
        ):
            each = sum(map(folder_size, where)) / statements
            print(f"{what:14} {each:6.1f} bytes a statement")
        for process, most in memory.items():
            print(f"{process:16} {most / 1024**2:6.0f} MB at most")


def measure_time(work: Callable[[], object]) -> tuple[float, float]:
    """Return the elapsed seconds and the processor seconds of a function."""
    start, spent = time.perf_counter(), processor_seconds()
    work()
    return time.perf_counter() - start, processor_seconds() - spent


def processor_seconds() -> float:
    """Return the processor time of this process and of all that it has started."""
    spent = 0.0
    me = psutil.Process()
    for process in (me, *me.children(recursive=True)):
        with suppress(psutil.Error):
            times = process.cpu_times()
            spent += times.user + times.system + times.children_user + times.children_system
    return spent


def folder_size(folder: Path) -> int:
    """Return the size of all files in a folder, in bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def watch_memory() -> Iterator[dict[str, int]]:
    """Record the peak memory of Spark's processes, in bytes by their names."""
    found: dict[str, int] = {}
    ended = Event()

    def watch() -> None:
        while not ended.wait(0.5):
            for process in psutil.Process().children(recursive=True):
                try:
                    line, taken = " ".join(process.cmdline()), process.memory_info().rss
                except psutil.Error:
                    continue
                for part, name in _PROCESSES.items():
                    if part in line:
                        found[name] = max(found.get(name, 0), taken)

    thread = Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()


if __name__ == "__main__":
    main()
