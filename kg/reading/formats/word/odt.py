"""Read paragraphs and tables from an OpenDocument text, with odfdo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.reading.formats.losses import loss_notes
from kg.reading.formats.odf import (
    HOLDERS,
    PARAGRAPHS,
    letters_in,
    opened,
    sheet_of,
    text_boxes,
    words,
)
from kg.reading.formats.unfold import unfold
from kg.reading.structure.document import Block, Document, Paragraph

if TYPE_CHECKING:
    from odfdo import Document as OpenDocument
    from odfdo.element import Element


def read(path: Path) -> Document:
    """Return the paragraphs and tables of an OpenDocument text in their order.

    Raises:
        InputError: The document is damaged, encrypted, or not safe to unpack.
    """

    def make(document: OpenDocument) -> Document:
        blocks = tuple(_blocks(path, document.body))
        notes = loss_notes(letters_in(document.body), blocks)
        return Document(blocks, document.meta.title or "", "paragraph", notes)

    return opened(path, "an OpenDocument text", make)


def _blocks(path: Path, body: Element) -> Iterator[Block]:
    """Yield paragraphs and tables; both count paragraphs, a row of a table as one."""
    line = 0
    for element in _elements(body):
        if element.tag == "table:table":
            sheet = sheet_of(path, element, line)
            yield unfold(path, sheet.cells)
            line += max((cell.row + 1 for cell in sheet.cells), default=0)
            continue
        line += 1
        text = " ".join(words(element).split())
        if text:
            level = element.get_attribute_integer("text:outline-level") or 0
            yield Paragraph(text, line, level)


def _elements(holder: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables in their order, those of a text box behind its paragraph."""
    for child in holder.children:
        if child.tag in PARAGRAPHS:
            yield child
            for box in text_boxes(child):
                yield from _elements(box)
        elif child.tag == "table:table":
            yield child
        elif child.tag in HOLDERS:
            yield from _elements(child)
