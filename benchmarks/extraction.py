"""Tasks a second of the default extractor, on the dataset told many times over.

usage: python benchmarks/extraction.py [REPORT] [TIMES]

REPORT is a report to read; without it the dataset that ships. The corpus repeats its tasks as one
report of TIMES (default 20) as many rows; the best of three runs counts.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from kg.extraction.facts import extract
from kg.reading import read
from kg.resources import resource


def main() -> None:
    """Print the time of each step."""
    source = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else resource("data", "jianghan-2019", "report.csv")
    )
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    list(extract(read(source)))  # start-up: what is loaded and compiled once
    start = time.process_time()
    report = read(source)
    reading = time.process_time() - start
    start = time.process_time()
    list(extract(report))
    once = time.process_time() - start
    rows = tuple(
        replace(task, number=copy * len(report.tasks) + task.number)
        for copy in range(times)
        for task in report.tasks
    )
    corpus = replace(report, tasks=rows)
    many = float("inf")
    for _ in range(3):
        start = time.process_time()
        found = sum(1 for _ in extract(corpus))
        many = min(many, time.process_time() - start)
    characters = sum(len(t.task.text) + len(t.progress.text) for t in rows)
    print(f"read      {len(report.tasks):6d} tasks   {reading:6.3f} s")
    print(f"extract   {len(report.tasks):6d} tasks   {once:6.3f} s")
    print(
        f"extract   {found:6d} tasks   {many:6.3f} s   {found / many:6.0f} tasks/s   "
        f"{characters / many:8.0f} characters/s   ratio to once {many / once / times:.2f}"
    )


if __name__ == "__main__":
    main()
