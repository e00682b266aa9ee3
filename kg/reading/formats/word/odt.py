"""Read paragraphs and tables from an OpenDocument text, with odfdo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.reading.formats.losses import loss_notes
from kg.reading.formats.odf import (
    CONTAINERS,
    PARAGRAPHS,
    count_visible_characters,
    paragraph_text,
    read_open_document,
    sheet_of,
    text_boxes,
)
from kg.reading.formats.placed_cells import table_from_cells
from kg.reading.structure.document import Block, Document, Paragraph

if TYPE_CHECKING:
    from odfdo import Document as OpenDocument
    from odfdo.element import Element


def read(path: Path) -> Document:
    """Return the paragraphs and tables of an OpenDocument text, in order.

    Raises:
        InputError: The document is damaged, encrypted, or not safe to unpack.
    """

    def convert(document: OpenDocument) -> Document:
        blocks = tuple(_blocks(path, document.body))
        notes = loss_notes(count_visible_characters(document.body), blocks)
        return Document(blocks, document.meta.title or "", "paragraph", notes)

    return read_open_document(path, "an OpenDocument text", convert)


def _blocks(path: Path, body: Element) -> Iterator[Block]:
    """Yield paragraphs and tables; their line is a count of paragraphs and table rows."""
    line = 0
    for element in _elements(body):
        if element.tag == "table:table":
            sheet = sheet_of(path, element, line)
            yield table_from_cells(path, sheet.cells)
            line += max((cell.row + 1 for cell in sheet.cells), default=0)
            continue
        line += 1
        text = " ".join(paragraph_text(element).split())
        if text:
            level = element.get_attribute_integer("text:outline-level") or 0
            yield Paragraph(text, line, level)


def _elements(container: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables in order; those in a text box follow its paragraph."""
    for child in container.children:
        if child.tag in PARAGRAPHS:
            yield child
            for box in text_boxes(child):
                yield from _elements(box)
        elif child.tag == "table:table":
            yield child
        elif child.tag in CONTAINERS:
            yield from _elements(child)
