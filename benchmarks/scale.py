"""Measure builds of three sizes, check that they grow linearly, and estimate large volumes.

usage: python benchmarks/scale.py [--districts 3,6,12] [--price 0.05] [--spark RATIO]

Each size is a corpus of that many districts, with monthly reports of three years and 106 tasks each
(`benchmarks/corpus.py`); it is built by a separate process. The line through the two smaller sizes
predicts the largest, and the prediction is printed beside the measured value. From the line through
all three sizes it estimates for a city, a province and the country over ten years: the volumes, the
processor hours, the number of machines with 16 cores that build it in a day, the disk space, and
the price at the given rate per core and hour. With --spark the estimate is for a build on Spark
that takes RATIO times the processor time of an embedded one (see `benchmarks/spark.py`).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from math import ceil
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.corpus import Sizes, list_districts, make_corpus

SIZES = Sizes(years=3, months=12, tasks=106)
# The number of governments: in a city with 13 districts, in a province with 117 districts and
# counties, and in the country, including cities and provinces.
PLACES = {"a city": 13, "a province": 117, "the country": 3200}
YEARS = 10
CORES, DAY = 16, 24


class Measurement(NamedTuple):
    """The figures of a build.

    Attributes:
        reports: Number of reports.
        seconds: Elapsed time.
        processor: Processor seconds of all processes together.
        statements: Number of statements in the graph.
        room: Megabytes on disk.
        peak: Peak memory of its largest process, in megabytes.
    """

    reports: float
    seconds: float
    processor: float
    statements: float
    room: float
    peak: float


def measure_build(places: int, folder: Path) -> Measurement:
    """Build the corpus of a number of districts."""
    corpus, store = folder / f"corpus-{places}", folder / f"store-{places}"
    corpus.mkdir()
    truth = make_corpus(corpus, list_districts(places), SIZES, 7, ["csv"])
    (corpus / "truth.json").unlink()
    command = [sys.executable, "-m", "kg.cli", "build", str(corpus), "--store", str(store)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    found = re.search(r"(\d+) statements", output)
    assert status == 0, output
    assert found, output
    room = sum(file.stat().st_size for file in store.rglob("*") if file.is_file())
    return Measurement(
        len(truth),
        took,
        usage.ru_utime + usage.ru_stime,
        int(found[1]),
        room / 1e6,
        usage.ru_maxrss / 1024,
    )


def fit_line(x: list[float], y: list[float]) -> tuple[float, float]:
    """Return the slope and the intercept of the least-squares line through points."""
    slope, start = np.polyfit(x, y, 1)
    return float(slope), float(start)


def main() -> None:
    """Measure, compare the prediction with the largest size, and print the estimates."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--districts", default="3,6,12", help="numbers of districts")
    parser.add_argument("--price", type=float, default=0.05, help="price of a core for an hour")
    parser.add_argument("--spark", type=float, help="ratio of Spark's processor time to ours")
    options = parser.parse_args()
    counts = sorted(map(int, options.districts.split(",")))
    with tempfile.TemporaryDirectory() as folder:
        sizes = [measure_build(count, Path(folder)) for count in counts]
    print(f"| {' | '.join(Measurement._fields)} | statements a second | cores used |")
    print("|---" * (len(Measurement._fields) + 2) + "|")
    for size in sizes:
        rate, used = size.statements / size.seconds, size.processor / size.seconds
        print(f"| {' | '.join(f'{value:,.0f}' for value in size)} | {rate:,.0f} | {used:.2f} |")
    reports = [size.reports for size in sizes]
    print()
    for name in ("seconds", "processor", "statements", "room", "peak"):
        values = [getattr(size, name) for size in sizes]
        slope, start = fit_line(reports[:2], values[:2])
        predicted = slope * reports[2] + start
        print(
            f"{name}: predicted {predicted:,.0f}, measured {values[2]:,.0f} "
            f"({values[2] / predicted - 1:+.1%})"
        )
    print()
    print_forecast(sizes, options.price, options.spark)


def print_forecast(sizes: list[Measurement], price: float, spark: float | None) -> None:
    """Print the estimates for a city, a province and the country."""
    reports = [size.reports for size in sizes]
    each = {
        name: fit_line(reports, [getattr(size, name) for size in sizes])[0]
        for name in ("processor", "statements", "room")
    }
    each["processor"] *= spark or 1
    print("| | reports | task states | statements | TB | core hours | machines | price |")
    print("|---|---|---|---|---|---|---|---|")
    for where, places in PLACES.items():
        count = places * 12 * YEARS
        hours = count * each["processor"] / 3600
        print(
            f"| {where} | {count:,} | {count * SIZES.tasks:,} | {count * each['statements']:,.0f} "
            f"| {count * each['room'] / 1e6:,.2f} | {hours:,.0f} | {ceil(hours / CORES / DAY)} "
            f"| {hours * price:,.0f} |"
        )


if __name__ == "__main__":
    main()
