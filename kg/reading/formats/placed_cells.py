"""Make tables with rows of equal length from cells with positions and spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.reading.budget import check_table
from kg.reading.structure.document import GridCell, Table


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its position and spans.

    Attributes:
        text: Its text.
        line: Its line, row, paragraph or page in the source.
        row: Index of its first row.
        column: Index of its first column.
        rows: How many rows it spans.
        columns: How many columns it spans.
    """

    text: str
    line: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def table_from_cells(path: Path, cells: Iterable[PlacedCell], name: str = "") -> Table:
    """Return a table of cells, with merged cells repeated and without empty rows and columns.

    Args:
        path: The source file, named in messages.
        cells: The cells in reading order; where two overlap, the first one is kept.
        name: The name of the table.

    Raises:
        InputError: The table is too large to be a table of tasks.
    """
    cells = list(cells)
    height = max((cell.row + cell.rows for cell in cells if cell.text.strip()), default=0)
    width = max((cell.column + cell.columns for cell in cells if cell.text.strip()), default=0)
    check_table(path, height, width)
    rows: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
    lines = {cell.row: cell.line for cell in reversed(cells)}
    for cell in cells:
        for row in range(cell.row, min(cell.row + cell.rows, height)):
            line = lines.get(row, cell.line)
            for column in range(cell.column, min(cell.column + cell.columns, width)):
                if rows[row][column] is None:
                    continued = (row, column) != (cell.row, cell.column)
                    rows[row][column] = GridCell(cell.text, line, continued)
    filled = [c for c in range(width) if any((found := row[c]) and found.text for row in rows)]
    return Table(
        tuple(
            tuple(row[c] or GridCell("", lines.get(index, 1)) for c in filled)
            for index, row in enumerate(rows)
            if any(found and found.text.strip() for found in row)
        ),
        name,
    )
