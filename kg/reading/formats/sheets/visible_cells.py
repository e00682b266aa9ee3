"""Keep what of a spreadsheet is seen, and tell what is hidden in it or is an error."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model import Problem
from kg.reading.budget import check_table
from kg.reading.formats.line_breaks import unwrapped
from kg.reading.formats.losses import count_letters, loss_notes
from kg.reading.formats.unfold import Placed, unfold
from kg.reading.structure.document import Table

_FIRST_LETTER, _LETTERS = ord("A"), 26
# What spreadsheets show where a formula has no value.
_ERROR = re.compile(r"#(?:[A-Z]+[!?]|N/A|DIV/0!|GETTING_DATA)|Err:\d{3}")
_MOST_ERRORS = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as its format tells it.

    Attributes:
        name: Its name.
        cells: Its cells, placed as if nothing were hidden.
        hidden_rows: Indexes of the rows that are hidden.
        hidden_columns: Indexes of the columns that are hidden.
        hidden: Whether the whole sheet is.
    """

    name: str
    cells: Sequence[Placed]
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    hidden: bool = False


def seen(
    path: Path, sheets: Iterable[Sheet], beside: int = 0
) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """Return the tables that sheets show, and notes on what is hidden but filled, or an error.

    Line breaks stay only where they part sentences, items or names.

    Args:
        path: The source file, named in messages.
        sheets: All sheets, in order.
        beside: How many characters text boxes hold (`kg.reading.formats.losses.count_letters`).

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
        told = [cell for cell in filled if not _ERROR.fullmatch(cell.text.strip())]
        given += sum(count_letters(cell.text) for cell in told if _is_visible(sheet, cell))
        tables.append(unfold(path, _shown(path, sheet, told), sheet.name))
        notes += _errors(sheet, filled)
        notes += _notes(sheet, told)
    return tuple(tables), (*notes, *loss_notes(given, tables))


def _is_visible(sheet: Sheet, cell: Placed) -> bool:
    """Return whether the first row and column of a cell are visible."""
    return cell.row not in sheet.hidden_rows and cell.column not in sheet.hidden_columns


def _shown(path: Path, sheet: Sheet, filled: Sequence[Placed]) -> Iterator[Placed]:
    """Yield the cells that are seen; a merged one spans the seen rows and columns of its range."""
    height = max((cell.row + 1 for cell in filled), default=0)
    width = max((cell.column + 1 for cell in filled), default=0)
    check_table(path, height, width)
    rows = _positions(height, sheet.hidden_rows)
    columns = _positions(width, sheet.hidden_columns)
    for cell in filled:
        bottom, right = min(cell.row + cell.rows, height), min(cell.column + cell.columns, width)
        below = [row for row in range(cell.row, bottom) if row in rows]
        beside = [column for column in range(cell.column, right) if column in columns]
        if below and beside:
            yield replace(
                cell,
                text=unwrapped(cell.text),
                line=cell.line + below[0] - cell.row,
                row=rows[below[0]],
                column=columns[beside[0]],
                rows=len(below),
                columns=len(beside),
            )


def _positions(size: int, hidden: Collection[int]) -> dict[int, int]:
    return {n: place for place, n in enumerate(n for n in range(size) if n not in hidden)}


def _notes(sheet: Sheet, filled: Sequence[Placed]) -> Iterator[Problem]:
    """Yield notes on the rows and columns that are left out; they may name people: none is quoted.

    A merged cell that is seen in another row or column is not left out.
    """
    rows = {cell.row for cell in filled if cell.row in sheet.hidden_rows and cell.rows == 1}
    if rows:
        told = _ranges([str(row + 1) for row in sorted(rows)], sorted(rows))
        yield Problem(None, min(rows) + 1, f"hidden rows are left out: {told}", sheet.name)
    columns = {
        cell.column for cell in filled if cell.column in sheet.hidden_columns and cell.columns == 1
    }
    if columns:
        told = _ranges([_letters(column) for column in sorted(columns)], sorted(columns))
        yield Problem(None, None, f"hidden columns are left out: {told}", sheet.name)


def _errors(sheet: Sheet, filled: Sequence[Placed]) -> Iterator[Problem]:
    """Yield a note on the cells that show an error in place of a value."""
    found = [
        (cell.line, f"{_letters(cell.column)}{cell.row + 1} {cell.text.strip()}")
        for cell in filled
        if _ERROR.fullmatch(cell.text.strip()) and _is_visible(sheet, cell)
    ]
    if found:
        told = ", ".join(name for _, name in found[:_MOST_ERRORS])
        more = len(found) - _MOST_ERRORS
        told += f" and {more} more" if more > 0 else ""
        yield Problem(None, found[0][0], f"errors of formulas are left out: {told}", sheet.name)


def _ranges(names: Sequence[str], numbers: Sequence[int]) -> str:
    """Return names with those that follow each other told as ranges.

    >>> _ranges(["2", "5", "6", "7"], [1, 4, 5, 6])
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


def _letters(column: int) -> str:
    """Return the letters of a column.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    found = ""
    column += 1
    while column:
        column, place = divmod(column - 1, _LETTERS)
        found = chr(_FIRST_LETTER + place) + found
    return found
