"""Part `extraction`: names in the text of tasks, found by us and by other taggers.

The other taggers know two kinds of names: places, which include roads, subdistricts and
communities, and organisations.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.corpus import Sizes, list_districts, make_corpus
from benchmarks.invented_plans import Row
from benchmarks.peers.results import US, Part, Result
from benchmarks.peers.runs import run_in_turn
from benchmarks.peers.taggers import PACKAGES, Tagger, load_tagger
from kg.evaluation.records import Record, load_records
from kg.evaluation.score import Figure, evaluate
from kg.extraction.facts import extract
from kg.extraction.record import KEYS
from kg.gazetteer import jurisdiction
from kg.model import Cell, Department, Evidence, Report, Task, TaskFacts
from kg.reading import read
from kg.resources import resource

TITLE = "Names in the tasks of the dataset and of an invented report; one process."
# The keys of a record for each of the taggers' kinds.
_MERGED = {
    "places": ("places", "roads", "subdistricts", "communities"),
    "organizations": ("organizations", "bodies"),
    "projects": ("projects",),
}
_KIND_LABELS = {
    "places": "places and roads",
    "organizations": "organisations",
    "projects": "projects",
    "names (overlapping)": "all of these, overlapping",
}

Names = Mapping[str, Sequence[str]]
Finder = Callable[[Report], dict[int, Names]]


def measure(folder: Path, rounds: int, reference: Path | None) -> Part:
    """Measure time and, on reports whose names are known, precision and recall.

    Args:
        folder: A folder for temporary files.
        rounds: The number of runs of each contender.
        reference: The reference (docs/evaluation.md), if any: a file about the dataset, or a folder
            of documents, each a folder with `gold.jsonl` and `code.txt`.
    """
    finders: dict[str, Finder] = {US: _our_names}
    said = [
        "our time includes projects, policies, events, quantities, dates, targets and states",
        "neither our model nor those of others were trained on the dataset",
    ]
    for name, package in PACKAGES.items():
        if tag := load_tagger(name):
            finders[name] = partial(_tagger_names, tag)
        else:
            said.append(f"{name} is left out: {package} is not installed (taskkg[benchmarks])")
    (folder / "names").mkdir()
    (file, rows), *_ = make_corpus(
        folder / "names", list_districts(1), Sizes(months=1), 7, ["csv"]
    ).items()
    shipped = read(resource("data", "jianghan-2019", "report.csv"))
    invented = read(folder / "names" / file)
    found: list[Result] = []
    for name, report in (("dataset", shipped), ("invented", invented)):
        found += _rates(f"{len(report.tasks)} tasks, {name}", report, finders, rounds)
    found += _recall_results(rows, {name: find(invented) for name, find in finders.items()})
    if reference is None:
        said.append("precision is not measured: there is no reference (--reference FILE)")
    else:
        read_by_hand = read_reference(reference, shipped)
        found += score_names(folder / "names", read_by_hand, finders)
    return Part("extraction", TITLE, tuple(found), tuple(said))


def _rates(
    case: str, report: Report, finders: Mapping[str, Finder], rounds: int
) -> Iterator[Result]:
    def rate(find: Finder) -> float:
        start = perf_counter()
        find(report)
        return len(report.tasks) / (perf_counter() - start)

    for find in finders.values():
        find(report)  # load and compile everything before timing
    runs = list(run_in_turn({name: partial(rate, it) for name, it in finders.items()}, rounds, []))
    for name in finders:
        values = tuple(run[name] for run in runs)
        yield Result(case, "tasks a second", name, values, more_is_better=True)


def _our_names(report: Report) -> dict[int, Names]:
    # Each run has an empty cache, so that no results are reused.
    with TemporaryDirectory() as cache:
        os.environ["TASKKG_CACHE"] = cache
        return {facts.task.number: _merge_kinds(facts) for facts in extract(report)}


def _merge_kinds(facts: TaskFacts) -> Names:
    by_key: dict[str, list[str]] = {key: [] for key in KEYS.values()}
    for name in facts.names:
        by_key[KEYS[name.kind]].append(name.name)
    return {kind: [it for key in keys for it in by_key[key]] for kind, keys in _MERGED.items()}


def _tagger_names(tag: Tagger, report: Report) -> dict[int, Names]:
    found: dict[int, Names] = {}
    for task in report.tasks:
        cells = tag([task.task.text, task.progress.text])
        places, organisations = ([it for cell in cells for it in cell[index]] for index in (0, 1))
        found[task.number] = {"places": places, "organizations": organisations, "projects": []}
    return found


def _recall_results(
    rows: Sequence[Row], named: Mapping[str, Mapping[int, Names]]
) -> Iterator[Result]:
    """Yield the recall of invented names; there is no truth for precision."""
    roads, organisations = [row.road for row in rows], [row.organisation for row in rows]
    for kind, label, of_rows in (
        ("places", "roads", roads),
        ("organizations", "organisations", organisations),
    ):
        true = [(number, name) for number, name in enumerate(of_rows, 1) if name]
        case = f"{len(true)} {label}, invented"
        for name, names in named.items():
            hit = sum(it in names[number][kind] for number, it in true)
            share = (hit / len(true),) if true else ()
            yield Result(case, "recall", name, share, more_is_better=True)


def read_reference(path: Path, shipped: Report) -> list[tuple[Report, list[Record]]]:
    """Return reports with the records of their reference.

    Args:
        path: A file about the dataset, or a folder of documents.
        shipped: The dataset.
    """
    if path.is_file():
        return [(shipped, list(load_records(path).values()))]
    folders = sorted(found.parent for found in path.glob("*/gold.jsonl"))
    return [_document(folder, load_records(folder / "gold.jsonl").values()) for folder in folders]


def _document(folder: Path, records: Iterable[Record]) -> tuple[Report, list[Record]]:
    """Return a document's tasks as a report with perfect cells, and the records."""
    place = jurisdiction((folder / "code.txt").read_text(encoding="utf-8").strip())
    name, noted = folder.name, list(records)
    tasks = tuple(_task(name, record) for record in noted)
    return Report(name, name, "", place, None, None, tasks), noted


