"""Deadlines: the planned dates of tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.graph.stores.protocol import Graph
from kg.planning.departments import Name, departments_by_task
from kg.questions.sparql import select, values_clause


@dataclass(frozen=True, slots=True)
class Deadline:
    """A planned date of a task.

    Attributes:
        task: The IRI of the task.
        number: Its number.
        promise: The promised text.
        status: The code of its state, or empty.
        departments: The responsible departments.
        first: The first day of the period in the report.
        last: Its last day.
        words: The words for the period, such as 12月20日.
        sentence: The sentence around them.
        overdue: Whether it is before the date of the report although the task is not completed.
    """

    task: str
    number: int
    promise: str
    status: str
    departments: tuple[Name, ...]
    first: date
    last: date
    words: str
    sentence: str
    overdue: bool


def read_deadlines(store: Graph, reports: Iterable[str] | None = None) -> tuple[Deadline, ...]:
    """Return the planned dates of tasks in chronological order.

    Args:
        store: The graph.
        reports: The IRIs of reports, to return only tasks whose latest report is one of them.
    """
    rows = select(store, _PLANNED % values_clause("report", reports)).rows
    departments = departments_by_task(store, (str(row[0]) for row in rows))
    found: dict[tuple[object, ...], Deadline] = {}
    for row in rows:
        task, number, promise, status, first, last, words, sentence, as_of = row
        code = str(status or "").rpartition("/")[2]
        reported = str(as_of or "")
        if str(last)[:4] < reported[:4]:
            # An earlier year belongs to something else, such as a building.
            continue
        found.setdefault(
            (task, first, last),
            Deadline(
                str(task),
                int(str(number)),
                str(promise),
                code,
                departments[str(task)],
                date.fromisoformat(str(first)),
                date.fromisoformat(str(last)),
                str(words),
                str(sentence),
                # As text, a month is before each of its days.
                bool(reported) and str(last) < reported and code != "completed",
            ),
        )
    return tuple(sorted(found.values(), key=lambda one: (one.last, one.first, one.number)))


_PLANNED = """SELECT DISTINCT ?task ?number ?promise ?status ?first ?last ?words ?sentence ?asOf
WHERE { %s
  ?task tkg:latestState/tkg:report ?report ; tkg:number ?number ; tkg:promise ?promise ;
    tkg:date ?when .
  ?when tkg:dateRole date-role:planned ; dcat:startDate ?first ; dcat:endDate ?last .
  ?evidence tkg:supports ?when ; tkg:sentence ?sentence ; oa:hasSelector/oa:exact ?words .
  OPTIONAL { ?task tkg:status ?status }
  OPTIONAL { ?report tkg:asOf ?asOf }
} ORDER BY ?last ?number ?words ?sentence"""
