"""The numbers of a plan's tasks over its reports: those of its first report, and new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.history.matching import match
from kg.history.place import Place
from kg.model import Report, Task


@dataclass(frozen=True, slots=True)
class Numbered:
    """A report and where each of its rows stands in the plan."""

    report: Report
    rows: Mapping[int, Place]


def told_until(report: Report) -> tuple[str, str]:
    """Return by what the reports of a plan are put in order: their date, then their name."""
    return told_date(report.as_of), report.identifier


def told_date(as_of: str | None) -> str:
    """Return by what dates are put in order: a month as its last day, a year as its last month.

    >>> sorted(["2021-10", "2021-10-15", "2021", "2021-11"], key=told_date)
    ['2021-10-15', '2021-10', '2021-11', '2021']
    """
    return f"{as_of or ''}-99"


def number_all(
    reports: Iterable[Report],
    known: Mapping[str, Sequence[Numbered]],
    decided: Mapping[str, Mapping[int, int]],
) -> dict[str, Mapping[int, Place]]:
    """Return where the rows of reports stand in their plans, by the reports' identifiers.

    Args:
        reports: The reports, of any plans.
        known: The reports that have numbers already, by plan.
        decided: What a person decided of the rows of each report (see `number_rows`).
    """
    plans = {plan: list(those) for plan, those in known.items()}
    found: dict[str, Mapping[int, Place]] = {}
    for report in sorted(reports, key=told_until):
        of_plan = plans.setdefault(report.plan, [])
        numbered = number_rows(report, of_plan, decided.get(report.identifier, {}))
        plans[report.plan].append(numbered)
        found[report.identifier] = numbered.rows
    return found


def number_rows(report: Report, known: Sequence[Numbered], decided: Mapping[int, int]) -> Numbered:
    """Return where the rows of a report stand in its plan.

    The first report of a plan gives the numbers. Each further one is held against the tasks as
    the report nearest to it tells them, the ones before it first; tasks that none of them has get
    the numbers that follow.

    Args:
        report: The report.
        known: The reports of the plan that have numbers already; these stay.
        decided: For rows of which a person decided it, their number in the plan; 0 for those that
            are no task which has a number yet; no two rows have the same number.
    """
    if not known:
        return Numbered(report, {task.number: Place(task.number) for task in report.tasks})
    here = told_until(report)
    later = [one for one in known if told_until(one.report) > here]
    earlier = [one for one in known if told_until(one.report) <= here]
    tasks: dict[int, Task] = {}
    for one in (
        *sorted(later, key=lambda it: told_until(it.report), reverse=True),
        *sorted(earlier, key=lambda it: told_until(it.report)),
    ):
        for task in one.report.tasks:
            number = one.rows[task.number].number
            tasks[number] = replace(task, number=number)
    there = {task.number for task in report.tasks}
    decided = {row: number for row, number in decided.items() if row in there}
    rows = {row: Place(number) for row, number in decided.items() if number}
    rest = [task for number, task in tasks.items() if number not in decided.values()]
    found = match(rest, [task for task in report.tasks if task.number not in decided])
    rows |= {it.after: Place(it.before, it.confidence) for it in found.matches}
    numbers = max([*tasks, *decided.values()], default=0)
    new = [task.number for task in report.tasks if task.number not in rows]
    rows |= {row: Place(number) for number, row in enumerate(new, numbers + 1)}
    return Numbered(report, rows)
