"""Measure the tasks per second of the default extractor, without and with its cache.

usage: python benchmarks/extraction.py [REPORT]

REPORT is a report to read; by default the dataset of the package. Times are processor times of all
cores together; the best of three runs counts. The cache is in a temporary folder.
"""

from __future__ import annotations

import os
import resource as usage
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.extraction.facts import extract
from kg.reading import read
from kg.resources import resource
from kg.tagger.model import load_model


def main() -> None:
    """Print the time of each step."""
    source = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else resource("data", "jianghan-2019", "report.csv")
    )
    started = time.process_time()
    load_model()
    loading = time.process_time() - started
    report = read(source)
    tasks = len(report.tasks)
    characters = sum(len(t.task.text) + len(t.progress.text) for t in report.tasks)

    def extract_new() -> None:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["TASKKG_CACHE"] = folder
            list(extract(report))

    reading = _least_time(lambda: read(source))
    new = _least_time(extract_new)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TASKKG_CACHE"] = folder
        list(extract(report))
        again = _least_time(lambda: list(extract(report)))
    print(f"load model  {loading:7.2f} s")
    print(f"read        {reading:7.2f} s   {tasks / reading:7.0f} tasks/s")
    print(
        f"extract     {new:7.2f} s   {tasks / new:7.0f} tasks/s   "
        f"{characters / new:7.0f} characters/s"
    )
    print(f"again       {again:7.2f} s   {tasks / again:7.0f} tasks/s   {new / again:.1f} times")
    peak = usage.getrusage(usage.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:7.0f} MiB")


def _least_time(run: Callable[[], object]) -> float:
    """Return the shortest processor time of three runs, in seconds."""
    times = []
    for _ in range(3):
        started = time.process_time()
        run()
        times.append(time.process_time() - started)
    return min(times)


if __name__ == "__main__":
    main()
