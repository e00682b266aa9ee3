"""Read the sheets of an old Excel workbook, with xlrd."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reading.document import Document
from kg.reading.formats.unfold import Placed, check_size, unfold
from kg.reading.formats.values import shown

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell, Sheet


def read(path: Path) -> Document:
    """Return the visible rows and columns of the visible sheets, formulas by their cached values.

    Raises:
        InputError: The workbook is damaged, encrypted or too large.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=StringIO())
        tables = tuple(
            unfold(path, _cells(path, book, sheet), sheet.name)
            for sheet in book.sheets()
            if sheet.visibility == 0
        )
    except InputError:
        raise
    except Exception as error:  # What xlrd meets in a damaged file is not of one kind.
        if "encrypted" in str(error):
            advice = "is encrypted; open it with its password and save it without one"
        else:
            advice = "is damaged; open it in its program and save it again"
        raise InputError(f"{path}: {advice}") from None
    return Document(tables, "", "row")


def _cells(path: Path, book: Book, sheet: Sheet) -> Iterator[Placed]:
    """Yield the cells that are seen; a merged one spans the seen rows and columns of its range."""
    check_size(path, sheet.nrows, sheet.ncols)
    rows = _seen(sheet.nrows, {n for n, info in sheet.rowinfo_map.items() if info.hidden})
    columns = _seen(sheet.ncols, {n for n, info in sheet.colinfo_map.items() if info.hidden})
    spans = {(low, left): (high, right) for low, high, left, right in sheet.merged_cells}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            text = _text(book, sheet.cell(row, column))
            high, right = spans.get((row, column), (row + 1, column + 1))
            seen_rows = [n for n in range(row, high) if n in rows]
            seen_columns = [n for n in range(column, right) if n in columns]
            if text.strip() and seen_rows and seen_columns:
                yield Placed(
                    text,
                    seen_rows[0] + 1,
                    rows[seen_rows[0]],
                    columns[seen_columns[0]],
                    len(seen_rows),
                    len(seen_columns),
                )


def _seen(size: int, hidden: set[int]) -> dict[int, int]:
    return {n: place for place, n in enumerate(n for n in range(size) if n not in hidden)}


def _text(book: Book, cell: Cell) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    if cell.ctype == xlrd.XL_CELL_DATE:
        return shown(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode), "")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value))
    style = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return shown(cell.value, style.format_str if style else "")
