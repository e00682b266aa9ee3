"""Read the sheets of an old Excel workbook, with xlrd."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reading.budget import check_table
from kg.reading.formats.placed_cells import PlacedCell
from kg.reading.formats.sheets import excel_xml
from kg.reading.formats.sheets.values import format_value
from kg.reading.formats.sheets.visible_cells import Sheet, visible_tables
from kg.reading.formats.sniff import is_old_office
from kg.reading.structure.document import Document

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet as XlsSheet


def read(path: Path) -> Document:
    """Return the visible cells of the visible sheets, with the cached values of formulas.

    Workbooks in Excel 2003 XML, which may have the same suffix, are read too.

    Raises:
        InputError: The workbook is damaged, encrypted or too large.
    """
    if not is_old_office(path):
        return excel_xml.read(path)
    import xlrd

    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=StringIO())
        tables, notes = visible_tables(path, (_sheet(path, book, sheet) for sheet in book.sheets()))
    except InputError:
        raise
    except Exception as error:  # For damaged files, xlrd raises exceptions of many types.
        if "encrypted" in str(error):
            advice = "is encrypted; open it with its password and save it without one"
        else:
            advice = "is damaged; open it in an office program and save it again"
        raise InputError(f"{path}: {advice}") from None
    return Document(tables, "", "row", notes)


def _sheet(path: Path, book: Book, sheet: XlsSheet) -> Sheet:
    check_table(path, sheet.nrows, sheet.ncols)
    spans = {
        (low, left): (high - low, right - left) for low, high, left, right in sheet.merged_cells
    }
    return Sheet(
        sheet.name,
        [
            PlacedCell(text, row + 1, row, column, *spans.get((row, column), (1, 1)))
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
            if (text := _cell_text(book, sheet.cell(row, column)))
        ],
        {row for row, found in sheet.rowinfo_map.items() if found.hidden},
        {column for column, found in sheet.colinfo_map.items() if found.hidden},
        sheet.visibility != 0,
    )


def _cell_text(book: Book, cell: Cell) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value))
    found = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    style = found.format_str if found else "General"
    if cell.ctype == xlrd.XL_CELL_DATE:
        return format_value(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode), style)
    return format_value(cell.value, style)
