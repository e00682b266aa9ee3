"""Summarise a report, and what a person should check in it, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from kg.model import Problem, Report
from kg.reading.title import has_year_range

# Characters of a task in the summary.
_SHOWN = 40


def summary(report: Report) -> str:
    """Return a summary: counts, tasks, parts of the source in no cell, and what to check.

    Args:
        report: The report that was read.
    """
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    coverage = report.coverage
    district = report.jurisdiction
    departments = {d.name for task in report.tasks for d in task.departments}
    groups = sorted({group.name for task in report.tasks for group in task.groups})
    joint = sum(len(task.departments) > 1 for task in report.tasks)
    yield f"report:       {report.identifier}"
    yield f"title:        {report.title or '(none)'}"
    yield f"jurisdiction: {district.name or '(unknown)'} {district.code or ''}".rstrip()
    yield f"as of:        {report.as_of or '(unknown)'}"
    yield f"tasks:        {len(report.tasks)}, {joint} with more than one department"
    yield f"departments:  {len(departments)}"
    yield f"groups:       {', '.join(groups) or '(none)'}"
    for column in report.columns:
        yield f"column:       {column.heading}: {column.column} ({column.confidence:.0%} sure)"
    yield f"in cells:     {coverage.share:.2%} of {coverage.characters} characters; the rest:"
    for line, text in coverage.rest:
        yield f"  {report.unit} {line}: {text}"
    for task in report.tasks:
        lines = [line for cell in (task.task, task.progress) for _, line in cell.lines]
        place = f"{report.unit} {min(lines)}" if lines else report.unit
        shown = task.task.text[:_SHOWN]
        yield f"task {task.number}: {place}, {task.probability:.0%} sure: {shown}"
    if lacks := missing_facts(report):
        yield f"review: it {lacks}"
    for problem in report.problems:
        yield f"review: {_problem_place(report, problem)}: {problem.reason}"


def missing_facts(report: Report) -> str:
    """Return, as the end of a sentence, whether a report lacks its place, year or date.

    The text is empty if nothing is missing.
    """
    place, lacks = report.jurisdiction, []
    if not place.code:
        what = f"no certain code of {place.name}" if place.name else "no place"
        lacks.append(f"{what} (give --jurisdiction CODE)")
    if report.year is None and report.as_of is None and not has_year_range(report.title):
        lacks.append("no year (add it to the title)")
    elif report.as_of is None and any(task.progress.text for task in report.tasks):
        lacks.append("no date of the progress (add it to the title: 截至6月底)")
    if not lacks:
        return ""
    return f"has {' and '.join(lacks)}; facts and judgements that need it are left out"


def _problem_place(report: Report, problem: Problem) -> str:
    """Return the task, or the line and the words, that a problem is about."""
    line = f"{report.unit} {problem.line}"
    if problem.row is not None:
        return f"task {problem.row}, {line}"
    return f"“{problem.text}”" if problem.line is None else f"{line}, “{problem.text}”"


def to_json(report: Report) -> str:
    """Return the complete report as JSON."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n"
