"""From a task's text to facts: each with the words it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.dates import find_dates
from kg.extraction.names import find_names
from kg.extraction.obstacles import find_obstacles
from kg.extraction.plans import find_plans
from kg.extraction.quantities import find_quantities
from kg.extraction.status import find_parts, find_status
from kg.extraction.targets import find_targets
from kg.gazetteer import load_gazetteer
from kg.model import Report, TaskFacts


def extract(report: Report) -> Iterator[TaskFacts]:
    """Yield the facts of each task of a report, in order."""
    gazetteer = load_gazetteer(report.jurisdiction.code)
    departments = frozenset(
        department.name for task in report.tasks for department in task.departments
    )
    names = find_names(report.tasks, departments, gazetteer)
    for task, named in zip(report.tasks, names, strict=True):
        quantities = find_quantities(task)
        dates = find_dates(task, report.year, report.as_of)
        targets = find_targets(task, quantities, dates, report.year, report.as_of)
        parts = find_parts(task)
        yield TaskFacts(
            task=task,
            names=named,
            quantities=quantities,
            dates=dates,
            targets=targets,
            status=find_status(task, targets, parts),
            parts=parts,
            obstacles=find_obstacles(task),
            plans=find_plans(task),
        )
