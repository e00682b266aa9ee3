"""What has changed between two reports, by the departments that answer for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.graph.difference import diff_reports
from kg.graph.protocol import Graph
from kg.history.comparison import Change, Difference
from kg.planning.reports import ReportLine
from kg.planning.targets import Name
from kg.questions.sparql import select, values_clause

# What a planner wants to see first; other kinds follow in their own order.
_FIRST = ("away", "judgement", "status", "vanished", "new", "goal", "nearer", "left", "joined")


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A change with its task and who answers for it.

    Attributes:
        change: The change.
        task: IRI of the task, or empty where it is one of the report as a whole.
        departments: Who answers for the task, in the later report that has it.
    """

    change: Change
    task: str
    departments: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed from one report to another.

    Attributes:
        before: The first report.
        after: The second.
        difference: All changes by kind.
        by_department: The changes of each department's tasks, those with most changes first;
            under None what concerns no department.
    """

    before: ReportLine
    after: ReportLine
    difference: Difference
    by_department: tuple[tuple[Name | None, tuple[TaskChange, ...]], ...]


def read_changes(
    store: Graph, reports: Sequence[ReportLine], before: ReportLine, after: ReportLine
) -> Changes:
    """Return what has changed from one report to another, with who answers for it.

    Args:
        store: The graph.
        reports: All its reports.
        before: The first report.
        after: The second.

    Raises:
        InputError: They are reports of different districts.
    """
    entries = [one.entry for one in reports]
    found = diff_reports(store, entries, before.identifier, after.identifier)
    tasks = {one.iri: _tasks(store, one.iri) for one in (before, after)}
    groups: defaultdict[Name | None, list[TaskChange]] = defaultdict(list)
    for change in found.changes:
        side, row = (
            (before, change.before_row) if change.after_row is None else (after, change.after_row)
        )
        task, departments = tasks[side.iri].get(row or 0, ("", ()))
        told = TaskChange(change, task, departments)
        for department in departments or (None,):
            groups[department].append(told)
    order = {kind: at for at, kind in enumerate(_FIRST)}
    for those in groups.values():
        those.sort(key=lambda it: order.get(it.change.kind, len(order)))
    ranked = sorted(
        groups.items(),
        key=lambda it: (it[0] is None, -len(it[1]), it[0].name if it[0] else ""),
    )
    return Changes(before, after, found, tuple((name, tuple(those)) for name, those in ranked))


def _tasks(store: Graph, report: str) -> dict[int, tuple[str, tuple[Name, ...]]]:
    """Return the task of each row of a report, and who answers for it."""
    found: dict[int, tuple[str, dict[Name, None]]] = {}
    for row, task, department, name in select(
        store, _ROWS % values_clause("report", [report])
    ).rows:
        _, those = found.setdefault(int(str(row)), (str(task), {}))
        if department is not None:
            those[Name(str(department), str(name))] = None
    return {row: (task, tuple(those)) for row, (task, those) in found.items()}


_ROWS = """SELECT DISTINCT ?row ?task ?department ?name WHERE { %s
  ?state tkg:report ?report ; tkg:number ?row ; tkg:task ?task .
  OPTIONAL { ?state tkg:named ?department . ?department skos:prefLabel ?name }
} ORDER BY ?row ?name"""
