"""Read the sheets of an Excel workbook, with openpyxl."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reading.document import Document, Table
from kg.reading.formats.archive import check_archive
from kg.reading.formats.unfold import MOST_CELLS, Placed, check_size, unfold
from kg.reading.formats.values import shown

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:$]+)\"")

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def read(path: Path) -> Document:
    """Return the visible rows and columns of the visible sheets, formulas by their cached values.

    Raises:
        InputError: The workbook is damaged, too large, or not safe to unpack.
    """
    check_archive(path)
    _check_merges(path)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(action="ignore"):
            workbook = load_workbook(path, data_only=True, keep_links=False)
        tables = tuple(
            _table(path, sheet) for sheet in workbook.worksheets if sheet.sheet_state == "visible"
        )
        title = workbook.properties.title or ""
    except InputError:
        raise
    except Exception as error:  # What openpyxl meets in a damaged file is not of one kind.
        raise InputError(
            f"{path}: cannot be read as an Excel workbook ({type(error).__name__}); "
            "open it in its program and save it again"
        ) from None
    return Document(tables, title, "row")


def _check_merges(path: Path) -> None:
    """Refuse merged cells that span whole sheets: a cell for each place in them would be made."""
    from openpyxl.utils.cell import range_boundaries

    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
                continue
            for match in _MERGED.finditer(archive.read(part)):
                try:
                    left, top, right, bottom = range_boundaries(match[1].decode())
                except (ValueError, TypeError):
                    continue
                if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
                    raise InputError(
                        f"{path}: merged cells span {match[1].decode()}; merge only what is filled"
                    )


def _table(path: Path, sheet: Worksheet) -> Table:
    hidden_rows = {row for row, found in sheet.row_dimensions.items() if found.hidden}
    hidden_columns = {
        column
        for found in sheet.column_dimensions.values()
        if found.hidden
        for column in range(found.min or found.index, (found.max or found.min or 0) + 1)
    }
    return unfold(path, _cells(path, sheet, hidden_rows, hidden_columns), sheet.title)


def _cells(
    path: Path, sheet: Worksheet, hidden_rows: set[int], hidden_columns: set[int]
) -> Iterator[Placed]:
    """Yield the cells that are seen; a merged one spans the seen rows and columns of its range."""
    # The rows that openpyxl offers are as wide as the widest, with a cell made for each place.
    places = sorted(sheet._cells)
    filled = [cell for place in places if (cell := sheet._cells[place]).value is not None]
    spans = {(found.min_row, found.min_col): found for found in sheet.merged_cells.ranges}
    last_row = max((cell.row for cell in filled), default=0)
    rows = _positions(range(1, last_row + 1), hidden_rows)
    last_column = max((cell.column for cell in filled), default=0)
    check_size(path, last_row, last_column)
    columns = _positions(range(1, last_column + 1), hidden_columns)
    for cell in filled:
        span = spans.get((cell.row, cell.column))
        own_rows = range(cell.row, min(span.max_row, last_row) + 1) if span else [cell.row]
        own_columns = (
            range(cell.column, min(span.max_col, last_column) + 1) if span else [cell.column]
        )
        seen_rows = [row for row in own_rows if row in rows]
        seen_columns = [column for column in own_columns if column in columns]
        if seen_rows and seen_columns:
            yield Placed(
                shown(cell.value, cell.number_format),
                seen_rows[0],
                rows[seen_rows[0]],
                columns[seen_columns[0]],
                len(seen_rows),
                len(seen_columns),
            )


def _positions(numbers: range, hidden: set[int]) -> dict[int, int]:
    return {n: place for place, n in enumerate(n for n in numbers if n not in hidden)}
