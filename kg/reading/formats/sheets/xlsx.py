"""Read the sheets of an Excel workbook, with openpyxl."""

from __future__ import annotations

import re
import warnings
import zipfile
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reading.budget import CELLS, check_table
from kg.reading.formats.archive import check_archive, readable_as
from kg.reading.formats.losses import count_characters
from kg.reading.formats.package import normalise_package
from kg.reading.formats.placed_cells import PlacedCell
from kg.reading.formats.sheets.values import format_value
from kg.reading.formats.sheets.visible_cells import Sheet, visible_tables
from kg.reading.structure.document import Document

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']\s*([A-Za-z0-9:$]+)")
# Escapes of characters that XML does not allow (ISO 29500-1, ST_Xstring).
_ESCAPES = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Excel's built-in Chinese date formats by number, which openpyxl does not know.
_MONTHS = dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"')
_DAYS = dict.fromkeys((28, 29, 30, 31, 51, 53, 54, 58), 'yyyy"年"m"月"d"日"')
_DATES = {**_MONTHS, **_DAYS}
# The size of a sheet in Excel.
_ROWS, _COLUMNS = 1_048_576, 16_384
_SHAPE_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


def read(path: Path) -> Document:
    """Return the visible cells of the visible sheets, with the cached values of formulas.

    Raises:
        InputError: The workbook is damaged, too large, or not safe to unpack.
    """
    check_archive(path)
    package = normalise_package(path)
    _check_merges(path, package)
    from openpyxl import load_workbook

    with readable_as(path, "an Excel workbook"):
        # openpyxl prints warnings, but a command should print nothing but its result.
        with warnings.catch_warnings(action="ignore"), redirect_stdout(StringIO()):
            workbook = load_workbook(package, data_only=True, keep_links=False)
        sheets = (_sheet(path, sheet) for sheet in workbook.worksheets)
        tables, notes = visible_tables(path, sheets, _count_characters_in_drawings(package))
        title = _unescape(workbook.properties.title or "")
    return Document(tables, title, "row", notes)


def _check_merges(path: Path, package: BytesIO) -> None:
    """Refuse merged cells that span whole sheets, for which openpyxl would make too many cells.

    Raises:
        InputError: The merged cells of a sheet span more cells than a table may have.
    """
    from openpyxl.utils.cell import range_boundaries

    with zipfile.ZipFile(package) as archive:
        for part in archive.namelist():
            if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
                continue
            spanned = 0
            for match in _MERGED.finditer(archive.read(part)):
                try:
                    left, top, right, bottom = range_boundaries(match[1].decode())
                except (ValueError, TypeError):
                    continue
                # Whole columns (A:C) have no rows, whole rows (1:3) no columns.
                rows = bottom - top + 1 if bottom else _ROWS
                columns = right - left + 1 if right else _COLUMNS
                spanned += rows * columns
                if spanned > CELLS:
                    raise InputError(
                        f"{path}: merged cells span {match[1].decode()}; merge only filled cells"
                    )


def _count_characters_in_drawings(package: BytesIO) -> int:
    """Return how many characters text boxes and other shapes have, which openpyxl does not read."""
    from lxml import etree

    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    count = 0
    with zipfile.ZipFile(package) as archive:
        for part in archive.namelist():
            if part.startswith("xl/drawings/drawing") and part.endswith(".xml"):
                root = etree.fromstring(archive.read(part), safe)
                count += sum(count_characters(text.text or "") for text in root.iter(_SHAPE_TEXT))
    return count


def _sheet(path: Path, sheet: Worksheet) -> Sheet:
    # openpyxl's own iteration over rows would make a cell for each empty place.
    places = sorted(sheet._cells)
    filled = [cell for place in places if (cell := sheet._cells[place]).value is not None]
    width = max((cell.column for cell in filled), default=0)
    check_table(path, max((cell.row for cell in filled), default=0), width)
    spans = {(found.min_row, found.min_col): found.size for found in sheet.merged_cells.ranges}
    alone = {"rows": 1, "columns": 1}
    return Sheet(
        _unescape(sheet.title),
        [
            PlacedCell(
                _cell_text(cell),
                cell.row,
                cell.row - 1,
                cell.column - 1,
                **spans.get((cell.row, cell.column), alone),
            )
            for cell in filled
        ],
        {row - 1 for row, found in sheet.row_dimensions.items() if found.hidden},
        {
            column - 1
            for found in sheet.column_dimensions.values()
            if found.hidden
            # A range of hidden columns may end far after the last filled column.
            for column in range(found.min or 1, min(found.max or found.min or 0, width) + 1)
        },
        sheet.sheet_state != "visible",
    )


def _cell_text(cell: Cell) -> str:
    from openpyxl.utils.datetime import from_excel

    value, style = cell.value, cell.number_format
    if isinstance(value, str):
        value = _unescape(value)
    elif isinstance(value, (int, float)) and (date_format := _DATES.get(cell._style.numFmtId)):
        value, style = from_excel(value, cell.parent.parent.epoch), date_format
    return format_value(value, style)


def _unescape(text: str) -> str:
    r"""Return a text with escapes decoded and control characters removed.

    >>> _unescape("民政局_x000D_\n住建局"), _unescape("_x005F_x000D_、_xD83C__xDFEB_")
    ('民政局\n住建局', '_x000D_、🏫')
    """
    text = _ESCAPES.sub(lambda found: _decode_escapes(found[0]), text)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decode_escapes(escapes: str) -> str:
    """Return the characters of consecutive escapes, which are code units of UTF-16."""
    units = bytes.fromhex("".join(escapes.replace("_x", "").split("_")))
    return units.decode("utf-16-be", errors="replace")
