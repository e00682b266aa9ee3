"""Convert the rows of a table to drafts of tasks: find headings and rows that continue others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.reading.structure.document import GridCell
from kg.reading.structure.furniture import parse_row_number
from kg.reading.structure.tokens import STOPS
from kg.reading.tables.group_headings import (
    LONGEST_HEADING,
    HeadingStack,
    is_department_heading,
    is_note,
    is_promise,
    is_sum,
    title_of,
)
from kg.reading.tables.headings import Heading, Kind
from kg.reading.tables.row_cells import unwrap_text
from kg.reading.tables.table_header import Cells

_COUNT = re.compile(r"[（(]?共?(?:项目|任务)?数?[：:]?\s*\d{1,3}\s*[个项件][）)]?|[\d,.]+[%％]?")
_CHINESE = frozenset("一二三四五六七八九十（）()、.")


@dataclass
class Draft:
    """A task while its rows are read.

    Attributes:
        number: The number of its row, or None.
        line: The line of its first row.
        titles: The headings above it, from the outer to the inner.
        headings: The headings of its table.
        columns: The cells of each column, more than one if it continues in further rows.
        group: The heading above it that names departments, or None.
    """

    number: int | None
    line: int
    titles: tuple[str, ...]
    headings: Sequence[Heading]
    columns: list[list[GridCell]]
    group: GridCell | None = None

    def cells(self, kind: Kind) -> list[list[GridCell]]:
        """Return the cells of the columns of a kind."""
        return [
            cells
            for heading, cells in zip(self.headings, self.columns, strict=True)
            if heading.kind == kind
        ]


@dataclass
class RowReader:
    """Reads the rows of one table after another.

    Attributes:
        wrapped: Whether lines are wrapped at the width of the column, and rows split at page ends.
        levels: The headings above the current row.
        drafts: The tasks found.
        skipped: The rows that belong to no task.
    """

    wrapped: bool
    levels: HeadingStack = field(default_factory=HeadingStack)
    drafts: list[Draft] = field(default_factory=list)
    skipped: list[Cells] = field(default_factory=list)

    def read(self, rows: Sequence[Cells], headings: Sequence[Heading]) -> None:
        """Read the rows below a header.

        Args:
            rows: The rows.
            headings: The headings of their columns.
        """
        table = _Columns(headings)
        above: Cells | None = None
        group: GridCell | None = None
        for row in rows:
            row = table.with_number(table.with_promise(row) if self.drafts else row)
            shown = _clear_spanned_cells(row, above, headings)
            if not any(cell.text.strip() for cell in shown):
                continue
            if not self.wrapped and table.is_empty(shown):
                self.skipped.append(row)
                continue
            if is_sum(next(cell.text for cell in row if cell.text.strip())):
                self.skipped.append(row)
                continue
            heading, spans = table.group_heading(row, self.wrapped)
            # A page break may split a table, and a row of it, in two.
            has_draft = bool(self.drafts) and self.drafts[-1].headings is headings
            last = self.drafts[-1] if has_draft else None
            if heading and (spans or not (last and self._is_broken_row(last, row, shown, table))):
                if is_note(heading.text) or len(heading.text) > LONGEST_HEADING:
                    self.skipped.append(row)
                elif is_department_heading(heading.text):
                    group = GridCell(title_of(heading.text), heading.line)
                else:
                    self.levels.add_heading(heading.text)
            elif last and self._is_continuation(last, row, shown, above, table):
                for cells, cell in zip(last.columns, shown, strict=True):
                    again = cell.continued or cell.text == cells[0].text
                    if cell.text.strip() and not again:
                        cells.append(cell)
            elif not table.has_task(shown):
                self.skipped.append(row)
                continue
            else:
                self.levels.add_task()
                self.drafts.append(
                    Draft(
                        table.number(shown),
                        row[0].line,
                        tuple(self.levels.titles),
                        headings,
                        [[cell] for cell in shown],
                        group,
                    )
                )
            above = row

    def _is_continuation(
        self,
        last: Draft,
        row: Cells,
        shown: Sequence[GridCell],
        above: Cells | None,
        table: _Columns,
    ) -> bool:
        """Return whether a row continues the task above.

        Its cells do, or are blank where only the first row of a merged cell has its text; or it has
        only a further promise; or a page break split the row.
        """
        tasks = table.places["task"]
        numbers = table.places["number"]
        if table.is_further_promise(shown):
            return True
        beginning = (*numbers, *table.places["category"], *tasks)
        if numbers and tasks and not any(shown[place].text.strip() for place in beginning):
            return True
        if above and all(_is_same_cell(row, above, place) for place in (*tasks, *numbers)):
            return True
        if (
            above
            and numbers
            and all(_is_repeated_text(row, above, place) for place in (*tasks, *numbers))
        ):
            return True
        return self._is_broken_row(last, row, shown, table)

    def _is_broken_row(
        self, last: Draft, row: Cells, shown: Sequence[GridCell], table: _Columns
    ) -> bool:
        """Return whether a row is the rest of the one above, split by a page break."""
        if not self.wrapped or row[0].line == last.columns[0][-1].line:
            return False
        tasks = table.places["task"]
        begins = any(shown[place].text.strip() for place in tasks)
        if not table.numbered:
            return not begins
        if any(shown[place].text.strip() for place in table.places["number"]):
            return False
        has_units = any(shown[place].text.strip() for place in table.places["departments"])
        is_ended = all(last.columns[place][-1].text.strip().endswith(STOPS) for place in tasks)
        return not (begins and has_units and is_ended)


class _Columns:
    """The places of the columns of each kind."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        kinds: tuple[Kind, ...] = ("number", "category", "task", "progress", "departments")
        self.places = {
            kind: [place for place, heading in enumerate(headings) if heading.kind == kind]
            for kind in kinds
        }
        self.numbered = bool(self.places["number"])
        self._size = len(headings)

    def with_number(self, row: Cells) -> Cells:
        """Return a row with its number moved from a category column to the number column."""
        if any(row[place].text.strip() for place in self.places["number"]):
            return row
        for place in self.places["category"]:
            cell = row[place]
            if not cell.continued and parse_row_number(cell.text.strip()) is not None:
                moved = list(row)
                for number in self.places["number"][:1]:
                    moved[number], moved[place] = cell, replace(cell, text="")
                return tuple(moved)
        return row

    def with_promise(self, row: Cells) -> Cells:
        """Return a row with a promise that is alone in it moved to the column of tasks."""
        place, tasks = self._promise_place(row), self.places["task"]
        if place is None or not tasks or place > tasks[0]:
            return row
        moved = list(row)
        moved[place], moved[tasks[0]] = moved[tasks[0]], moved[place]
        return tuple(moved)

    def is_further_promise(self, row: Sequence[GridCell]) -> bool:
        """Return whether a row has only a promise in a column of tasks."""
        return self._promise_place(row) in self.places["task"]

    def _promise_place(self, row: Sequence[GridCell]) -> int | None:
        """Return the column of a promise that is alone in a row of a numbered table, or None."""
        filled = [place for place, cell in enumerate(row) if cell.text.strip()]
        is_alone = self.numbered and len(filled) == 1 and is_promise(row[filled[0]].text)
        return filled[0] if is_alone else None

    def is_empty(self, row: Sequence[GridCell]) -> bool:
        """Return whether a row is empty but for its number, like a row of a blank form."""
        numbers = [row[place].text.strip() for place in self.places["number"]]
        shown = [text for cell in row if (text := cell.text.strip())]
        return shown == [text for text in numbers if parse_row_number(text) is not None]

    def has_task(self, row: Sequence[GridCell]) -> bool:
        """Return whether a row has a promise or progress."""
        places = (*self.places["task"], *self.places["progress"])
        return any(row[place].text.strip() for place in places)

    def number(self, row: Sequence[GridCell]) -> int | None:
        """Return the number of a row, or None."""
        for place in self.places["number"]:
            if not row[place].continued:
                return parse_row_number("".join(row[place].text.split()).removesuffix(".0"))
        return None

    def group_heading(self, row: Cells, wrapped: bool) -> tuple[GridCell | None, bool]:
        """Return the heading in a row or None, and whether it spans most of the table.

        A text that is alone in a row is a heading too. A Chinese numeral in the number column
        becomes part of the heading.
        """
        if self.is_further_promise(row):
            return None, False
        numeral = ""
        cells = list(enumerate(row))
        for place in self.places["number"]:
            text = "".join(row[place].text.split())
            if text and set(text) <= _CHINESE:
                numeral = text
                cells.pop(place)
        filled = [(place, cell) for place, cell in cells if cell.text.strip()]
        if numeral and len(filled) > 1:
            # The number of tasks below, or sums of theirs, may follow a heading.
            filled = [item for item in filled if not _COUNT.fullmatch(item[1].text.strip())]
        if not filled or len({cell.text for _, cell in filled}) > 1:
            return None, False
        place, cell = filled[0]
        if parse_row_number("".join(cell.text.split())) is not None:
            return None, False
        alone = len(filled) == 1 and (place == 0 or place in self.places["task"] or bool(numeral))
        spans = len(filled) > 1 and 2 * len(filled) > self._size
        if (alone and not cell.continued) or spans:
            mark = numeral if not numeral or numeral[-1] in "）)、.．" else f"{numeral}、"
            return GridCell(mark + unwrap_text(cell.text, wrapped), cell.line), spans
        return None, False


def _clear_spanned_cells(
    row: Cells, above: Cells | None, headings: Sequence[Heading]
) -> list[GridCell]:
    """Return the cells of a row without texts repeated by a cell that spans columns.

    A cell that spans a category column and a task column is a task.
    """
    shown = list(row)
    for place, cell in enumerate(row):
        left = place and row[place - 1].text == cell.text
        if cell.continued and left and not (above and above[place].text == cell.text):
            kinds = headings[place - 1].kind, headings[place].kind
            blank = place - 1 if kinds == ("category", "task") else place
            shown[place] = replace(cell, continued=False)
            shown[blank] = GridCell("", cell.line, True)
    return shown


def _is_same_cell(row: Cells, above: Cells, place: int) -> bool:
    return row[place].continued and row[place].text == above[place].text


def _is_repeated_text(row: Cells, above: Cells, place: int) -> bool:
    return row[place].text.strip() != "" and row[place].text == above[place].text
