"""What has changed from one report to another, each a file or a report of a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.curation.apply import apply
from kg.curation.review import decisions
from kg.extraction.facts import extract
from kg.graph.protocol import Graph
from kg.graph.recall import recall
from kg.graph.store import about_build, open_graph
from kg.history.comparison import Difference, Told, compare
from kg.history.matching import Match, Matching, matching
from kg.history.numbering import told_date, told_until
from kg.history.place import Place
from kg.model import Report
from kg.reading import read

# A report with its facts, and where its rows stand in its plan if a store knows it.
Recalled = tuple[Told, Mapping[int, Place]]


def diff(
    before: str | Path,
    after: str | Path,
    store: str | Path = "store",
    jurisdiction: str | None = None,
    mapping: str | Path | None = None,
) -> Difference:
    """Return what has changed from one report to another.

    Two reports of one plan that a store holds are compared by the tasks that the store knows; other
    rows are matched by wording, departments and number.

    Args:
        before: The first report: a file, or the identifier of a report in the store.
        after: The second.
        store: The store's folder; it is only opened where an identifier is given.
        jurisdiction: Code of the place that it is of, where a file's title does not tell it.
        mapping: A file that tells what unusual headings in files mean, as for `kg.read`.

    Raises:
        InputError: A report cannot be read, or they are reports of different districts.
    """
    (one, here), (other, there) = (
        _told(it, store, jurisdiction, mapping) for it in (before, after)
    )
    if not (here and there):
        return compare(one, other)
    return _compared((one, here), (other, there), open_graph(store), about_build(store)["reports"])


def diff_reports(
    graph: Graph, entries: Sequence[Mapping[str, Any]], before: str, after: str
) -> Difference:
    """Return what has changed between two reports of a store that is open.

    Args:
        graph: The store's graph.
        entries: What is known of its reports (`about_build(store)["reports"]`).
        before: Identifier of the first report.
        after: That of the second.

    Raises:
        InputError: The store holds no such report, or they are reports of different districts.
    """
    return _compared(recall(graph, before), recall(graph, after), graph, entries)


def _compared(
    before: Recalled, after: Recalled, graph: Graph, entries: Sequence[Mapping[str, Any]]
) -> Difference:
    (one, here), (other, there) = before, after
    if one.report.plan != other.report.plan:
        return compare(one, other)
    between = list(_between(one.report, other.report, there, graph, entries))
    return compare(one, other, _known(one, here, other, there), between)


def _between(
    before: Report,
    after: Report,
    there: Mapping[int, Place],
    graph: Graph,
    entries: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[Told, Mapping[int, int]]]:
    """Yield the reports of a plan between two, with their row for each row of the second."""
    for entry in sorted(entries, key=_date):
        is_between = told_until(before) < _date(entry) < told_until(after)
        if entry["plan"] == after.plan and is_between:
            told, places = recall(graph, entry["identifier"])
            rows = {place.number: row for row, place in places.items()}
            known = {row: rows.get(place.number, 0) for row, place in there.items()}
            yield told, known


def _date(entry: Mapping[str, Any]) -> tuple[str, str]:
    return told_date(entry["as_of"]), entry["identifier"]


def _told(
    source: str | Path, store: str | Path, jurisdiction: str | None, mapping: str | Path | None
) -> Recalled:
    """Return a report with its facts, and where its rows stand in its plan, if a store knows it."""
    path = Path(source)
    if path.is_file() or path.suffix:
        report = read(path, jurisdiction, mapping)
        return Told(report, apply(extract(report), decisions(path)).facts), {}
    return recall(open_graph(store), str(source))


def _known(
    before: Told, here: Mapping[int, Place], after: Told, there: Mapping[int, Place]
) -> Matching:
    """Return which rows are the same task as a store has it."""
    rows = {place.number: (row, place.confidence) for row, place in there.items()}
    return matching(
        before.report.tasks,
        after.report.tasks,
        (
            Match(row, rows[place.number][0], min(place.confidence, rows[place.number][1]))
            for row, place in here.items()
            if place.number in rows
        ),
    )
