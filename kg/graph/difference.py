"""What has changed from one report to another, each a file or a report of a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.curation.apply import apply_entries
from kg.curation.review import load_decisions
from kg.extraction.facts import extract
from kg.graph.stored_report import load_report
from kg.graph.stores.embedded import about_build, open_graph
from kg.graph.stores.protocol import Graph
from kg.history.comparison import Difference, ReportFacts, compare
from kg.history.matching import Match, Matching, make_matching
from kg.history.numbering import date_order, report_order
from kg.history.place import Place
from kg.model import Report
from kg.reading import read

# A report with its facts, and the places of its rows in the plan; empty if it is not in a store.
PlacedReport = tuple[ReportFacts, Mapping[int, Place]]


def diff(
    before: str | Path,
    after: str | Path,
    store: str | Path = "store",
    jurisdiction: str | None = None,
    mapping: str | Path | None = None,
) -> Difference:
    """Return what has changed from one report to another.

    For two reports of one plan in the store, the store knows which rows are the same task; other
    rows are matched by wording, departments and number.

    Args:
        before: The first report: a file, or the identifier of a report in the store.
        after: The second.
        store: The store's folder; only opened if an identifier is given.
        jurisdiction: Code of the place, if a file's title does not name it.
        mapping: A file that maps unusual headings to columns, as for `kg.read`.

    Raises:
        InputError: A report cannot be read, or they are reports of different districts.
    """
    (one, here), (other, there) = (
        _load_report(source, store, jurisdiction, mapping) for source in (before, after)
    )
    if not (here and there):
        return compare(one, other)
    return _compare_stored(
        (one, here), (other, there), open_graph(store), about_build(store)["reports"]
    )


def diff_reports(
    graph: Graph, entries: Sequence[Mapping[str, Any]], before: str, after: str
) -> Difference:
    """Return what has changed between two reports of an open store.

    Args:
        graph: The store's graph.
        entries: The metadata of its reports (`about_build(store)["reports"]`).
        before: Identifier of the first report.
        after: Identifier of the second report.

    Raises:
        InputError: The store holds no such report, or they are reports of different districts.
    """
    return _compare_stored(load_report(graph, before), load_report(graph, after), graph, entries)


def _compare_stored(
    before: PlacedReport, after: PlacedReport, graph: Graph, entries: Sequence[Mapping[str, Any]]
) -> Difference:
    (one, here), (other, there) = before, after
    if one.report.plan != other.report.plan:
        return compare(one, other)
    between = list(_reports_between(one.report, other.report, there, graph, entries))
    return compare(one, other, _stored_matching(one, here, other, there), between)


def _reports_between(
    before: Report,
    after: Report,
    there: Mapping[int, Place],
    graph: Graph,
    entries: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[ReportFacts, Mapping[int, int]]]:
    """Yield the reports of a plan between two others, each mapping rows of the second to its own.

    A row that it does not have is mapped to 0.
    """
    for entry in sorted(entries, key=_report_order):
        is_between = report_order(before) < _report_order(entry) < report_order(after)
        if entry["plan"] == after.plan and is_between:
            stored, places = load_report(graph, entry["identifier"])
            rows = {place.number: row for row, place in places.items()}
            known = {row: rows.get(place.number, 0) for row, place in there.items()}
            yield stored, known


def _report_order(entry: Mapping[str, Any]) -> tuple[str, str]:
    return date_order(entry["as_of"]), entry["identifier"]


def _load_report(
    source: str | Path, store: str | Path, jurisdiction: str | None, mapping: str | Path | None
) -> PlacedReport:
    """Return a report from a file, or from the store if there is no such file."""
    path = Path(source)
    if path.is_file() or path.suffix:
        report = read(path, jurisdiction, mapping)
        return ReportFacts(report, apply_entries(extract(report), load_decisions(path)).facts), {}
    return load_report(open_graph(store), str(source))


def _stored_matching(
    before: ReportFacts, here: Mapping[int, Place], after: ReportFacts, there: Mapping[int, Place]
) -> Matching:
    """Return which rows the store holds to be the same task."""
    rows = {place.number: (row, place.confidence) for row, place in there.items()}
    return make_matching(
        before.report.tasks,
        after.report.tasks,
        (
            Match(row, rows[place.number][0], min(place.confidence, rows[place.number][1]))
            for row, place in here.items()
            if place.number in rows
        ),
    )
