"""Build a corpus of invented reports; measure the time, and the accuracy against the truth.

usage: python benchmarks/corpus.py [--districts N] [--years N] [--months N] [--tasks N] [--seed N]
                                   [--formats csv,pdf,…] [--keep DIR]

The reports are of real districts (GB/T 2260), in all formats in turn, with invented tasks. From
month to month the rows of a plan change their places and numbers and are reworded, dropped and
added. Several districts name the same firms, universities and offices of the city; all districts
have roads and departments with the same names. A quarter, half and all of the corpus is built in a
store and compared with the truth:

- matching: which rows of a plan's reports are the same task;
- linking: which organisations of different districts are the same; roads and departments are not.

With --keep the reports are kept, with a file truth.json: `tasks` contains the task of each row in
each report; `things` contains the names that occur in several districts, and where each name is one
thing: in the nation, in a city, or in each district.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import NamedTuple

from benchmarks.invented_plans import STATES, Plan, Row
from benchmarks.report_formats import FORMATS, write_report
from benchmarks.scores import named_things, score_linking, score_matching
from kg.gazetteer import find_jurisdiction
from kg.graph.build import build
from kg.model import Jurisdiction
from kg.resources import resource
from tests.reading.printing import Entry


class Sizes(NamedTuple):
    """How many years each district reports on, in how many months a year, and how many tasks."""

    years: int = 1
    months: int = 6
    tasks: int = 106


def list_districts(count: int) -> list[Jurisdiction]:
    """Return districts, city by city, whose names are unambiguous without their city."""
    text = gzip.decompress(resource("data", "gazetteer", "divisions.csv.gz").read_bytes()).decode()
    found: dict[str, Jurisdiction] = {}
    for name in re.findall(r"^\d{6},(.*区)$", text, re.MULTILINE):
        if place := find_jurisdiction(f"{name}2021年"):
            found.setdefault(name, place)
    return list(found.values())[:count]


def make_corpus(
    folder: Path, places: Sequence[Jurisdiction], sizes: Sizes, seed: int, forms: Sequence[str]
) -> dict[str, list[Row]]:
    """Write a corpus and its truth; return the rows of each report by its file's name.

    Args:
        folder: The output folder.
        places: The districts.
        sizes: The numbers of reports and tasks.
        seed: The same seed gives the same corpus.
        forms: The formats of the reports, used in turn (see `report_formats.FORMATS`).
    """
    rng = random.Random(seed)
    form = cycle(forms)
    truth: dict[str, list[Row]] = {}
    for place in places:
        for year in range(2021, 2021 + sizes.years):
            plan = Plan.invent(rng, sizes.tasks)
            for month in range(1, sizes.months + 1):
                if month > 1:
                    plan.advance()
                entries = [_entry(n, row, month, rng) for n, row in enumerate(plan.rows, 1)]
                title = (
                    f"{place.name}{year}年政府工作报告责任事项进展情况表（截至{year}年{month}月底）"
                )
                name = f"{place.code}-{year}-{month:02d}"
                truth[write_report(folder, name, entries, title, next(form)).name] = plan.rows
    (folder / "truth.json").write_text(
        json.dumps(_truth_record(truth), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return truth


def _entry(number: int, row: Row, month: int, rng: random.Random) -> Entry:
    progress = f"截至{month}月底，{row.subject}{rng.choice(STATES)}"
    return Entry(number, row.heading, row.promise, progress, row.departments)


def _truth_record(truth: Mapping[str, list[Row]]) -> dict[str, object]:
    """Return the content of truth.json."""
    places: defaultdict[str, set[str]] = defaultdict(set)
    where: defaultdict[str, set[str]] = defaultdict(set)
    for file, rows in truth.items():
        code = file.partition("-")[0]
        for (place, _), name in named_things(rows, code):
            places[name].add(place)
            where[name].add(code)
    return {
        "tasks": {file: [row.task for row in rows] for file, rows in truth.items()},
        "things": {
            name: {"one_in": sorted(places[name]), "named_in": sorted(where[name])}
            for name in sorted(where)
            if len(where[name]) > 1
        },
    }


def main() -> None:
    """Make the corpus, build parts of it, and print time, memory and accuracy."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, size in {"districts": 4, **Sizes()._asdict(), "seed": 7}.items():
        parser.add_argument(f"--{name}", type=int, default=size)
    parser.add_argument(
        "--formats",
        default=",".join(sorted(FORMATS.keys() - {"xls"})),
        help=f"formats of the reports, used in turn: {', '.join(FORMATS)}",
    )
    parser.add_argument("--keep", type=Path, help="folder in which the corpus is kept")
    options = parser.parse_args()
    forms = options.formats.split(",")
    if unknown := set(forms) - FORMATS.keys():
        parser.error(
            f"no such format: {', '.join(sorted(unknown))}; choose from {', '.join(FORMATS)}"
        )
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "corpus"
        folder.mkdir(parents=True, exist_ok=True)
        sizes = Sizes(options.years, options.months, options.tasks)
        truth = make_corpus(folder, list_districts(options.districts), sizes, options.seed, forms)
        files = sorted(truth)
        for part in (4, 2, 1):
            chosen = files[: max(1, len(files) // part)]
            store = Path(temporary) / f"store-{part}"
            before = time.perf_counter()
            built = build([folder / file for file in chosen], store)
            took = time.perf_counter() - before
            print(
                f"{len(chosen):5} reports  {took:7.1f} s  {took / len(chosen):5.2f} s a report  "
                f"{built.quads:10,} statements"
            )
        print(f"matching: {score_matching(store, truth)}")
        print(f"linking:  {score_linking(store, truth)}")
    for who, which in (("this process", RUSAGE_SELF), ("largest worker", RUSAGE_CHILDREN)):
        print(f"peak memory, {who}: {getrusage(which).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
