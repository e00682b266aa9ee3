"""Read the sheets of an OpenDocument spreadsheet, with odfdo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.reading.formats.odf import count_visible_characters, read_open_document, sheet_of
from kg.reading.formats.sheets.visible_cells import visible_tables
from kg.reading.structure.document import Document

if TYPE_CHECKING:
    from odfdo import Document as OpenDocument

_NOT_SHOWN = "//style:style[@style:family='table'][style:table-properties/@table:display='false']"


def read(path: Path) -> Document:
    """Return the visible cells of the visible sheets, with the results of formulas.

    Raises:
        InputError: The spreadsheet is damaged, encrypted, too large, or not safe to unpack.
    """

    def convert(document: OpenDocument) -> Document:
        styles = document.content.get_elements(_NOT_SHOWN)
        hidden = {style.get_attribute_string("style:name") for style in styles}
        tables = [child for child in document.body.children if child.tag == "table:table"]
        sheets = (
            sheet_of(path, table, hidden=table.get_attribute_string("table:style-name") in hidden)
            for table in tables
        )
        shapes = [child for table in tables for child in table.get_elements("table:shapes")]
        found, notes = visible_tables(path, sheets, sum(map(count_visible_characters, shapes)))
        return Document(found, document.meta.title or "", "row", notes)

    return read_open_document(path, "an OpenDocument spreadsheet", convert)
