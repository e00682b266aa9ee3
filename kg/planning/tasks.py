"""The tasks of a plan, as listed in a briefing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.stores.protocol import Graph
from kg.planning.categories import top_categories
from kg.planning.departments import Name, departments_by_task
from kg.questions.sparql import select, values_clause


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task.

    Attributes:
        iri: Its IRI.
        number: Its number.
        promise: The promised text.
        progress: The reported text, or empty.
        status: The code of its state, or empty.
        category: The first-level category, or empty.
        departments: The responsible departments.
    """

    iri: str
    number: int
    promise: str
    progress: str
    status: str
    category: str
    departments: tuple[Name, ...]


def read_tasks(store: Graph, reports: Iterable[str] | None = None) -> tuple[TaskLine, ...]:
    """Return tasks by number.

    Args:
        store: The graph.
        reports: The IRIs of reports, to return only tasks whose latest report is one of them.
    """
    rows = select(store, _TASKS % values_clause("report", reports)).rows
    tasks = sorted({str(task) for task, *_ in rows})
    departments = departments_by_task(store, tasks)
    # The first category of a task is the one that counts.
    categories = dict(reversed(top_categories(store, tasks)))
    found: dict[str, TaskLine] = {}
    for task, number, promise, progress, status in rows:
        found.setdefault(
            str(task),
            TaskLine(
                str(task),
                int(str(number)),
                str(promise),
                str(progress or ""),
                str(status or "").rpartition("/")[2],
                categories.get(str(task), ""),
                departments[str(task)],
            ),
        )
    return tuple(sorted(found.values(), key=lambda one: (one.number, one.iri)))


def states_by_category(tasks: Iterable[TaskLine]) -> Mapping[str, Counter[str]]:
    """Return the number of tasks by category and state, in the order of the tasks."""
    found: dict[str, Counter[str]] = {}
    for task in tasks:
        found.setdefault(task.category, Counter())[task.status] += 1
    return found


_TASKS = """SELECT DISTINCT ?task ?number ?promise ?progress ?status WHERE { %s
  ?task tkg:latestState/tkg:report ?report ; tkg:number ?number ; tkg:promise ?promise .
  OPTIONAL { ?task tkg:progress ?progress }
  OPTIONAL { ?task tkg:status ?status }
} ORDER BY ?number ?task"""
