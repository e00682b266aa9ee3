"""From records to the raw tasks of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Cell, DepartmentRole
from kg.reading.assemble import RawTask
from kg.reading.decoding.records import UNITS, Record
from kg.reading.decoding.segments import Segment
from kg.reading.people import may_name, without_post
from kg.reading.structure.cells import cut_cell, join_cells, trim_cell
from kg.reading.structure.flat_document import FlatDocument
from kg.reading.tables.group_headings import HeadingStack
from kg.reading.title import is_list_title
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
# What a list of units begins and ends with, and how many characters of it are looked at.
_CLAUSE_START = re.compile(r"[（(【\[〔［。\n](?!.*[（(【\[〔［。\n])", re.DOTALL)
_CLAUSE_END = re.compile(r"[）)】\]〕］。\n]")
_FAR = 200
# In front of what a heading of an inner level begins: 一、重点任务（一）优化环境.
_INNER_MARK = re.compile(
    r"(?<=\S)\s*(?=[（(][一二三四五六七八九十]{1,3}[）)])|\n\s*(?=\d{1,2}(?:\.\d{1,2})*[.、．\s])"
)
_FIGURE = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.、．\s]\s*(?=\D)")
_OPENING, _CLOSING = "（(【[〔［", "）)】]〕］"
_OPEN_END = re.compile(r"[（(【\[〔［《，,：:、\s]+$")


def make_raw_tasks(document: FlatDocument, records: Sequence[Record]) -> Iterator[RawTask]:
    """Yield the raw task of each record; the title of a list is no category."""
    # Where a document names people, some of them may have been taken for units.
    has_people = any(record.of("leader") for record in records)
    levels = HeadingStack()
    shown: tuple[Segment, ...] = ()
    for record in records:
        if record.categories != shown:
            for text in _headings(document, record.categories):
                if not is_list_title(text):
                    levels.add_heading(text)
        shown = record.categories
        levels.add_task()
        first_title, second_title = [*levels.titles, "", ""][:2]
        units = record.of(*UNITS) if has_people else []
        people = [*record.of("leader"), *(s for s in units if _is_person(document, s))]
        cell, spans, roles = _departments(document, record, people)
        number, task = _number_apart(_promise(document, record))
        first = record.of("number", "task")[0].start
        yield RawTask(
            number=_number(document, record) or number,
            line=document.line_at(first),
            category=(first_title, second_title or None),
            task=task,
            progress=join_cells(_cells(document, record, "progress")),
            department_cell=cell,
            department_spans=spans,
            roles=roles,
            details=tuple(
                (f"column {place}", found)
                for place, found in enumerate(_cells(document, record, "remark"), 1)
            ),
            deadline=join_cells(_cells(document, record, "deadline"), "；"),
            problem=join_cells(_cells(document, record, "problem")),
            plan=join_cells(_cells(document, record, "plan")),
            probability=record.probability,
            leaders=tuple(dict.fromkeys(without_post(_text(document, s)) for s in people)),
            notes=tuple(_cut_names(cell, spans)),
        )


def _number_apart(task: Cell) -> tuple[int | None, Cell]:
    """Return the number with which a task's text begins, if it does, and the text without it.

    >>> _number_apart(Cell("3、建桥"))[0], _number_apart(Cell("3个社区建成"))[0]
    (3, None)
    """
    cell = cut_cell(task, 0, len(_OPEN_END.sub("", task.text)))
    found = _OWN_NUMBER.match(cell.text)
    if not found:
        return None, cell
    digits = found[1]
    return int(digits) if digits else None, cut_cell(cell, found.end(), len(cell.text))


def _promise(document: FlatDocument, record: Record) -> Cell:
    """Return the text of a task and its targets; what has nothing between it is one text."""
    segments = record.of("task", "target")
    found = Cell("")
    before = None
    for segment in segments:
        mark = "" if before and before.end == segment.start else " "
        found = join_cells((found, document.cell(segment.start, segment.end)), mark)
        before = segment
    return found


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


def _headings(document: FlatDocument, segments: Sequence[Segment]) -> Iterator[str]:
    """Yield the headings in some segments; one segment may hold those of two levels."""
    for segment in segments:
        within = (at for at in document.headings if segment.start < at < segment.end)
        edges = [segment.start, *within, segment.end]
        texts = (document.text[start:end] for start, end in pairwise(edges))
        for part in (part for text in texts for part in _INNER_MARK.split(text)):
            text = _FIGURE.sub("", re.sub(r"\s*\n\s*", "", part).strip(" 。：:"))
            if text:
                yield text


def _text(document: FlatDocument, segment: Segment) -> str:
    return trim_cell(document.cell(segment.start, segment.end)).text


def _cut_names(cell: Cell, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield a note on each unit whose name does not end as those of units do."""
    for start, end in spans:
        for unit in find_units(cell.text[start:end]):
            if not unit.is_complete:
                yield f"“{unit.name}” does not end as the name of a unit does; it may be cut"


def _closed(cell: Cell) -> Cell:
    """Return a cell without a bracket behind it that opens before it."""
    end = len(cell.text)
    if cell.text[-1:] in _CLOSING and not any(mark in cell.text for mark in _OPENING):
        end -= 1
    return cut_cell(cell, 0, end)


def _role_in_clause(document: FlatDocument, segment: Segment) -> DepartmentRole | None:
    """Return the role that the words around a unit tell: （责任单位：A）, A、B按职责分工负责."""
    before = _CLAUSE_START.search(document.text, max(0, segment.start - _FAR), segment.start)
    behind = _CLAUSE_END.search(document.text, segment.end)
    first = before.end() if before else segment.start
    last = min(behind.start() if behind else len(document.text), segment.end + _FAR)
    units = find_units(document.text[first:last])
    place = segment.start - first
    return next((unit.role for unit in units if unit.start <= place < unit.end), None)


def _is_person(document: FlatDocument, segment: Segment) -> bool:
    return may_name(_text(document, segment))


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
        cell = _closed(trim_cell(document.cell(segment.start, segment.end)))
        for unit in find_units(cell.text):
            spans.append((length + unit.start, length + unit.end))
            told = _role_in_clause(document, segment)
            roles.append(unit.role or told or _DEPARTMENT_ROLES[segment.role])
        parts.append(cell)
        length += len(cell.text) + 1
    return join_cells(parts, "、"), tuple(spans), tuple(roles)
