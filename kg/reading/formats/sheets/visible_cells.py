"""Keep the visible cells of a spreadsheet, and note hidden cells and errors of formulas."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model import Problem
from kg.reading.budget import check_table
from kg.reading.formats.line_breaks import join_wrapped_lines
from kg.reading.formats.losses import count_characters, loss_notes
from kg.reading.formats.placed_cells import PlacedCell, table_from_cells
from kg.reading.structure.document import Table

_FIRST_LETTER, _ALPHABET_SIZE = ord("A"), 26
# The error values of formulas.
_ERROR = re.compile(r"#(?:[A-Z]+[!?]|N/A|DIV/0!|GETTING_DATA)|Err:\d{3}")
_MOST_ERRORS = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its hidden rows and columns.

    Attributes:
        name: Its name.
        cells: Its cells, with positions that count hidden rows and columns too.
        hidden_rows: Indexes of the hidden rows.
        hidden_columns: Indexes of the hidden columns.
        hidden: Whether the whole sheet is hidden.
    """

    name: str
    cells: Sequence[PlacedCell]
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    hidden: bool = False


def visible_tables(
    path: Path, sheets: Iterable[Sheet], beside: int = 0
) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """Return the visible tables of sheets, and notes on filled hidden cells and on errors.

    Line breaks are kept only between sentences, items or names.

    Args:
        path: The source file, named in messages.
        sheets: All sheets, in order.
        beside: How many characters text boxes have (`kg.reading.formats.losses.count_characters`).

    Raises:
        InputError: A sheet is too large to be a table of tasks.
    """
    tables: list[Table] = []
    notes: list[Problem] = []
    given = beside
    for sheet in sheets:
        filled = [cell for cell in sheet.cells if cell.text.strip()]
        if sheet.hidden:
            if filled:
                notes.append(Problem(None, None, "a hidden sheet is left out", sheet.name))
            continue
        valid = [cell for cell in filled if not _ERROR.fullmatch(cell.text.strip())]
        given += sum(count_characters(cell.text) for cell in valid if _is_visible(sheet, cell))
        tables.append(table_from_cells(path, _visible_cells(path, sheet, valid), sheet.name))
        notes += _error_notes(sheet, filled)
        notes += _hidden_notes(sheet, valid)
    return tuple(tables), (*notes, *loss_notes(given, tables))


def _is_visible(sheet: Sheet, cell: PlacedCell) -> bool:
    """Return whether the first row and column of a cell are visible."""
    return cell.row not in sheet.hidden_rows and cell.column not in sheet.hidden_columns


def _visible_cells(path: Path, sheet: Sheet, filled: Sequence[PlacedCell]) -> Iterator[PlacedCell]:
    """Yield the visible cells; a merged cell spans the visible rows and columns of its range."""
    height = max((cell.row + 1 for cell in filled), default=0)
    width = max((cell.column + 1 for cell in filled), default=0)
    check_table(path, height, width)
    rows = _visible_positions(height, sheet.hidden_rows)
    columns = _visible_positions(width, sheet.hidden_columns)
    for cell in filled:
        bottom, right = min(cell.row + cell.rows, height), min(cell.column + cell.columns, width)
        below = [row for row in range(cell.row, bottom) if row in rows]
        beside = [column for column in range(cell.column, right) if column in columns]
        if below and beside:
            yield replace(
                cell,
                text=join_wrapped_lines(cell.text),
                line=cell.line + below[0] - cell.row,
                row=rows[below[0]],
                column=columns[beside[0]],
                rows=len(below),
                columns=len(beside),
            )


def _visible_positions(size: int, hidden: Collection[int]) -> dict[int, int]:
    return {n: place for place, n in enumerate(n for n in range(size) if n not in hidden)}


def _hidden_notes(sheet: Sheet, filled: Sequence[PlacedCell]) -> Iterator[Problem]:
    """Yield notes on hidden rows and columns, without their text, which may name people.

    A merged cell that is visible in another row or column is not counted.
    """
    rows = {cell.row for cell in filled if cell.row in sheet.hidden_rows and cell.rows == 1}
    if rows:
        ranges = _join_ranges([str(row + 1) for row in sorted(rows)], sorted(rows))
        yield Problem(None, min(rows) + 1, f"hidden rows are left out: {ranges}", sheet.name)
    columns = {
        cell.column for cell in filled if cell.column in sheet.hidden_columns and cell.columns == 1
    }
    if columns:
        names = [_column_letters(column) for column in sorted(columns)]
        ranges = _join_ranges(names, sorted(columns))
        yield Problem(None, None, f"hidden columns are left out: {ranges}", sheet.name)


def _error_notes(sheet: Sheet, filled: Sequence[PlacedCell]) -> Iterator[Problem]:
    """Yield a note on the cells that have an error instead of a value."""
    found = [
        (cell.line, f"{_column_letters(cell.column)}{cell.row + 1} {cell.text.strip()}")
        for cell in filled
        if _ERROR.fullmatch(cell.text.strip()) and _is_visible(sheet, cell)
    ]
    if found:
        names = ", ".join(name for _, name in found[:_MOST_ERRORS])
        more = len(found) - _MOST_ERRORS
        names += f" and {more} more" if more > 0 else ""
        yield Problem(None, found[0][0], f"errors of formulas are left out: {names}", sheet.name)


def _join_ranges(names: Sequence[str], numbers: Sequence[int]) -> str:
    """Return comma-separated names, with names of consecutive numbers as ranges.

    >>> _join_ranges(["2", "5", "6", "7"], [1, 4, 5, 6])
    '2, 5–7'
    """
    runs: list[list[int]] = []
    for place, number in enumerate(numbers):
        if runs and number == numbers[runs[-1][-1]] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(
        names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs
    )


def _column_letters(column: int) -> str:
    """Return the letters of a column.

    >>> _column_letters(0), _column_letters(25), _column_letters(26)
    ('A', 'Z', 'AA')
    """
    found = ""
    column += 1
    while column:
        column, place = divmod(column - 1, _ALPHABET_SIZE)
        found = chr(_FIRST_LETTER + place) + found
    return found
