"""A document as one text that keeps the lines of its source and the cells of its tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Cell
from kg.reading.cells import join
from kg.reading.document import Document, GridCell, Paragraph, Table
from kg.reading.furniture import is_page_mark

_BREAK = re.compile(r"\s*\n\s*")
_EDGES = " \t\u3000\xa0|｜"


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell of a table in the text of a document.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        table: Number of its table, from 0.
        row: Number of its row in the table, from 0.
        column: Number of its column.
        continued: Whether a merged cell that begins above goes on here; it shows no text.
    """

    start: int
    end: int
    table: int
    row: int
    column: int
    continued: bool


@dataclass(frozen=True, slots=True)
class FlatDocument:
    """A document's text with its places.

    Attributes:
        text: The text; bars part the cells of a row.
        starts: The offsets at which another line of the source begins.
        lines: The 1-based line of the source at each of these offsets.
        cells: The cells of its tables, in the order of the text.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    cells: tuple[CellPlace, ...] = ()

    def line_at(self, offset: int) -> int:
        """Return the line of the source that holds a character."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]

    def cell_at(self, offset: int) -> CellPlace | None:
        """Return the cell of a table that holds a character, or None."""
        place = bisect_right(self.cells, offset, key=lambda cell: cell.start) - 1
        found = self.cells[place] if place >= 0 else None
        return found if found and found.start <= offset < found.end else None

    def cell(self, start: int, end: int) -> Cell:
        """Return a span of the text as a clean cell: line breaks and bars in it are left out."""
        parts = list(self._parts(start, end))
        return join(parts)

    def _parts(self, start: int, end: int) -> Iterator[Cell]:
        first = start
        for gap in (*_BREAK.finditer(self.text, start, end), None):
            last = gap.start() if gap else end
            words = self.text[first:last]
            lead = len(words) - len(words.lstrip(_EDGES))
            if words := words.strip(_EDGES):
                yield Cell(words, ((0, self.line_at(first + lead)),))
            first = gap.end() if gap else end


def flatten_lines(lines: Sequence[str]) -> FlatDocument:
    r"""Return the text of a file's lines as they stand, without those that only count pages.

    >>> flat = flatten_lines(["1 建桥", "", "已通车"])
    >>> flat.text, flat.line_at(6)
    ('1 建桥\n\n已通车', 3)
    """
    writer = _Writer()
    for number, line in enumerate(lines, 1):
        if not is_page_mark(line):
            writer.write(f"{line}\n", number)
    text = "".join(writer.parts)
    return FlatDocument(text.removesuffix("\n"), tuple(writer.starts), tuple(writer.lines))


def flatten(document: Document) -> FlatDocument:
    """Return the text of a document's paragraphs and tables, in order."""
    writer = _Writer()
    table = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            writer.write(block.text, block.line)
            writer.write("\n")
        else:
            _write_table(block, table, writer)
            table += 1
    return FlatDocument(
        "".join(writer.parts), tuple(writer.starts), tuple(writer.lines), tuple(writer.cells)
    )


class _Writer:
    """The text that is written so far, with its places."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.lines: list[int] = []
        self.cells: list[CellPlace] = []
        self.length = 0

    def write(self, text: str, line: int | None = None) -> None:
        if line is not None and (not self.lines or self.lines[-1] != line):
            self.starts.append(self.length)
            self.lines.append(line)
        self.parts.append(text)
        self.length += len(text)


def _write_table(table: Table, number: int, writer: _Writer) -> None:
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            _write_cell(cell, number, row, column, table.rows, writer)
            writer.write(" | " if column < len(cells) - 1 else " |\n")


def _write_cell(
    cell: GridCell,
    table: int,
    row: int,
    column: int,
    rows: Sequence[Sequence[GridCell]],
    writer: _Writer,
) -> None:
    """Write a cell; a merged one shows its text where it begins only."""
    text = "" if cell.continued else cell.text.strip()
    start = writer.length
    writer.write(text, cell.line)
    above = rows[row - 1][column] if row and column < len(rows[row - 1]) else None
    continued = cell.continued and above is not None and above.text == cell.text
    writer.cells.append(CellPlace(start, writer.length, table, row, column, continued))