def _task(document: str, record: Record) -> Task:
    number, units = record["no"], record["departments"]
    cell = Cell("、".join(units))
    departments = []
    for unit in units:
        start = cell.text.index(unit)
        span = start, start + len(unit)
        departments.append(
            Department(unit, Evidence(document, number, "departments", *span, unit, "cell"))
        )
    promise, progress = Cell(record["task"]), Cell(record["progress"] or "")
    return Task(document, number, ("", None), promise, progress, cell, tuple(departments))


def score_names(
    folder: Path,
    reference: Sequence[tuple[Report, Sequence[Record]]],
    finders: Mapping[str, Finder],
) -> Iterator[Result]:
    """Yield precision and recall of each finder, by kind.

    Args:
        folder: A folder for temporary files.
        reference: Reports with the records of their reference.
        finders: Functions that find the names in a report, by contender.
    """
    noted = [record for _, records in reference for record in records]
    wanted = folder / "wanted.jsonl"
    _write(wanted, ({**record, **_names_of(record)} for record in noted))
    figures: dict[str, dict[str, Figure]] = {}
    for finder, find in finders.items():
        path = folder / "found.jsonl"
        named = [
            names[record["no"]]
            for report, records in reference
            for names in [find(report)]
            for record in records
        ]
        # Fields that are not compared are those of the reference.
        _write(
            path,
            ({**it, **_empty(), **names} for it, names in zip(noted, named, strict=True)),
        )
        figures[finder] = {it.kind: it for it in evaluate(path, wanted).figures}
    corpus = f"{len(noted)} tasks of {len(reference)} documents"
    for kind, label in _KIND_LABELS.items():
        for measure in ("precision", "recall"):
            for name, by_kind in figures.items():
                figure = by_kind[kind]
                found = figure.hit + figure.invented
                values = (getattr(figure, measure),) if found else ()
                note = f"{figure.hit} of {figure.hit + figure.missed}, {figure.invented} invented"
                case = f"{label}, {corpus}"
                yield Result(case, measure, name, values, more_is_better=True, note=note)


def _names_of(record: Mapping[str, Any]) -> dict[str, list[Any]]:
    merged = {
        kind: [it for key in keys for it in record.get(key) or ()] for kind, keys in _MERGED.items()
    }
    return {**_empty(), **merged}


def _empty() -> dict[str, list[Any]]:
    return {key: [] for key in KEYS.values()}


def _write(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    # Tasks are numbered across all documents.
    numbered = ({**record, "no": number} for number, record in enumerate(records, 1))
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in numbered)
    path.write_text("".join(lines), encoding="utf-8")
