"""Make a report from the rows that a reader found, whatever their format."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError
from kg.gazetteer import jurisdiction as jurisdiction_of
from kg.model import (
    Cell,
    Coverage,
    Department,
    DepartmentRole,
    Evidence,
    Group,
    Problem,
    Report,
    Task,
)
from kg.reading.categories import Category
from kg.reading.people import extract_names, mask_names, spans_to_cut
from kg.reading.progress import split_progress
from kg.reading.structure.cells import join_cells, remove_spans
from kg.reading.title import identifiers, read_title, remove_letter_spaces
from kg.reading.units.departments import split_listed_names
from kg.reading.units.leads import LeadRule, assign_leads
from kg.reading.units.unit_names import Unit, find_units

_EMPTY = Cell("")
# If a row names a department twice, the role with the greater weight is kept.
_WEIGHT = {None: 0, "cooperating": 1, "responsible": 2, "lead": 3}


class NoListError(InputError):
    """A text contains no list of tasks."""


@dataclass(frozen=True, slots=True)
class RawTask:
    """One row, before it gets its final number.

    Attributes:
        number: The number in the source, or None.
        line: Source line on which the row begins, from 1.
        category: First-level and second-level category.
        task: The cell of the promise.
        progress: The cell of the progress.
        department_cell: The cell of the departments.
        department_spans: The spans of the names in that cell.
        notes: What could not be read with certainty in the row.
        details: Further columns: heading and cell.
        roles: The role of each name, if known; else the words around the names decide.
        deadline: The cell of the deadline.
        problem: The cell of the problems.
        plan: The cell of the next steps.
        leaders: The people responsible.
        leads: Rules in remarks on the table that say which unit leads.
        probability: How likely it is that its cells are split correctly, from 0 to 1.
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
    roles: tuple[DepartmentRole | None, ...] | None = None
    deadline: Cell = _EMPTY
    problem: Cell = _EMPTY
    plan: Cell = _EMPTY
    leaders: tuple[str, ...] = ()
    leads: frozenset[LeadRule] = frozenset()
    probability: float = 1.0


def assemble(
    path: Path,
    title: str,
    rows: Sequence[RawTask],
    coverage: Coverage,
    jurisdiction: str | None,
    month: int | None = None,
    context: str = "",
) -> Report:
    """Return the report of some rows.

    Args:
        path: The source file, named in messages.
        title: The table's title.
        rows: The rows in order.
        coverage: How much of the source is in them.
        jurisdiction: Code of the place, used where the title does not name it.
        month: The month up to which progress is reported, used where the title has none.
        context: Other lines that may contain the district, the year and the date.

    Raises:
        InputError: There are no rows.
    """
    if not rows:
        raise InputError(f"{path}: the table has no rows; check that the export is complete")
    title = remove_letter_spaces(mask_names(title))
    rows = [_separate_people(row) for row in rows]
    facts = read_title(title, context)
    if month and facts.year and not facts.as_of:
        facts = replace(facts, as_of=f"{facts.year}-{month:02d}")
    has_categories = any(raw.category[0] for raw in rows)
    has_progress = any(raw.progress.text for raw in rows)
    place = jurisdiction_of(jurisdiction) if jurisdiction else facts.place
    identifier, plan = identifiers(facts, place, path)
    problems: list[Problem] = []
    tasks: list[Task] = []
    for raw, (number, note) in zip(rows, _number_rows(rows), strict=True):
        tasks.append(_make_task(identifier, number, raw))
        missing = _missing_cell_notes(raw, has_categories, has_progress)
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


def _separate_people(raw: RawTask) -> RawTask:
    """Return a row with the names of people moved from its cells to `leaders`."""
    cells = (raw.task, raw.progress, raw.deadline, raw.problem, raw.plan)
    found = [extract_names(cell) for cell in cells]
    task, progress, deadline, problem, plan = (cell for cell, _ in found)
    named = [*raw.leaders, *(name for _, names in found for name in names)]
    cell, spans, roles = raw.department_cell, raw.department_spans, raw.roles
    if cuts := spans_to_cut(cell.text):
        named += extract_names(cell)[1]
        cell = remove_spans(cell, cuts)
        spans, roles = tuple(split_listed_names(cell.text)), None
    return replace(
        raw,
        task=task,
        progress=progress,
        deadline=deadline,
        problem=problem,
        plan=plan,
        department_cell=cell,
        department_spans=spans,
        roles=roles,
        leaders=tuple(dict.fromkeys(named)),
    )


def _make_task(document: str, number: int, raw: RawTask) -> Task:
    progress, problem, plan = split_progress(raw.progress)
    departments: dict[str, Department] = {}
    groups: list[Group] = []
    units = list(_row_units(raw))
    roles = assign_leads([role for _, _, role in units], raw.leads)
    for ((start, end), unit, _), role in zip(units, roles, strict=True):
        quote = raw.department_cell.text[start:end]
        evidence = Evidence(document, number, "departments", start, end, quote, "column")
        if unit.group:
            groups.append(Group(unit.name, evidence, role))
        else:
            found = Department(unit.name, evidence, role, unit.others)
            known = departments.setdefault(unit.name, found)
            if _WEIGHT[role] > _WEIGHT[known.role]:
                departments[unit.name] = found
    return Task(
        document=document,
        number=number,
        category=raw.category,
        task=raw.task,
        progress=progress,
        department_cell=raw.department_cell,
        departments=tuple(departments.values()),
        groups=tuple(groups),
        deadline=raw.deadline,
        problem=join_cells((raw.problem, problem)),
        plan=join_cells((raw.plan, plan)),
        leaders=raw.leaders,
        details=raw.details,
        probability=raw.probability,
    )


def _row_units(raw: RawTask) -> Iterator[tuple[tuple[int, int], Unit, DepartmentRole | None]]:
    """Yield the department spans of a row, each with its unit and role."""
    text = raw.department_cell.text
    listed = find_units(text)
    roles = raw.roles or [None] * len(raw.department_spans)
    for (start, end), role in zip(raw.department_spans, roles, strict=True):
        place = bisect_right(listed, start, key=lambda unit: unit.start) - 1
        around = listed[place] if place >= 0 and listed[place].end > start else None
        named = find_units(text[start:end])
        unit = named[0] if len(named) == 1 else Unit(0, 0, text[start:end], (), None, False)
        yield (start, end), unit, role or (around.role if around else unit.role)


def _number_rows(rows: Sequence[RawTask]) -> Iterator[tuple[int, str | None]]:
    """Yield each row's final number, with a note if it is not the printed one or leaves a gap.

    If the numbers start again, as in the second of two tables, only the first row of the new
    sequence has a note.
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
            number, note = expected, f"the number {row.number} is repeated; read as {expected}"
            shift = expected - row.number
        else:
            number, note = row.number, f"no rows for the numbers {expected} to {row.number - 1}"
            shift = 0
        yield number, note
        last = number


def _missing_cell_notes(raw: RawTask, has_categories: bool, has_progress: bool) -> Iterator[str]:
    if not raw.task.text:
        yield "no text in the task cell"
    if has_progress and not raw.progress.text:
        yield "no text in the progress cell"
    if not raw.department_spans:
        yield "names no department"
    if has_categories and not raw.category[0]:
        yield "no category"
