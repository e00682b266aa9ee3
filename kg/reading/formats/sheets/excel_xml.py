"""Read the sheets of a workbook in the XML of Excel 2003 ("XML Spreadsheet"), with lxml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reading.budget import COLUMNS, ROWS
from kg.reading.formats.placed_cells import PlacedCell
from kg.reading.formats.sheets.values import format_value
from kg.reading.formats.sheets.visible_cells import Sheet, visible_tables
from kg.reading.structure.document import Document

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFICE = "{{urn:schemas-microsoft-com:office:{}}}"
_SS, _X, _O = map(_OFFICE.format, ("spreadsheet", "excel", "office"))
# Number formats with names.
_NAMED_FORMATS = {
    "General Number": "General",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Currency": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}


def read(path: Path) -> Document:
    """Return the visible cells of the visible sheets, with the stored values of formulas.

    Raises:
        InputError: The workbook is damaged, too large, or declares XML entities.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        tree = etree.parse(str(path), parser)
        if tree.docinfo.doctype:
            raise InputError(
                f"{path}: declares XML entities, which Excel does not do; they are never "
                "resolved: open it in Excel and save it as .xlsx"
            )
        root = tree.getroot()
        formats = _number_formats(root)
        tables, notes = visible_tables(
            path, (_sheet(s, formats) for s in root.iterchildren(f"{_SS}Worksheet"))
        )
    except (etree.LxmlError, OSError, ValueError):
        raise InputError(
            f"{path}: cannot be read as an Excel 2003 XML workbook; open it in Excel and save it "
            "as .xlsx"
        ) from None
    title = root.findtext(f"{_O}DocumentProperties/{_O}Title") or ""
    return Document(tables, title, "row", notes)


def _number_formats(root: _Element) -> dict[str, str]:
    """Return the number format of each style, by the style's identifier."""
    styles = {s.get(f"{_SS}ID", ""): s for s in root.iterfind(f"{_SS}Styles/{_SS}Style")}
    found: dict[str, str] = {}
    for name, style in styles.items():
        for holder in (style, styles.get(style.get(f"{_SS}Parent", ""))):
            number = holder.find(f"{_SS}NumberFormat") if holder is not None else None
            if number is not None:
                code = number.get(f"{_SS}Format", "General")
                found[name] = _NAMED_FORMATS.get(code, code)
                break
    return found


def _sheet(sheet: _Element, formats: Mapping[str, str]) -> Sheet:
    table = sheet.find(f"{_SS}Table")
    cells: list[PlacedCell] = []
    hidden: dict[str, set[int]] = {"Row": set(), "Column": set()}
    if table is not None:
        column_styles: dict[int, str] = {}
        for columns, column in _children_with_places(table, "Column", "Span", COLUMNS):
            column_styles.update(dict.fromkeys(columns, column.get(f"{_SS}StyleID", "")))
            hidden["Column"].update(columns if _is_hidden(column) else ())
            if columns.stop > COLUMNS:
                break
        for rows, row in _children_with_places(table, "Row", "Span", ROWS):
            hidden["Row"].update(rows if _is_hidden(row) and rows.start < ROWS else ())
            for columns, cell in _children_with_places(row, "Cell", "MergeAcross", COLUMNS):
                styles = cell.get(f"{_SS}StyleID"), row.get(f"{_SS}StyleID")
                style = next(filter(None, styles), column_styles.get(columns.start, ""))
                cells.append(
                    PlacedCell(
                        _text(cell, formats.get(style or "Default", "General")),
                        rows.start + 1,
                        rows.start,
                        columns.start,
                        1 + _integer_attribute(cell, "MergeDown"),
                        len(columns),
                    )
                )
    visible = sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") or ""
    return Sheet(
        sheet.get(f"{_SS}Name", ""), cells, hidden["Row"], hidden["Column"], "Hidden" in visible
    )


def _children_with_places(
    holder: _Element, name: str, further: str, most: int
) -> Iterator[tuple[range, _Element]]:
    """Yield the children with a name, each with the range of places that it takes."""
    place = 0
    for child in holder.iterchildren(f"{_SS}{name}"):
        place = max(place, _integer_attribute(child, "Index", place + 1) - 1)
        places = range(place, place + 1 + min(_integer_attribute(child, further), most))
        yield places, child
        place = places.stop


def _text(cell: _Element, style: str) -> str:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type")
    if kind == "Number":
        return format_value(float(text), style)
    if kind == "DateTime":
        return format_value(datetime.fromisoformat(text), style)
    if kind == "Boolean":
        return format_value(text.strip() == "1", style)
    return text if kind == "Error" else format_value(text, style)


def _is_hidden(element: _Element) -> bool:
    return bool(element.get(f"{_SS}Hidden") == "1")


def _integer_attribute(element: _Element, name: str, missing: int = 0) -> int:
    return max(0, int(element.get(f"{_SS}{name}", missing)))
