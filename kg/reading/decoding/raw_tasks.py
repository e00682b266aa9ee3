"""Convert records to the raw tasks of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.model import Cell, DepartmentRole
from kg.reading.assemble import RawTask
from kg.reading.decoding.record import Record
from kg.reading.decoding.segments import Segment
from kg.reading.people import is_person_name, strip_post
from kg.reading.structure.brackets import count_unclosed
from kg.reading.structure.cells import cut_cell, join_cells, trim_cell
from kg.reading.structure.flat_document import FlatDocument
from kg.reading.structure.markers import DECORATION
from kg.reading.tables.group_headings import HeadingStack
from kg.reading.title import is_list_title
from kg.reading.units.departments import find_heading_units
from kg.reading.units.unit_names import find_units
from kg.tagger.roles import UNITS, Role

_DEPARTMENT_ROLES: dict[Role, DepartmentRole | None] = {
    "lead": "lead",
    "unit": None,
    "cooperating": "cooperating",
}
# A number before a task's text.
_OWN_NUMBER = re.compile(
    r"(?:(\d{1,3})(?:[、．]|\.(?!\d)|[)）])|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)]"
    r"|[①-⑳]|[一二三四五六七八九十]{1,3}、|[●■◆★☆•·▪-]+)\s*(?=\S)"
)
# The number of a proposal before its title: 第12号建议：关于…, 【第12号】关于….
_PROPOSAL = re.compile(
    r"[【\[（(]?(?:提案|建议|议案)?第?\d{1,10}号(?:提案|建议|议案)?[】\]）)]?[：:]?\s*(?=关于)"
)
# A promise that is quoted: 关于“新建学校3所”的落实情况.
_QUOTED = re.compile(
    r"关于[“\"]([^“”\"]+)[”\"](?:的?(?:落实|进展|完成|推进|办理|工作)情况)?[：:。]?"
)
# Marks before and after a clause of units, and how many characters of it are searched.
_CLAUSE_START = re.compile(r"[（(【\[〔［。\n](?!.*[（(【\[〔［。\n])", re.DOTALL)
_CLAUSE_END = re.compile(r"[）)】\]〕］。\n]")
_FAR = 200
# The position before a heading of an inner level: 一、重点任务（一）优化环境.
_INNER_MARK = re.compile(
    r"(?<=\S)\s*(?=[（(][一二三四五六七八九十]{1,3}[）)])|\n\s*(?=\d{1,2}(?:\.\d{1,2})*[.、．\s])"
)
_FIGURE = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.、．\s]\s*(?=\D)")
_OPENING, _CLOSING = "（(【[〔［", "）)】]〕］"
# Opening brackets, commas and dashes at the end of a text, which belong to what follows it.
_OPEN_END = re.compile(r"(?:[（(【\[〔［《，,：:、\s]|[—–]|-{2,})+$")


def make_raw_tasks(document: FlatDocument, records: Sequence[Record]) -> Iterator[RawTask]:
    """Yield the raw task of each record; the title of a list is not a category."""
    # If a document names people, some of them may have been mistaken for units.
    has_people = any(record.segments_of("leader") for record in records)
    levels = HeadingStack()
    shown: tuple[Segment, ...] = ()
    for record in records:
        if record.categories != shown:
            for text in _headings(document, record.categories):
                if not is_list_title(text) and not find_heading_units(text):
                    levels.add_heading(text)
        shown = record.categories
        levels.add_task()
        first_title, second_title = [*levels.titles, "", ""][:2]
        units = record.segments_of(*UNITS) if has_people else []
        people = [*record.segments_of("leader"), *(s for s in units if _is_person(document, s))]
        cell, spans, roles = _department_cell(document, record, people)
        number, task = _split_number(_task_cell(document, record))
        first = record.segments_of("number", "task")[0].start
        deadlines = _role_cells(document, record, "deadline")
        yield RawTask(
            number=_record_number(document, record) or number,
            line=document.line_at(first),
            category=(first_title, second_title or None),
            task=task,
            progress=_progress_cell(document, record),
            department_cell=cell,
            department_spans=spans,
            roles=roles,
            details=tuple(
                (f"column {place}", found)
                for place, found in enumerate(_role_cells(document, record, "remark"), 1)
            ),
            deadline=join_cells(map(_strip_end_marks, deadlines), "；"),
            problem=join_cells(_role_cells(document, record, "problem")),
            plan=join_cells(_role_cells(document, record, "plan")),
            probability=record.probability,
            leaders=tuple(dict.fromkeys(strip_post(_segment_text(document, s)) for s in people)),
            notes=tuple(_cut_name_notes(cell, spans)),
        )


def _split_number(task: Cell) -> tuple[int | None, Cell]:
    """Return the number at the beginning of a task, or None, and the text without it.

    >>> _split_number(Cell("3、建桥"))[0], _split_number(Cell("3个社区建成"))[0]
    (3, None)
    """
    proposal = _PROPOSAL.match(task.text)
    start = proposal.end() if proposal else 0
    cell = cut_cell(task, start, len(_OPEN_END.sub("", task.text)))
    if quoted := _QUOTED.fullmatch(cell.text):
        cell = cut_cell(cell, *quoted.span(1))
    found = _OWN_NUMBER.match(cell.text)
    if not found:
        return None, cell
    digits = found[1]
    return int(digits) if digits else None, cut_cell(cell, found.end(), len(cell.text))


def _task_cell(document: FlatDocument, record: Record) -> Cell:
    """Return the cell of a task and its targets; adjacent segments are joined without a space."""
    segments = record.segments_of("task", "target")
    found = Cell("")
    before = None
    for segment in segments:
        mark = "" if before and before.end == segment.start else " "
        found = join_cells((found, document.cell(segment.start, segment.end)), mark)
        before = segment
    return found


def _progress_cell(document: FlatDocument, record: Record) -> Cell:
    """Return the cell of a record's progress, without the mark of its line: ▶ 已完工."""
    cell = join_cells(_role_cells(document, record, "progress"))
    mark = DECORATION.match(cell.text)
    end = len(_OPEN_END.sub("", cell.text))
    # A bracket around the report and its label: ［完成情况：已完工。］
    is_closed = count_unclosed(cell.text[:end], _OPENING, _CLOSING) < 0
    end -= is_closed and cell.text[:end].endswith(tuple(_CLOSING))
    return cut_cell(cell, mark.end() if mark and mark.end() < end else 0, end)


