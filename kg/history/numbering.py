"""Number the tasks of a plan: as in its first report, with further numbers for new tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.history.matching import match_rows
from kg.history.place import Place
from kg.model import Report, Task


@dataclass(frozen=True, slots=True)
class NumberedReport:
    """A report with the places of its rows in the plan."""

    report: Report
    rows: Mapping[int, Place]


def report_order(report: Report) -> tuple[str, str]:
    """Return the sort key for the reports of a plan: their date, then their identifier."""
    return date_order(report.as_of), report.identifier


def date_order(as_of: str | None) -> str:
    """Return the sort key for dates: a month counts as its last day, a year as its last month.

    >>> sorted(["2021-10", "2021-10-15", "2021", "2021-11"], key=date_order)
    ['2021-10-15', '2021-10', '2021-11', '2021']
    """
    return f"{as_of or ''}-99"


def number_reports(
    reports: Iterable[Report],
    known: Mapping[str, Sequence[NumberedReport]],
    decided: Mapping[str, Mapping[int, int]],
) -> dict[str, Mapping[int, Place]]:
    """Return the places of the rows of reports in their plans, by the reports' identifiers.

    Args:
        reports: The reports, of any plans.
        known: The reports that are numbered already, by plan.
        decided: The decided numbers of each report's rows (see `number_rows`).
    """
    plans = {plan: list(those) for plan, those in known.items()}
    found: dict[str, Mapping[int, Place]] = {}
    for report in sorted(reports, key=report_order):
        of_plan = plans.setdefault(report.plan, [])
        numbered = number_rows(report, of_plan, decided.get(report.identifier, {}))
        plans[report.plan].append(numbered)
        found[report.identifier] = numbered.rows
    return found


def number_rows(
    report: Report, known: Sequence[NumberedReport], decided: Mapping[int, int]
) -> NumberedReport:
    """Return the places of the rows of a report in its plan.

    The first report of a plan determines the numbers. The rows of each further report are matched
    with the plan's tasks, with the wording of the nearest report, preferably an earlier one; new
    tasks get the numbers that follow.

    Args:
        report: The report.
        known: The reports of the plan that are numbered already; their numbers stay.
        decided: Numbers in the plan that a person assigned to rows; 0 for a new task. Other numbers
            are unique.
    """
    if not known:
        return NumberedReport(report, {task.number: Place(task.number) for task in report.tasks})
    here = report_order(report)
    later = [one for one in known if report_order(one.report) > here]
    earlier = [one for one in known if report_order(one.report) <= here]
    tasks: dict[int, Task] = {}
    for one in (
        *sorted(later, key=lambda it: report_order(it.report), reverse=True),
        *sorted(earlier, key=lambda it: report_order(it.report)),
    ):
        for task in one.report.tasks:
            number = one.rows[task.number].number
            tasks[number] = replace(task, number=number)
    there = {task.number for task in report.tasks}
    decided = {row: number for row, number in decided.items() if row in there}
    rows = {row: Place(number) for row, number in decided.items() if number}
    rest = [task for number, task in tasks.items() if number not in decided.values()]
    found = match_rows(rest, [task for task in report.tasks if task.number not in decided])
    rows |= {it.after: Place(it.before, it.confidence) for it in found.matches}
    numbers = max([*tasks, *decided.values()], default=0)
    new = [task.number for task in report.tasks if task.number not in rows]
    rows |= {row: Place(number) for number, row in enumerate(new, numbers + 1)}
    return NumberedReport(report, rows)
