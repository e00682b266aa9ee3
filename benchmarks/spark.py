"""A corpus of invented reports built on Spark and in the embedded store: how fast, and how large.

usage: python benchmarks/spark.py [--districts N] [--months N] [--tasks N] [--formats csv,pdf,…]
                                  [--rounds N]

Both build the same corpus by turns, on all cores: Spark with an executor for each. Printed are the
least time of the rounds, and the least time of all processors together with the statements a second
of it, each statement counted in each named graph; how many bytes a statement takes in Parquet, as
N-Quads and in the store; and the most memory that a process took: a worker of Python, and the
executor of Java beside it. Java is slow at first: more rounds and a larger corpus tell more.
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

from benchmarks.corpus import Sizes, districts, make
from kg.graph.build import build as build_embedded
from kg.graph.store import current_build
from kg.spark.build import build as build_on_spark
from tests.spark.cluster import cluster

_PROCESSES = {"pyspark.daemon": "worker of Python", "CoarseGrainedExecutor": "executor of Java"}


def main() -> None:
    """Build the corpus both ways, and print what it took."""
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
        make(corpus, districts(options.districts), sizes, 7, options.formats.split(","))
        engines: dict[str, Callable[[], object]] = {
            "embedded": lambda: build_embedded([corpus], store),
            "spark": lambda: build_on_spark(corpus, out),
        }
        took: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        with most_memory() as memory:
            for _ in range(options.rounds):
                for engine, work in engines.items():
                    took[engine].append(measured(work))
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
            print(
                f"{what:14} {sum(size(path) for path in where) / statements:6.1f} bytes a statement"
            )
        for process, most in memory.items():
            print(f"{process:16} {most / 1024**2:6.0f} MB at most")


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that something takes, and those of all processors."""
    start, spent = time.perf_counter(), processor_seconds()
    work()
    return time.perf_counter() - start, processor_seconds() - spent


def processor_seconds() -> float:
    """Return the processor time of this process and of all that it has begun."""
    spent = 0.0
    me = psutil.Process()
    for process in (me, *me.children(recursive=True)):
        with suppress(psutil.Error):
            times = process.cpu_times()
            spent += times.user + times.system + times.children_user + times.children_system
    return spent


def size(folder: Path) -> int:
    """Return how many bytes the files of a folder have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def most_memory() -> Iterator[dict[str, int]]:
    """Watch how much memory processes of Spark take, in bytes by their names."""
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
