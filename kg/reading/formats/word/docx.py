"""Read paragraphs and tables from a Word document, with python-docx."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.table import CT_Row, CT_Tc
from docx.oxml.text.paragraph import CT_P

from kg.model import Problem
from kg.reading.formats.archive import check_archive, readable_as
from kg.reading.formats.line_breaks import join_wrapped_lines
from kg.reading.formats.losses import count_characters, loss_notes
from kg.reading.formats.package import normalise_package
from kg.reading.formats.placed_cells import PlacedCell, table_from_cells
from kg.reading.formats.word.docx_numbers import heading_levels, paragraph_marks
from kg.reading.formats.word.docx_symbols import UNKNOWN
from kg.reading.formats.word.docx_text import (
    blocks_in,
    cell_text,
    cells_in,
    is_merged_with_above,
    paragraph_text,
    paragraphs_in,
    rows_in,
    visible_texts,
)
from kg.reading.structure.document import Block, Document, GridCell, Paragraph

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

_QUOTED = 60
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def read(path: Path) -> Document:
    """Return the paragraphs and tables of a Word document, in order.

    Tracked changes are read as accepted. The document's parts are checked first; references to
    other files are not followed.

    Raises:
        InputError: The document is damaged, or not safe to unpack.
    """
    check_archive(path)
    with readable_as(path, "a Word document"):
        word = docx.Document(normalise_package(path))
        blocks = tuple(_blocks(path, word))
        given = sum(map(count_characters, visible_texts(word.element.body)))
        title = word.core_properties.title
    notes = (*_symbol_notes(blocks), *loss_notes(given, blocks))
    return Document(blocks, title, "paragraph", notes)


def _blocks(path: Path, word: WordDocument) -> Iterator[Block]:
    """Yield paragraphs and tables; their line is a count of paragraphs and table rows."""
    blocks = list(blocks_in(word.element.body))
    marks = paragraph_marks(word, paragraphs_in(word.element.body))
    heads = heading_levels({block: marks[block] for block in blocks if block in marks})

    def cell_line(paragraph: BaseOxmlElement) -> str:
        mark = marks.get(paragraph)
        text = join_wrapped_lines(paragraph_text(paragraph))
        # Bullets are left out because each paragraph of a cell is a line of its own.
        return text if mark is None or mark.bullet else mark.prefix(text)

    line = above = 0
    for block in blocks:
        if not isinstance(block, CT_P):
            rows = list(rows_in(block))
            yield table_from_cells(path, _placed_cells(rows, line, cell_line))
            line += len(rows)
            continue
        line += 1
        text = " ".join(join_wrapped_lines(paragraph_text(block)).split())
        if not text:
            continue
        level = _heading_level(word, block)
        above = level or above
        mark = marks.get(block)
        if block in heads:
            level = level or above + heads[block]
        elif mark and not (level and mark.text[0].isdecimal()):
            # Numbers in digits are left out of headings, which are nested by their levels.
            text = mark.prefix(text)
        yield Paragraph(text, line, level)


def _symbol_notes(blocks: Sequence[Block]) -> Iterator[Problem]:
    """Yield a note on each text with unknown symbols."""
    for block in blocks:
        texts: Iterable[Paragraph | GridCell] = (
            [block] if isinstance(block, Paragraph) else chain.from_iterable(block.rows)
        )
        for shown in texts:
            if UNKNOWN in shown.text:
                reason = f"“{UNKNOWN}” is a symbol of a special font; look it up in the document"
                yield Problem(None, shown.line, reason, " ".join(shown.text.split())[:_QUOTED])


def _heading_level(word: WordDocument, paragraph: CT_P) -> int:
    style = word.part.get_style(paragraph.style, WD_STYLE_TYPE.PARAGRAPH)
    match = _HEADING.match(style.name or "")
    return int(match[1]) if match else 0


def _placed_cells(
    table: Sequence[BaseOxmlElement], before: int, line_of: Callable[[BaseOxmlElement], str]
) -> Iterator[PlacedCell]:
    """Yield the cells of a table, each vertically merged one once.

    Args:
        table: The rows of the table.
        before: The number of paragraphs and rows before the table.
        line_of: Returns the text of a paragraph.
    """
    rows = [_cells_by_column(row) for row in table]
    for index, row in enumerate(rows):
        for column, (cell, columns) in row.items():
            if is_merged_with_above(cell):
                continue
            below = index + 1
            while (
                below < len(rows)
                and column in rows[below]
                and is_merged_with_above(rows[below][column][0])
            ):
                below += 1
            line = before + index + 1
            yield PlacedCell(cell_text(cell, line_of), line, index, column, below - index, columns)


def _cells_by_column(row: BaseOxmlElement) -> dict[int, tuple[CT_Tc, int]]:
    """Return the cells of a row with the number of columns they span, by their first column."""
    found: dict[int, tuple[CT_Tc, int]] = {}
    column = row.grid_before if isinstance(row, CT_Row) else 0
    for cell in cells_in(row):
        assert isinstance(cell, CT_Tc)
        found[column] = cell, cell.grid_span
        column += cell.grid_span
    return found
