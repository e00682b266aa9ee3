"""From records to the raw tasks of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Cell, DepartmentRole
from kg.reading.assemble import RawTask
from kg.reading.categories import Category
from kg.reading.decoding.records import UNITS, Record
from kg.reading.decoding.segments import Segment
from kg.reading.people import may_name
from kg.reading.structure.cells import cut, join, trim
from kg.reading.structure.flat import FlatDocument
from kg.reading.tables.groups import title_of
from kg.reading.units.unit_names import find_units
from kg.tagger.roles import Role

_DEPARTMENT_ROLES: dict[Role, DepartmentRole | None] = {
    "lead": "lead",
    "unit": None,
    "cooperating": "cooperating",
}
# A number in front of a task's text; a bracket that opens behind it and holds nothing.
_OWN_NUMBER = re.compile(
    r"(?:(\d{1,3})(?:[、．]|\.(?!\d)|[)）])|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)]"
    r"|[①-⑳]|[一二三四五六七八九十]{1,3}、|[●■◆★☆•·▪-]+)\s*(?=\S)"
)
_OPENING, _CLOSING = "（(【[〔［", "）)】]〕］"
_OPEN_END = re.compile(r"[（(【\[〔［《，,：:、\s]+$")


def make_raw_tasks(document: FlatDocument, records: Sequence[Record]) -> Iterator[RawTask]:
    """Yield the raw task of each record."""
    # Where a document names people, some of them may have been taken for units.
    has_people = any(record.of("leader") for record in records)
    for record in records:
        units = record.of(*UNITS) if has_people else []
        people = [*record.of("leader"), *(s for s in units if _is_person(document, s))]
        cell, spans, roles = _departments(document, record, people)
        number, task = _number_apart(join(_cells(document, record, "task", "target"), " "))
        first = record.of("number", "task")[0].start
        yield RawTask(
            number=_number(document, record) or number,
            line=document.line_at(first),
            category=_category(document, record),
            task=task,
            progress=join(_cells(document, record, "progress")),
            department_cell=cell,
            department_spans=spans,
            roles=roles,
            details=tuple(
                (f"column {place}", found)
                for place, found in enumerate(_cells(document, record, "remark"), 1)
            ),
            deadline=join(_cells(document, record, "deadline"), "；"),
            problem=join(_cells(document, record, "problem")),
            plan=join(_cells(document, record, "plan")),
            probability=record.probability,
            leaders=tuple(trim(document.cell(s.start, s.end)).text for s in people),
        )


def _number_apart(task: Cell) -> tuple[int | None, Cell]:
    """Return the number with which a task's text begins, if it does, and the text without it.

    >>> _number_apart(Cell("3、建桥"))[0], _number_apart(Cell("3个社区建成"))[0]
    (3, None)
    """
    cell = cut(task, 0, len(_OPEN_END.sub("", task.text)))
    found = _OWN_NUMBER.match(cell.text)
    if not found:
        return None, cell
    digits = found[1]
    return int(digits) if digits else None, cut(cell, found.end(), len(cell.text))


def _cells(document: FlatDocument, record: Record, *roles: Role) -> list[Cell]:
    """Return the cells that a record has of some roles, in the order of the document."""
    return [document.cell(segment.start, segment.end) for segment in record.of(*roles)]


def _number(document: FlatDocument, record: Record) -> int | None:
    """Return the number that a record shows, where it is one in figures."""
    for segment in record.of("number"):
        digits = "".join(c for c in document.text[segment.start : segment.end] if c.isdecimal())
        if digits and len(digits) <= 4:
            return int(digits)
    return None


def _category(document: FlatDocument, record: Record) -> Category:
    cells = (trim(document.cell(s.start, s.end)).text for s in record.categories)
    first, second = [*map(title_of, cells), "", ""][:2]
    return first, second or None


def _closed(cell: Cell) -> Cell:
    """Return a cell without a bracket behind it that opens before it."""
    end = len(cell.text)
    if cell.text[-1:] in _CLOSING and not any(mark in cell.text for mark in _OPENING):
        end -= 1
    return cut(cell, 0, end)


def _is_person(document: FlatDocument, segment: Segment) -> bool:
    return may_name(trim(document.cell(segment.start, segment.end)).text)


def _departments(
    document: FlatDocument, record: Record, people: Sequence[Segment]
) -> tuple[Cell, tuple[tuple[int, int], ...], tuple[DepartmentRole | None, ...]]:
    """Return the cell of a record's units, where each stands in it, and its role."""
    segments = [segment for segment in record.of(*UNITS) if segment not in people]
    parts: list[Cell] = []
    spans: list[tuple[int, int]] = []
    roles: list[DepartmentRole | None] = []
    length = 0
    for segment in segments:
        cell = _closed(trim(document.cell(segment.start, segment.end)))
        for unit in find_units(cell.text):
            spans.append((length + unit.start, length + unit.end))
            roles.append(unit.role or _DEPARTMENT_ROLES[segment.role])
        parts.append(cell)
        length += len(cell.text) + 1
    return join(parts, "、"), tuple(spans), tuple(roles)
