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

from kg.errors import InputError
from kg.model import Problem
from kg.reading.formats.archive import check_archive
from kg.reading.formats.line_breaks import unwrapped
from kg.reading.formats.losses import count_letters, loss_notes
from kg.reading.formats.package import usual_package
from kg.reading.formats.unfold import Placed, unfold
from kg.reading.formats.word.docx_numbers import levels_of, marks_of
from kg.reading.formats.word.docx_symbols import UNKNOWN
from kg.reading.formats.word.docx_text import (
    blocks_in,
    cells_in,
    goes_on,
    paragraphs_in,
    rows_in,
    text_of,
    texts_in,
    words,
)
from kg.reading.structure.document import Block, Document, GridCell, Paragraph

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

_QUOTED = 60
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def read(path: Path) -> Document:
    """Return the paragraphs and tables of a Word document in their order.

    Tracked changes are read as if they were accepted. The document's parts are checked first;
    references to other files are not followed.

    Raises:
        InputError: The document is damaged, or not safe to unpack.
    """
    check_archive(path)
    try:
        word = docx.Document(usual_package(path))
        blocks = tuple(_blocks(path, word))
        given = sum(map(count_letters, texts_in(word.element.body)))
        title = word.core_properties.title
    except InputError:
        raise
    except Exception as error:  # What python-docx meets in a damaged file is not of one kind.
        raise InputError(
            f"{path}: cannot be read as a Word document ({type(error).__name__}); "
            "open it in its program and save it again"
        ) from None
    notes = (*_notes(blocks), *loss_notes(given, blocks))
    return Document(blocks, title, "paragraph", notes)


def _blocks(path: Path, word: WordDocument) -> Iterator[Block]:
    """Yield paragraphs and tables; both count paragraphs, a row of a table as one."""
    blocks = list(blocks_in(word.element.body))
    marks = marks_of(word, paragraphs_in(word.element.body))
    heads = levels_of({block: marks[block] for block in blocks if block in marks})

    def shown_in_cell(paragraph: BaseOxmlElement) -> str:
        mark = marks.get(paragraph)
        text = unwrapped(words(paragraph))
        # A bullet tells nothing that the line does not.
        return text if mark is None or mark.bullet else mark.before(text)

    line = above = 0
    for block in blocks:
        if not isinstance(block, CT_P):
            rows = list(rows_in(block))
            yield unfold(path, _cells(rows, line, shown_in_cell))
            line += len(rows)
            continue
        line += 1
        text = " ".join(unwrapped(words(block)).split())
        if not text:
            continue
        level = _level(word, block)
        above = level or above
        mark = marks.get(block)
        if block in heads:
            level = level or above + heads[block]
        elif mark and not (level and mark.text[0].isdecimal()):
            # Headings nest by their levels; digits would tell another nesting.
            text = mark.before(text)
        yield Paragraph(text, line, level)


def _notes(blocks: Sequence[Block]) -> Iterator[Problem]:
    """Yield a note on each text with symbols that are not known."""
    for block in blocks:
        texts: Iterable[Paragraph | GridCell] = (
            [block] if isinstance(block, Paragraph) else chain.from_iterable(block.rows)
        )
        for shown in texts:
            if UNKNOWN in shown.text:
                reason = f"“{UNKNOWN}” is a symbol of a special font; look it up in the document"
                yield Problem(None, shown.line, reason, " ".join(shown.text.split())[:_QUOTED])


def _level(word: WordDocument, paragraph: CT_P) -> int:
    style = word.part.get_style(paragraph.style, WD_STYLE_TYPE.PARAGRAPH)
    match = _HEADING.match(style.name or "")
    return int(match[1]) if match else 0


def _cells(
    told: Sequence[BaseOxmlElement], before: int, shown: Callable[[BaseOxmlElement], str]
) -> Iterator[Placed]:
    """Yield the cells of a table; vertically merged ones are told row by row."""
    rows = [_row(row) for row in told]
    for index, row in enumerate(rows):
        for column, (cell, columns) in row.items():
            if goes_on(cell):
                continue
            below = index + 1
            while below < len(rows) and column in rows[below] and goes_on(rows[below][column][0]):
                below += 1
            line = before + index + 1
            yield Placed(text_of(cell, shown), line, index, column, below - index, columns)


def _row(row: BaseOxmlElement) -> dict[int, tuple[CT_Tc, int]]:
    """Return the cells of a row by the column where each begins, with how many it spans."""
    found: dict[int, tuple[CT_Tc, int]] = {}
    column = row.grid_before if isinstance(row, CT_Row) else 0
    for cell in cells_in(row):
        assert isinstance(cell, CT_Tc)
        found[column] = cell, cell.grid_span
        column += cell.grid_span
    return found
