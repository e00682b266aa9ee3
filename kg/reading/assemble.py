"""Make a report of the rows that a reader found, whatever format they came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError
from kg.gazetteer import find_jurisdiction
from kg.gazetteer import jurisdiction as jurisdiction_of
from kg.model import Cell, Coverage, Department, Evidence, Jurisdiction, Problem, Report, Task
from kg.reading.categories import Category
from kg.reading.departments import role_at
from kg.reading.title import identifiers, read_title


@dataclass(frozen=True, slots=True)
class RawTask:
    """One row before its number is settled.

    Attributes:
        number: The number that the source shows, or None.
        line: 1-based source line on which the row begins.
        category: First-level and second-level category.
        task: The cell of the promise.
        progress: The cell of the progress.
        department_cell: The cell of the departments.
        department_spans: Where the names stand in that cell.
        notes: What of the row could not be read with certainty.
        details: What further columns tell: heading and cell.
    """

    number: int | None
    line: int
    category: Category
    task: Cell
    progress: Cell
    department_cell: Cell
    department_spans: tuple[tuple[int, int], ...]
    notes: tuple[str, ...] = ()
    details: tuple[tuple[str, Cell], ...] = ()


def assemble(
    path: Path,
    title: str,
    rows: Sequence[RawTask],
    coverage: Coverage,
    jurisdiction: str | None,
    month: int | None = None,
) -> Report:
    """Return the report that the rows make.

    Args:
        path: The source file, named in messages.
        title: The table's title.
        rows: The rows in order.
        coverage: How much of the source they hold.
        jurisdiction: GB/T 2260 code of the district, where the title does not tell it.
        month: The month up to which progress is told, where the title does not tell it.

    Raises:
        InputError: There is no row.
    """
    if not rows:
        raise InputError(f"{path}: the table has no rows; check that the export is complete")
    facts = read_title(title)
    if month and facts.year and not facts.as_of:
        facts = replace(facts, as_of=f"{facts.year}-{month:02d}")
    has_categories = any(raw.category[0] for raw in rows)
    has_progress = any(raw.progress.text for raw in rows)
    place = _settle(title, facts.district, jurisdiction)
    identifier, plan = identifiers(facts, place, path)
    problems: list[Problem] = []
    tasks: list[Task] = []
    for raw, (number, note) in zip(rows, _numbers(rows), strict=True):
        tasks.append(_task(identifier, number, raw))
        missing = _missing(raw, has_categories, has_progress)
        notes = [*raw.notes, *([note] if note else []), *missing]
        problems += [Problem(number, raw.line, reason, raw.task.text) for reason in notes]
    return Report(
        identifier=identifier,
        plan=plan,
        title=title,
        jurisdiction=place,
        year=facts.year,
        as_of=facts.as_of,
        tasks=tuple(tasks),
        problems=tuple(problems),
        coverage=coverage,
    )


def _settle(title: str, district: str | None, code: str | None) -> Jurisdiction:
    """Return the district: the one given, or the official one in the title, or as written there."""
    if code:
        return jurisdiction_of(code)
    return find_jurisdiction(title) or Jurisdiction(None, district or "")


def _task(document: str, number: int, raw: RawTask) -> Task:
    text = raw.department_cell.text
    departments = tuple(
        Department(
            text[start:end],
            Evidence(document, number, "departments", start, end, text[start:end], "column"),
            role_at(text, start, end),
        )
        for start, end in raw.department_spans
    )
    return Task(
        document=document,
        number=number,
        category=raw.category,
        task=raw.task,
        progress=raw.progress,
        department_cell=raw.department_cell,
        departments=departments,
        details=raw.details,
    )


def _numbers(rows: Sequence[RawTask]) -> Iterator[tuple[int, str | None]]:
    """Yield each row's number, with a note where it is not the one printed in sequence.

    Where the numbers begin again, as they do in each of several tables, only the first row of the
    new sequence has a note.
    """
    last = shift = 0
    numbered = any(row.number is not None for row in rows)
    for row in rows:
        expected = last + 1
        if row.number is None:
            lost = f"the number is lost; {expected} follows from the sequence"
            number, note = expected, lost if numbered else None
        elif row.number + shift == expected:
            number, note = expected, None
        elif row.number < expected:
            number, note = expected, f"the number {row.number} stands again; read as {expected}"
            shift = expected - row.number
        else:
            number, note = row.number, f"no rows for the numbers {expected} to {row.number - 1}"
            shift = 0
        yield number, note
        last = number


def _missing(raw: RawTask, has_categories: bool, has_progress: bool) -> Iterator[str]:
    if not raw.task.text:
        yield "no text in the task cell"
    if has_progress and not raw.progress.text:
        yield "no text in the progress cell"
    if not raw.department_spans:
        yield "names no department"
    if has_categories and not raw.category[0]:
        yield "no category"
