"""Read the sheets of an OpenDocument spreadsheet, with odfdo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.reading.formats.odf import letters_in, opened, sheet_of
from kg.reading.formats.sheets.visible_cells import seen
from kg.reading.structure.document import Document

if TYPE_CHECKING:
    from odfdo import Document as OpenDocument

_NOT_SHOWN = "//style:style[@style:family='table'][style:table-properties/@table:display='false']"


def read(path: Path) -> Document:
    """Return the visible rows and columns of the visible sheets, formulas by what they show.

    Raises:
        InputError: The spreadsheet is damaged, encrypted, too large, or not safe to unpack.
    """

    def make(document: OpenDocument) -> Document:
        styles = document.content.get_elements(_NOT_SHOWN)
        hidden = {style.get_attribute_string("style:name") for style in styles}
        tables = [child for child in document.body.children if child.tag == "table:table"]
        sheets = (
            sheet_of(path, table, hidden=table.get_attribute_string("table:style-name") in hidden)
            for table in tables
        )
        shapes = [child for table in tables for child in table.get_elements("table:shapes")]
        found, notes = seen(path, sheets, sum(map(letters_in, shapes)))
        return Document(found, document.meta.title or "", "row", notes)

    return opened(path, "an OpenDocument spreadsheet", make)
