"""Changes between two reports, by the responsible departments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.graph.difference import diff_reports
from kg.graph.stores.protocol import Graph
from kg.history.comparison import Change, Difference
from kg.planning.departments import Name
from kg.planning.reports import ReportLine
from kg.questions.sparql import select, values_clause

# Kinds of changes that come first; the others follow in their usual order.
_FIRST = ("away", "judgement", "status", "vanished", "new", "goal", "nearer", "left", "joined")


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A change with its task and the responsible departments.

    Attributes:
        change: The change.
        task: The IRI of the task, or empty for a change of the whole report.
        departments: The departments responsible for the task in the later report that has it.
    """

    change: Change
    task: str
    departments: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes from one report to another.

    Attributes:
        before: The first report.
        after: The second report.
        difference: All changes by kind.
        by_department: The changes of each department's tasks, those with most changes first; None
            for changes without departments.
    """

    before: ReportLine
    after: ReportLine
    difference: Difference
    by_department: tuple[tuple[Name | None, tuple[TaskChange, ...]], ...]


def read_changes(
    store: Graph, reports: Sequence[ReportLine], before: ReportLine, after: ReportLine
) -> Changes:
    """Return the changes from one report to another, with the responsible departments.

    Args:
        store: The graph.
        reports: All its reports.
        before: The first report.
        after: The second report.

    Raises:
        InputError: The reports are of different districts.
    """
    entries = [report.entry for report in reports]
    found = diff_reports(store, entries, before.identifier, after.identifier)
    tasks = {one.iri: _read_row_tasks(store, one.iri) for one in (before, after)}
    groups: defaultdict[Name | None, list[TaskChange]] = defaultdict(list)
    for change in found.changes:
        side, row = (
            (before, change.before_row) if change.after_row is None else (after, change.after_row)
        )
        task, departments = tasks[side.iri].get(row or 0, ("", ()))
        task_change = TaskChange(change, task, departments)
        for department in departments or (None,):
            groups[department].append(task_change)
    order = {kind: at for at, kind in enumerate(_FIRST)}
    for changes in groups.values():
        changes.sort(key=lambda item: order.get(item.change.kind, len(order)))
    ranked = sorted(
        groups.items(),
        key=lambda group: (group[0] is None, -len(group[1]), group[0].name if group[0] else ""),
    )
    return Changes(before, after, found, tuple((name, tuple(those)) for name, those in ranked))


def _read_row_tasks(store: Graph, report: str) -> dict[int, tuple[str, tuple[Name, ...]]]:
    """Return the task and the responsible departments of each row of a report."""
    found: dict[int, tuple[str, dict[Name, None]]] = {}
    for row, task, department, name in select(
        store, _ROWS % values_clause("report", [report])
    ).rows:
        _, departments = found.setdefault(int(str(row)), (str(task), {}))
        if department is not None:
            departments[Name(str(department), str(name))] = None
    return {row: (task, tuple(departments)) for row, (task, departments) in found.items()}


_ROWS = """SELECT DISTINCT ?row ?task ?department ?name WHERE { %s
  ?state tkg:report ?report ; tkg:number ?row ; tkg:task ?task .
  OPTIONAL { ?state tkg:named ?department . ?department skos:prefLabel ?name }
} ORDER BY ?row ?name"""
