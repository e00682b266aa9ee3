"""From the tables of a document to the rows of a report, whatever format they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from kg.model import ColumnReading, Coverage, Problem
from kg.reading.assemble import RawTask
from kg.reading.structure.document import Document, GridCell, Paragraph, Table
from kg.reading.tables.column_contents import settle_columns
from kg.reading.tables.columns import missing_columns
from kg.reading.tables.draft_tasks import month_of, raw_tasks
from kg.reading.tables.groups import Levels, heads_more
from kg.reading.tables.headings import Mappings, plain
from kg.reading.tables.heads import Cells, Head, below_head, find_head, repeats
from kg.reading.tables.page_breaks import fill_over_pages
from kg.reading.tables.table_rows import Draft, RowReader
from kg.reading.units.leads import rules_in

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)?\s*\d*", re.IGNORECASE)
_TITLE = re.compile(r"表|情况|任务|计划|项目|工作|清单|台账|方案|分解|报告|实事|20\d\d")
# Lines above a table that title nothing: annex 1, the day of signature.
_ANNEX = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日|附\s*[件表]?\s*[\d一二三四五六七八九十]*\s*[:：]?")
_NUMBERS = ("序号", "编号", "项目序号", "任务序号")
_LONGEST_TITLE, _NEAREST = 80, 8


@dataclass(frozen=True, slots=True)
class Grid:
    """What the tables of a document tell.

    Attributes:
        title: The title above them, or that of the document.
        tasks: Their rows.
        columns: What their columns were taken for.
        coverage: How much of the document is in the rows.
        month: The month of the later of progress columns side by side, or None.
        left_out: Tables that are no responsibility tables, and columns that are not kept.
        missing: What the best of the tables lacks, where none is a responsibility table.
    """

    title: str
    tasks: tuple[RawTask, ...]
    columns: tuple[ColumnReading, ...]
    coverage: Coverage
    month: int | None
    left_out: tuple[Problem, ...]
    missing: str


def read_grid(
    document: Document, mappings: Mappings | None = None, with_people: bool = False
) -> Grid:
    """Return what the responsibility tables of a document tell, all as one report.

    Args:
        document: What the file shows.
        mappings: What a person said about headings.
        with_people: Whether names of leaders, which are personal data, are kept.
    """
    found = _Tables(document, mappings, with_people)
    drafts = found.reader.drafts
    if document.unit == "page":
        fill_over_pages(drafts)
    headings = tuple(dict.fromkeys(h for draft in drafts for h in draft.headings))
    told = (*(text for _, text in found.outside), *(heading.text for heading in headings))
    leads = rules_in(told)
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
        tasks=tasks,
        columns=tuple(
            ColumnReading(h.text, h.kind or "detail", h.confidence) for h in headings if h.text
        ),
        coverage=_coverage(document, drafts, found, with_people),
        month=max((month for draft in drafts if (month := month_of(draft))), default=None),
        left_out=tuple(left_out),
        missing=found.missing,
    )


class _Tables:
    """The responsibility tables of a document, one after another."""

    def __init__(self, document: Document, mappings: Mappings | None, with_people: bool) -> None:
        self.reader = RowReader(wrapped=document.unit == "page")
        self.left_out: list[Problem] = []
        self.outside: list[tuple[int, str]] = []
        self.title = ""
        self.missing = missing_columns(())
        self.people = 0
        self._with_people = with_people
        self._above: list[Paragraph] = []
        self._head: Head | None = None
        names = [b.name for b in document.blocks if isinstance(b, Table)]
        self._named = len(names) > 1 and not any(map(_DEFAULT_NAME.fullmatch, names))
        for block in document.blocks:
            if isinstance(block, Paragraph):
                self._above.append(block)
                self.outside.append((block.line, block.text))
            elif block.rows:
                self._read(block, mappings)

    def _read(self, table: Table, mappings: Mappings | None) -> None:
        head = find_head(table.rows, mappings)
        before = self._head
        below = below_head(table.rows[0], before.headings) if before else None
        anew = before is not None and _heads_anew(table.rows[0], before)
        if before and not anew and (below or _goes_on(before, head, table)):
            rows = [below_head(row, before.headings) or row for row in table.rows]
            self._read_rows(rows, before, table, mappings)
            return
        if head is None or not head.is_whole:
            if head and not self._head:
                self.missing = min(
                    self.missing, missing_columns(head.columns), key=lambda text: text.count(",")
                )
            self._leave_out(table, head)
            return
        titles = [_shown(row) for row in table.rows[: head.start]]
        if self._head is None:
            self.title = _title(titles) or _title([p.text for p in self._above])
        self._head, self.missing = head, ""
        self.reader.levels = self._levels(table)
        self.outside += [(row[0].line, _shown(row)) for row in table.rows[: head.end]]
        body: list[Cells] = []
        for row in table.rows[head.end :]:
            if below := below_head(row, head.headings):
                body.append(below)
            elif repeats(row, table.rows, head) or (any(titles) and _shown(row) in titles):
                self.outside.append((row[0].line, _shown(row)))
            else:
                body.append(row)
        self._head = replace(head, headings=settle_columns(head.headings, body))
        self._read_rows(body, self._head, table, mappings)
        self._above = []

    def _read_rows(
        self, rows: Sequence[Cells], head: Head, table: Table, mappings: Mappings | None
    ) -> None:
        """Read the rows below a header, and those of a table that begins among them as one."""
        end = next((at for at, row in enumerate(rows) if _heads_anew(row, head)), len(rows))
        self.reader.read(rows[:end], head.headings)
        self.outside += [(row[0].line, _shown(row)) for row in self.reader.idle]
        self.reader.idle.clear()
        if end < len(rows):
            self._read(Table(tuple(rows[end:]), table.name), mappings)

    def _levels(self, table: Table) -> Levels:
        """Return the headings that stand above a table: the name of its sheet, or paragraphs."""
        levels = Levels()
        if self._named:
            levels.show(table.name)
        for paragraph in self._above:
            if "。" in paragraph.text or _ANNEX.fullmatch(paragraph.text.strip()):
                # What heads a text, or stands before an annex, does not head its table.
                levels.clear()
            elif heads_more(paragraph.text):
                levels.show(paragraph.text)
        return levels

    def _leave_out(self, table: Table, head: Head | None) -> None:
        """Tell what a table shows that is none of tasks, without the names of people in it."""
        headings = head.headings if head and not self._with_people else ()
        leaders = {place for place, heading in enumerate(headings) if heading.kind == "leader"}
        kept = [[c for i, c in enumerate(row) if i not in leaders] for row in table.rows]
        self.people += sum(
            _size(cell.text) for row in table.rows for cell in row if not cell.continued
        ) - sum(_size(cell.text) for row in kept for cell in row if not cell.continued)
        rows = [(row[0].line, text) for row in kept if row and (text := _shown(row))]
        self.outside += rows
        if len(rows) > 1:
            reason = "a table without columns of tasks and progress or departments is left out"
            self.left_out.append(Problem(None, rows[0][0], reason, rows[0][1]))


def _goes_on(before: Head, head: Head | None, table: Table) -> bool:
    """Tell whether a table is the rest of the one before: as wide, and without a header."""
    if len(before.headings) != len(table.rows[0]) or (head and head.is_whole):
        return False
    return head is None or sum(heading.confidence >= 0.9 for heading in head.headings) < 2


def _shown(row: Sequence[GridCell]) -> str:
    """Return the texts of a row, each merged cell once."""
    texts = (" ".join(cell.text.split()) for cell in row if not cell.continued)
    return " | ".join(text for text in texts if text)


def _title(lines: Sequence[str]) -> str:
    """Return what titles a table: the short lines near above it that are no sentences."""
    near = [line.strip() for line in lines[-_NEAREST:] if not _ANNEX.fullmatch(line.strip())]
    short = [line for line in near if len(line) <= _LONGEST_TITLE and not line.endswith("。")]
    telling = [line for line in short if _TITLE.search(line) and not heads_more(line)]
    return "".join(telling or short)


def _heads_anew(row: Cells, head: Head) -> bool:
    """Tell whether a row is the header of another table: it heads numbers, and differs."""
    pairs = [(plain(cell.text), one) for cell, one in zip(row, head.headings, strict=False)]
    if not any(one.kind == "number" and text in _NUMBERS for text, one in pairs):
        return False
    others = [not text.startswith(one.text) for text, one in pairs if text and one.text]
    return len(others) > 2 and 2 * sum(others) >= len(others)


def _coverage(
    document: Document, drafts: Sequence[Draft], found: _Tables, with_people: bool
) -> Coverage:
    """Return what of the document's text is in a task; names of people left out do not count."""
    people = found.people
    if not with_people:
        leaders = chain.from_iterable(cells for d in drafts for cells in d.cells("leader"))
        people += sum(_size(cell.text) for cell in leaders if not cell.continued)
    total = sum(_size(text) for text in _texts(document)) - people
    lost = sum(_size(text.replace(" | ", "")) for _, text in found.outside)
    rest = tuple(sorted((line, text) for line, text in found.outside if text))
    return Coverage(characters=total, placed=total - lost, rest=rest)


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (c.text for row in block.rows for c in row if not c.continued)


def _size(text: str) -> int:
    return len("".join(text.split()))
