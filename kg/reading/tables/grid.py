"""Read the tables of a document of any format as the rows of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from kg.model import ColumnReading, Coverage, Problem
from kg.reading.assemble import RawTask
from kg.reading.structure.document import Document, GridCell, Paragraph, Table
from kg.reading.structure.furniture import parse_row_number
from kg.reading.tables.cards import join_labelled_rows
from kg.reading.tables.column_contents import revise_headings
from kg.reading.tables.column_roles import complete_header
from kg.reading.tables.columns import missing_columns
from kg.reading.tables.draft_tasks import progress_month, raw_tasks
from kg.reading.tables.group_headings import HeadingStack, is_marked_heading
from kg.reading.tables.headings import Mappings, plain_text
from kg.reading.tables.page_breaks import fill_page_breaks
from kg.reading.tables.table_header import (
    Cells,
    Header,
    cells_below_header,
    find_header,
    is_repeated_header,
)
from kg.reading.tables.table_rows import Draft, RowReader
from kg.reading.units.leads import lead_rules_in

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)?\s*\d*", re.IGNORECASE)
_TITLE = re.compile(r"表|情况|任务|计划|项目|工作|清单|台账|方案|分解|报告|实事|20\d\d")
# Lines above a table that are not titles: annex 1, the date of signature.
_ANNEX = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日|附\s*[件表]?\s*[\d一二三四五六七八九十]*\s*[:：]?")
_LABELLED = re.compile(
    r"(?:填[报表制]|制表|报送|上报|统计|截止|单位|联系|责任|审核|负责)[^：:，。]{0,6}[：:]"
)
_NUMBERS = ("序号", "编号", "项目序号", "任务序号", "序")
# How many of the last columns may be missing in a table that continues another.
_NARROWER = 2
_LONGEST_TITLE, _NEAREST = 80, 8


@dataclass(frozen=True, slots=True)
class Grid:
    """The content of a document's tables.

    Attributes:
        title: The title above the tables, or that of the document.
        context: The lines above the first table.
        tasks: The tasks in their rows.
        columns: The meanings of their columns.
        coverage: How much of the document is in the tasks.
        month: The latest month of the progress columns, or None.
        left_out: Notes on other tables and on columns that are left out.
        missing: The missing columns of the best table if none is a responsibility table.
    """

    title: str
    context: str
    tasks: tuple[RawTask, ...]
    columns: tuple[ColumnReading, ...]
    coverage: Coverage
    month: int | None
    left_out: tuple[Problem, ...]
    missing: str


def read_grid(
    document: Document, mappings: Mappings | None = None, with_people: bool = False
) -> Grid:
    """Return the content of all responsibility tables of a document as one report.

    Args:
        document: The content of the file.
        mappings: The meanings of headings that the user defined.
        with_people: Whether names of leaders, which are personal data, are kept.
    """
    found = _Tables(document, mappings, with_people)
    drafts = found.reader.drafts
    if document.unit == "page":
        fill_page_breaks(drafts)
    headings = tuple(dict.fromkeys(h for draft in drafts for h in draft.headings))
    outside = (text for _, text in found.outside)
    leads = lead_rules_in((*outside, *(heading.text for heading in headings)))
    tasks = tuple(
        replace(task, leads=leads)
        for task in raw_tasks(drafts, document.unit == "page", with_people)
    )
    left_out = list(found.left_out)
    if not with_people:
        left_out += [
            Problem(None, None, "a column of people is left out (--with-people keeps it)", h.text)
            for h in headings
            if h.kind == "leader"
        ]
    return Grid(
        title=found.title or document.title,
        context=found.context,
        tasks=tasks,
        columns=tuple(
            ColumnReading(h.text, h.kind or "detail", h.confidence) for h in headings if h.text
        ),
        coverage=_coverage(document, drafts, found, with_people),
        month=max((month for draft in drafts if (month := progress_month(draft))), default=None),
        left_out=tuple(left_out),
        missing=found.missing,
    )


class _Tables:
    """Reads the responsibility tables of a document, one after another."""

    def __init__(self, document: Document, mappings: Mappings | None, with_people: bool) -> None:
        self.reader = RowReader(wrapped=document.unit == "page")
        self.left_out: list[Problem] = []
        self.outside: list[tuple[int, str]] = []
        self.title = self.context = ""
        self.missing = missing_columns(())
        self.people = 0
        self._with_people = with_people
        self._above: list[Paragraph] = []
        self._header: Header | None = None
        names = [b.name for b in document.blocks if isinstance(b, Table)]
        self._has_sheet_names = len(names) > 1 and not any(map(_DEFAULT_NAME.fullmatch, names))
        for block in document.blocks:
            if isinstance(block, Paragraph):
                self._above.append(block)
                self.outside.append((block.line, block.text))
            elif block.rows:
                self._read(block, mappings)

    def _read(self, table: Table, mappings: Mappings | None) -> None:
        table = join_labelled_rows(table, mappings)
        header = find_header(table.rows, mappings)
        header = header and complete_header(header, table.rows)
        before = self._header
        below = cells_below_header(table.rows[0], before.headings) if before else None
        is_new = before is not None and _is_new_header(table.rows[0], before)
        if before and not is_new and (below or _is_continuation(before, header, table)):
            width = len(before.headings)
            rows = [cells_below_header(row, before.headings) or row for row in table.rows]
            rows = [(*row, *[GridCell("", row[0].line)] * (width - len(row))) for row in rows]
            self._read_rows(rows, before, table, mappings)
            return
        if header is None or not header.is_complete:
            if header and not self._header:
                self.missing = min(
                    self.missing, missing_columns(header.columns), key=lambda text: text.count(",")
                )
            self._leave_out(table, header)
            return
        titles = [_row_text(row) for row in table.rows[: header.start]]
        if self._header is None:
            above = [paragraph.text for paragraph in self._above]
            self.title = _title_above(titles) or _title_above(above)
            self.context = "\n".join((*above[-_NEAREST:], *titles))
        self._header, self.missing = header, ""
        self.reader.levels = self._headings_above(table)
        self.outside += [(row[0].line, _row_text(row)) for row in table.rows[: header.end]]
        body: list[Cells] = []
        for row in table.rows[header.end :]:
            if below := cells_below_header(row, header.headings):
                body.append(below)
            elif is_repeated_header(row, table.rows, header) or (
                any(titles) and _row_text(row) in titles
            ):
                self.outside.append((row[0].line, _row_text(row)))
            else:
                body.append(row)
        self._header = replace(header, headings=revise_headings(header.headings, body))
        self._read_rows(body, self._header, table, mappings)
        self._above = []

    def _read_rows(
        self, rows: Sequence[Cells], header: Header, table: Table, mappings: Mappings | None
    ) -> None:
        """Read the rows below a header; another header among them begins a new table."""
        end = next((at for at, row in enumerate(rows) if _is_new_header(row, header)), len(rows))
        self.reader.read(rows[:end], header.headings)
        self.outside += [(row[0].line, _row_text(row)) for row in self.reader.skipped]
        self.reader.skipped.clear()
        if end < len(rows):
            self._read(Table(tuple(rows[end:]), table.name), mappings)

    def _headings_above(self, table: Table) -> HeadingStack:
        """Return the headings above a table: the name of its sheet, and paragraphs."""
        levels = HeadingStack()
        if self._has_sheet_names:
            levels.add_heading(table.name)
        for paragraph in self._above:
            if "。" in paragraph.text or _ANNEX.fullmatch(paragraph.text.strip()):
                # Headings of a text, or before an annex, are not headings of the table.
                levels.clear()
            elif is_marked_heading(paragraph.text):
                levels.add_heading(paragraph.text)
        return levels

    def _leave_out(self, table: Table, header: Header | None) -> None:
        """Note that a table is left out, without the names of people in it."""
        headings = header.headings if header and not self._with_people else ()
        leaders = {place for place, heading in enumerate(headings) if heading.kind == "leader"}
        kept = [[c for i, c in enumerate(row) if i not in leaders] for row in table.rows]
        self.people += sum(
            _character_count(cell.text) for row in table.rows for cell in row if not cell.continued
        ) - sum(_character_count(cell.text) for row in kept for cell in row if not cell.continued)
        rows = [(row[0].line, text) for row in kept if row and (text := _row_text(row))]
        self.outside += rows
        if len(rows) > 1:
            reason = "a table without columns of tasks and progress or departments is left out"
            self.left_out.append(Problem(None, rows[0][0], reason, rows[0][1]))


def _is_continuation(before: Header, header: Header | None, table: Table) -> bool:
    """Return whether a table continues the one before: as wide, and without a header.

    A narrower one does if it begins with the number of a row; then its last columns are left out.
    """
    row = table.rows[0]
    lacking = len(before.headings) - len(row)
    is_numbered = before.headings[0].kind == "number" and parse_row_number(row[0].text)
    if lacking and not (0 < lacking <= _NARROWER and is_numbered):
        return False
    if header and header.is_complete:
        return False
    return header is None or sum(heading.confidence >= 0.9 for heading in header.headings) < 2


def _row_text(row: Sequence[GridCell]) -> str:
    """Return the texts of a row, with each merged cell once."""
    texts = (" ".join(cell.text.split()) for cell in row if not cell.continued)
    return " | ".join(text for text in texts if text)


def _title_above(lines: Sequence[str]) -> str:
    """Return the title of a table: the short lines near it that are not sentences."""
    near = [line.strip() for line in lines[-_NEAREST:] if not _ANNEX.fullmatch(line.strip())]
    short = [
        line
        for line in near
        if len(line) <= _LONGEST_TITLE and not line.endswith("。") and not _LABELLED.match(line)
    ]
    telling = [line for line in short if _TITLE.search(line) and not is_marked_heading(line)]
    return "".join(telling or short)


def _is_new_header(row: Cells, header: Header) -> bool:
    """Return whether a row is a different header, which has a heading of row numbers."""
    pairs = [
        (plain_text(cell.text), heading)
        for cell, heading in zip(row, header.headings, strict=False)
    ]
    if not any(heading.kind == "number" and text in _NUMBERS for text, heading in pairs):
        return False
    others = [not text.startswith(heading.text) for text, heading in pairs if text and heading.text]
    return len(others) > 2 and 2 * sum(others) >= len(others)


def _coverage(
    document: Document, drafts: Sequence[Draft], found: _Tables, with_people: bool
) -> Coverage:
    """Return how much text of the document is in tasks, not counting names of people left out."""
    people = found.people
    if not with_people:
        leaders = chain.from_iterable(cells for d in drafts for cells in d.cells("leader"))
        people += sum(_character_count(cell.text) for cell in leaders if not cell.continued)
    total = sum(_character_count(text) for text in _document_texts(document)) - people
    lost = sum(_character_count(text.replace(" | ", "")) for _, text in found.outside)
    rest = tuple(sorted((line, text) for line, text in found.outside if text))
    return Coverage(characters=total, placed=total - lost, rest=rest)


def _document_texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (c.text for row in block.rows for c in row if not c.continued)


def _character_count(text: str) -> int:
    return len("".join(text.split()))
