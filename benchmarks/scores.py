"""Compare a store with the truth of its corpus: precision and recall of matching and linking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.invented_plans import OF_CITY, Row
from kg.graph.stores.embedded import about_build, open_graph
from kg.questions.sparql import select

Pairs = set[frozenset[object]]


class Score(NamedTuple):
    """Precision and recall of pairs.

    Attributes:
        precision: The share of the found pairs that are true.
        recall: The share of the true pairs that were found.
    """

    precision: float
    recall: float

    def __str__(self) -> str:
        return f"precision {self.precision:.4f}  recall {self.recall:.4f}"


def score_matching(store: Path, truth: Mapping[str, list[Row]]) -> Score:
    """Return the score for pairs of rows in a plan's reports that are the same task.

    Args:
        store: A store built from the corpus or a part of it.
        truth: The rows of each report, by its file's name.
    """
    files = _files(store)
    ours = (
        (task, (files[str(report)], number))
        for task, report, number in select(open_graph(store), _STATES).rows
    )
    theirs = (
        ((file.rpartition("-")[0], row.task), (file, number))
        for file in files.values()
        for number, row in enumerate(truth[file], 1)
    )
    return _score(_pairs(ours), _pairs(theirs))


def score_linking(store: Path, truth: Mapping[str, list[Row]]) -> Score:
    """Return the score for pairs of names in districts that mean the same thing.

    A firm or university is the same everywhere, an office of a city in its districts; roads and
    departments of different districts are never the same.

    Args:
        store: A store built from the corpus or a part of it.
        truth: The rows of each report, by its file's name.
    """
    files = _files(store)
    ours = (
        (thing, (_district(files[str(report)]), name))
        for thing, name, report in select(open_graph(store), _THINGS).rows
    )
    theirs = (
        (thing, (_district(file), name))
        for file in files.values()
        for thing, name in named_things(truth[file], _district(file))
    )
    return _score(_pairs(ours), _pairs(theirs))


def named_things(rows: Iterable[Row], district: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the things that the rows of a district's report name, each with its name.

    Args:
        rows: The rows.
        district: The district's code. A thing is a pair of the area in which its name is unique,
            and the name.
    """
    for row in rows:
        if row.organisation:
            of_city = row.organisation in OF_CITY
            yield (district[:4] if of_city else "CN", row.organisation), row.organisation
        for name in (row.road, *row.departments):
            if name:
                yield (district, name), name


def _files(store: Path) -> dict[str, str]:
    """Return the files of the reports of a store, by the reports' identifiers."""
    return {str(it["identifier"]): str(it["source"]) for it in about_build(store)["reports"]}


def _district(file: str) -> str:
    return file.partition("-")[0]


def _pairs(items: Iterable[tuple[object, object]]) -> Pairs:
    """Return all pairs of items with the same key; each item follows its key."""
    groups: dict[object, set[object]] = defaultdict(set)
    for key, item in items:
        groups[key].add(item)
    return {frozenset(pair) for group in groups.values() for pair in combinations(group, 2)}


def _score(found: Pairs, true: Pairs) -> Score:
    hit = len(found & true)
    return Score(hit / len(found) if found else 1.0, hit / len(true) if true else 1.0)


_STATES = """SELECT ?task ?report ?number WHERE {
  ?state a tkg:TaskState ; tkg:task ?task ; tkg:number ?number ;
    tkg:report/dcterms:identifier ?report }"""
_THINGS = """SELECT DISTINCT ?thing ?name ?report WHERE {
  VALUES ?class { tkg:Organization tkg:Road tkg:Department }
  ?thing a ?class ; skos:prefLabel ?name .
  ?evidence tkg:supports ?thing ; tkg:report/dcterms:identifier ?report }"""
