"""Read paragraphs and tables from a Word document, with python-docx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reading.document import Block, Document, Paragraph
from kg.reading.formats.archive import check_archive
from kg.reading.formats.unfold import Placed, unfold

if TYPE_CHECKING:
    from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def read(path: Path) -> Document:
    """Return the paragraphs and tables of a Word document in their order.

    Its parts are checked first; references to other files are not followed.

    Raises:
        InputError: The document is damaged, or not safe to unpack.
    """
    check_archive(path)
    import docx

    try:
        word = docx.Document(str(path))
        blocks = tuple(_blocks(path, word.iter_inner_content()))
        title = word.core_properties.title
    except InputError:
        raise
    except Exception as error:  # What python-docx meets in a damaged file is not of one kind.
        raise InputError(
            f"{path}: cannot be read as a Word document ({type(error).__name__}); "
            "open it in its program and save it again"
        ) from None
    return Document(blocks, title, "paragraph")


def _blocks(path: Path, content: Iterator[WordParagraph | WordTable]) -> Iterator[Block]:
    """Yield paragraphs and tables; both count paragraphs, a row of a table as one."""
    from docx.table import Table as WordTable

    line = 0
    for block in content:
        if isinstance(block, WordTable):
            yield unfold(path, _cells(block._tbl, line))
            line += len(block._tbl.tr_lst)
        else:
            line += 1
            text = " ".join(block.text.split())
            if text:
                yield Paragraph(text, line, _level(block))


def _level(paragraph: WordParagraph) -> int:
    style = paragraph.style
    match = _HEADING.match(style.name or "") if style is not None else None
    return int(match[1]) if match else 0


def _cells(table: CT_Tbl, before: int) -> Iterator[Placed]:
    """Yield the cells of a table; vertically merged ones are told row by row."""
    rows = [_row(row) for row in table.tr_lst]
    for index, row in enumerate(rows):
        for column, (cell, columns) in row.items():
            if _goes_on(cell):
                continue
            below = index + 1
            while below < len(rows) and column in rows[below] and _goes_on(rows[below][column][0]):
                below += 1
            yield Placed(_text(cell), before + index + 1, index, column, below - index, columns)


def _row(row: CT_Row) -> dict[int, tuple[CT_Tc, int]]:
    """Return the cells of a row by the column where each begins, with how many it spans."""
    found: dict[int, tuple[CT_Tc, int]] = {}
    column = row.grid_before
    for cell in row.tc_lst:
        found[column] = cell, cell.grid_span
        column += cell.grid_span
    return found


def _goes_on(cell: CT_Tc) -> bool:
    return cell.vMerge == "continue"


def _text(cell: CT_Tc) -> str:
    """Return the text of a cell, that of tables inside it too, a line for each paragraph."""
    from docx.oxml.ns import qn
    from docx.oxml.text.paragraph import CT_P

    lines = (p.text for p in cell.iter(qn("w:p")) if isinstance(p, CT_P))
    return "\n".join(line for line in lines if line.strip())
