"""Extract the facts of tasks, each with its evidence in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.dates import find_dates
from kg.extraction.names.task_names import find_names
from kg.extraction.numbers.quantities import find_quantities
from kg.extraction.obstacles import find_obstacles
from kg.extraction.plans import find_plans
from kg.extraction.status import find_parts, find_status
from kg.extraction.targets import find_targets
from kg.gazetteer import load_gazetteer
from kg.model import CellName, Quantity, Report, Task, TaskFacts
from kg.tagger import Pair, Tagging, tag

# The model reads only so many characters of a cell; cells of tables are shorter.
LONGEST_CELL = 10_000


def extract(report: Report) -> Iterator[TaskFacts]:
    """Yield the facts of each task of a report, in order."""
    gazetteer = load_gazetteer(report.jurisdiction.code)
    quantities = [find_quantities(task) for task in report.tasks]
    taggings = tag_tasks(report.tasks, quantities)
    names = find_names(report.tasks, taggings, gazetteer)
    for task, found, tagging, named in zip(report.tasks, quantities, taggings, names, strict=True):
        dates = find_dates(task, report.year, report.as_of)
        yield TaskFacts(
            task=task,
            names=named,
            quantities=found,
            dates=dates,
            targets=find_targets(task, found, tagging, dates, report.year, report.as_of),
            status=find_status(task, tagging),
            parts=find_parts(task, tagging),
            obstacles=find_obstacles(task, tagging),
            plans=find_plans(task, tagging),
        )


def tag_tasks(tasks: Sequence[Task], quantities: Sequence[Sequence[Quantity]]) -> list[Tagging]:
    """Tag the texts of tasks, given the quantities in them."""
    pairs = []
    for task, found in zip(tasks, quantities, strict=True):
        first, second = task.task.text[:LONGEST_CELL], task.progress.text[:LONGEST_CELL]
        pairs.append(
            Pair(first, second, _quantity_spans(found, "task"), _quantity_spans(found, "progress"))
        )
    return tag(pairs)


def _quantity_spans(found: Sequence[Quantity], cell: CellName) -> tuple[tuple[int, int], ...]:
    """Return the spans of the quantities in the part of a cell that the model reads."""
    spans = (quantity.evidence for quantity in found if quantity.evidence.cell == cell)
    return tuple((span.start, span.end) for span in spans if span.end <= LONGEST_CELL)