def _role_cells(document: FlatDocument, record: Record, *roles: Role) -> list[Cell]:
    """Return the cells of some roles in a record, in the order of the document."""
    return [document.cell(segment.start, segment.end) for segment in record.segments_of(*roles)]


def _record_number(document: FlatDocument, record: Record) -> int | None:
    """Return the number of a record, if it is written in digits."""
    for segment in record.segments_of("number"):
        digits = "".join(c for c in document.text[segment.start : segment.end] if c.isdecimal())
        if digits and len(digits) <= 4:
            return int(digits)
    return None


def _headings(document: FlatDocument, segments: Sequence[Segment]) -> Iterator[str]:
    """Yield the headings in some segments; a segment may contain headings of two levels."""
    for segment in segments:
        within = (at for at in document.headings if segment.start < at < segment.end)
        edges = [segment.start, *within, segment.end]
        texts = (document.text[start:end] for start, end in pairwise(edges))
        for part in (part for text in texts for part in _INNER_MARK.split(text)):
            text = _FIGURE.sub("", re.sub(r"\s*\n\s*", "", part).strip(" 。：:"))
            if text:
                yield text


def _segment_text(document: FlatDocument, segment: Segment) -> str:
    return trim_cell(document.cell(segment.start, segment.end)).text


def _cut_name_notes(cell: Cell, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield a note on each unit whose name does not end like the name of a unit."""
    for start, end in spans:
        for unit in find_units(cell.text[start:end]):
            if not unit.is_complete:
                yield f"“{unit.name}” does not end like the name of a unit; it may be cut off"


def _strip_outer_brackets(cell: Cell) -> Cell:
    """Return a cell without brackets around it, one of which may be outside.

    >>> [_strip_outer_brackets(Cell(text)).text for text in ("（科", "各县（市）", "乡（镇））")]
    ['科', '各县（市）', '乡（镇）']
    """
    text = cell.text
    opened, closed = sum(map(text.count, _OPENING)), sum(map(text.count, _CLOSING))
    begins, ends = text.startswith(tuple(_OPENING)), text.endswith(tuple(_CLOSING))
    around = begins and ends and opened == closed == 1
    start = int(around or (begins and opened > closed))
    return cut_cell(cell, start, len(text) - int(around or (ends and closed > opened)))


def _strip_end_marks(cell: Cell) -> Cell:
    """Return a cell without the marks at its end: 11月底前；."""
    return cut_cell(cell, 0, len(cell.text.rstrip("；;，,、。 ")))


def _role_in_clause(document: FlatDocument, segment: Segment) -> DepartmentRole | None:
    """Return the role given by the words around a unit: （责任单位：A）, A、B按职责分工负责."""
    before = _CLAUSE_START.search(document.text, max(0, segment.start - _FAR), segment.start)
    behind = _CLAUSE_END.search(document.text, segment.end)
    first = before.end() if before else segment.start
    last = min(behind.start() if behind else len(document.text), segment.end + _FAR)
    units = find_units(document.text[first:last])
    start, end = segment.start - first, segment.end - first
    return next((unit.role for unit in units if unit.start < end and start < unit.end), None)


def _is_person(document: FlatDocument, segment: Segment) -> bool:
    return is_person_name(_segment_text(document, segment))


def _heading_units(document: FlatDocument, record: Record) -> Iterator[Segment]:
    """Yield the headings above a record that consist of units."""
    for segment in record.categories:
        if found := find_heading_units(document.text[segment.start : segment.end]):
            start, end = found
            yield replace(
                segment, role="unit", start=segment.start + start, end=segment.start + end
            )


def _department_cell(
    document: FlatDocument, record: Record, people: Sequence[Segment]
) -> tuple[Cell, tuple[tuple[int, int], ...], tuple[DepartmentRole | None, ...]]:
    """Return the cell of a record's units, and the span and the role of each unit."""
    segments = [segment for segment in record.segments_of(*UNITS) if segment not in people]
    segments[:0] = _heading_units(document, record)
    parts: list[Cell] = []
    spans: list[tuple[int, int]] = []
    roles: list[DepartmentRole | None] = []
    length = 0
    for segment in segments:
        cell = _strip_outer_brackets(trim_cell(document.cell(segment.start, segment.end)))
        for unit in find_units(cell.text):
            spans.append((length + unit.start, length + unit.end))
            role = _role_in_clause(document, segment)
            roles.append(unit.role or role or _DEPARTMENT_ROLES[segment.role])
        parts.append(cell)
        length += len(cell.text) + 1
    return join_cells(parts, "、"), tuple(spans), tuple(roles)
