"""Time, memory and room of a build at three sizes, whether lines fit them, and what follows.

usage: python benchmarks/scale.py [--districts 3,6,12] [--price 0.05] [--spark RATIO]

Each size is a corpus of so many districts, with reports of three years, month by month, 106 tasks
each (`benchmarks/corpus.py`); it is built by a process of its own. A line through the two smaller
sizes foretells the largest, and what is foretold is printed beside what was measured. From the line
through all three follow the volumes of a city, a province and the country over ten years, the hours
of processors, the machines of 16 cores that build it in a day, the room on disk, and the price at
so much a core and hour; with --spark for a build on Spark, which takes so many times the processor
time of an embedded one (`benchmarks/spark.py` measures that).
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

from benchmarks.corpus import Sizes, districts, make

SIZES = Sizes(years=3, months=12, tasks=106)
# Governments whose reports are read: a city of 13 districts, a province of 117 districts and
# counties, and all of the country, with those of cities and provinces.
PLACES = {"a city": 13, "a province": 117, "the country": 3200}
YEARS = 10
CORES, DAY = 16, 24


class Measured(NamedTuple):
    """What a build took.

    Attributes:
        reports: How many reports there were.
        seconds: How long it took.
        processor: Seconds of processors, of all processes together.
        statements: How many statements the graph holds.
        room: Megabytes on disk.
        peak: Megabytes of memory of its largest process, at the most.
    """

    reports: float
    seconds: float
    processor: float
    statements: float
    room: float
    peak: float


def measure(places: int, folder: Path) -> Measured:
    """Build the corpus of so many districts."""
    corpus, store = folder / f"corpus-{places}", folder / f"store-{places}"
    corpus.mkdir()
    truth = make(corpus, districts(places), SIZES, 7, ["csv"])
    (corpus / "truth.json").unlink()
    command = [sys.executable, "-m", "kg.cli", "build", str(corpus), "--store", str(store)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    told = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    found = re.search(r"(\d+) statements", told)
    assert status == 0, told
    assert found, told
    room = sum(file.stat().st_size for file in store.rglob("*") if file.is_file())
    return Measured(
        len(truth),
        took,
        usage.ru_utime + usage.ru_stime,
        int(found[1]),
        room / 1e6,
        usage.ru_maxrss / 1024,
    )


def line(x: list[float], y: list[float]) -> tuple[float, float]:
    """Return the slope of the least-squares line through points, and where it begins."""
    slope, start = np.polyfit(x, y, 1)
    return float(slope), float(start)


def main() -> None:
    """Measure, hold the fit against the largest size, and print what follows."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--districts", default="3,6,12", help="how many, at three sizes")
    parser.add_argument("--price", type=float, default=0.05, help="of a core for an hour")
    parser.add_argument("--spark", type=float, help="processor time on Spark, times the embedded")
    options = parser.parse_args()
    counts = sorted(map(int, options.districts.split(",")))
    with tempfile.TemporaryDirectory() as folder:
        sizes = [measure(count, Path(folder)) for count in counts]
    print(f"| {' | '.join(Measured._fields)} | statements a second | cores used |")
    print("|---" * (len(Measured._fields) + 2) + "|")
    for size in sizes:
        rate, used = size.statements / size.seconds, size.processor / size.seconds
        print(f"| {' | '.join(f'{value:,.0f}' for value in size)} | {rate:,.0f} | {used:.2f} |")
    reports = [size.reports for size in sizes]
    print()
    for name in ("seconds", "processor", "statements", "room", "peak"):
        values = [getattr(size, name) for size in sizes]
        slope, start = line(reports[:2], values[:2])
        foretold = slope * reports[2] + start
        print(
            f"{name}: foretold {foretold:,.0f}, measured {values[2]:,.0f} "
            f"({values[2] / foretold - 1:+.1%})"
        )
    print()
    plan(sizes, options.price, options.spark)


def plan(sizes: list[Measured], price: float, spark: float | None) -> None:
    """Print what a city, a province and the country take."""
    reports = [size.reports for size in sizes]
    each = {
        name: line(reports, [getattr(size, name) for size in sizes])[0]
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
