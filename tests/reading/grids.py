"""Tables written as lists of rows, and their reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.model import Report
from kg.reading.assemble import assemble
from kg.reading.structure.document import Block, Document, GridCell, Paragraph, Table
from kg.reading.tables.grid import Grid, read_grid

# Marks of a cell merged with the one to the left, or above.
LEFT, UP = "<", "^"


def table(rows: Sequence[Sequence[str]], name: str = "", page: int | None = None) -> Table:
    """Return a table; `<` and `^` are merged with the cell to the left or above."""
    made: list[list[GridCell]] = []
    width = max(map(len, rows))
    for number, row in enumerate(rows, start=1):
        cells: list[GridCell] = []
        for place, text in enumerate([*row, *[""] * (width - len(row))]):
            line = page or number
            if text == LEFT:
                cells.append(GridCell(cells[-1].text, line, continued=True))
            elif text == UP:
                cells.append(GridCell(made[-1][place].text, line, continued=True))
            else:
                cells.append(GridCell(text, line))
        made.append(cells)
    return Table(tuple(map(tuple, made)), name)


def pages(*parts: Sequence[Sequence[str]]) -> Table:
    """Return a table with rows on several pages."""
    return Table(
        tuple(
            row for page, part in enumerate(parts, start=1) for row in table(part, page=page).rows
        )
    )


def document(title: str, *blocks: Block, unit: str = "row") -> Document:
    return Document((Paragraph(title, 1, 1), *blocks), unit=unit)


def grid(title: str, *rows: Sequence[str]) -> Grid:
    return read_grid(document(title, table(rows)))


def report(found: Grid, code: str) -> Report:
    return assemble(Path("t.xlsx"), found.title, found.tasks, found.coverage, code, found.month)


def departments(made: Report) -> list[list[tuple[str, str | None]]]:
    for task in made.tasks:
        for department in task.departments:
            evidence = department.evidence
            shown = task.department_cell.text[evidence.start : evidence.end]
            assert shown == department.name == evidence.quote
    return [[(d.name, d.role) for d in task.departments] for task in made.tasks]
