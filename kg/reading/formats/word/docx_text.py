"""Find the visible text in the XML of a Word document, with tracked changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from docx.oxml.ns import nsmap, qn

from kg.reading.formats.word.docx_symbols import decode_symbols

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES, _FALLBACK = f"{_COMPATIBLE}AlternateContent", f"{_COMPATIBLE}Fallback"
_TEXT = frozenset((qn("w:t"), f"{{{nsmap['m']}}}t"))
_BREAKS = frozenset((qn("w:br"), qn("w:cr")))
# Elements that are not shown: deleted or moved text, field codes, and phonetic guides.
_INVISIBLE = frozenset(
    qn(f"w:{name}") for name in "del moveFrom instrText rt sdtPr sdtEndPr pPr rPr".split()
)
# Drawings are not part of the text around them; their text boxes are read separately.
_DRAWN = frozenset((qn("w:drawing"), qn("w:pict"), qn("w:object"), _ALTERNATIVES))


def blocks_in(holder: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the paragraphs and tables in a body, cell or text box, in order.

    Those in content controls and insertions are included. A text box follows its paragraph. A
    table of one column around other tables is used for layout only, and its content is yielded.
    """
    for child in holder:
        if child.tag == _P:
            yield child
            for box in _text_boxes(child):
                yield from blocks_in(box)
        elif child.tag == _TABLE and _is_layout_table(child):
            for row in rows_in(child):
                for cell in cells_in(row):
                    yield from blocks_in(cell)
        elif child.tag == _TABLE:
            yield child
        elif is_visible(child):
            yield from blocks_in(child)


def rows_in(table: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the rows of a table, without deleted ones."""
    for row in _children(table, _ROW):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield row


def cells_in(row: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the cells of a row."""
    yield from _children(row, _CELL)


def paragraphs_in(holder: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the paragraphs in a body, cell or text box, including those in tables, in order."""
    for block in blocks_in(holder):
        if block.tag == _P:
            yield block
            continue
        for row in rows_in(block):
            for cell in cells_in(row):
                if not is_merged_with_above(cell):
                    yield from paragraphs_in(cell)


def is_merged_with_above(cell: BaseOxmlElement) -> bool:
    """Return whether a cell is merged with the one above."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val"), "continue") == "continue"


def cell_text(cell: BaseOxmlElement, line_of: Callable[[BaseOxmlElement], str]) -> str:
    """Return the text of a cell, including nested tables, with a line for each paragraph.

    Args:
        cell: The cell.
        line_of: Returns the text of a paragraph.
    """
    if cell.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
        return ""
    return "\n".join(line for line in map(line_of, paragraphs_in(cell)) if line.strip())


def paragraph_text(element: BaseOxmlElement) -> str:
    """Return the text of a paragraph or a part of one."""
    text = ""
    fonts = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) if fonts is not None else None
    for child in element:
        if child.tag in _TEXT:
            text += decode_symbols(child.text or "", font)
        elif child.tag == qn("w:sym"):
            code = chr(int(child.get(qn("w:char")) or "20", 16))
            text += decode_symbols(code, child.get(qn("w:font")))
        elif child.tag in _BREAKS:
            text += "\n"
        elif child.tag == qn("w:tab"):
            text += "\t"
        elif child.tag == qn("w:noBreakHyphen"):
            text += "-"
        elif is_visible(child) and child.tag not in _DRAWN:
            text += paragraph_text(child)
    return text


def visible_texts(element: BaseOxmlElement) -> Iterator[str]:
    """Yield all visible text in an element, including drawings."""
    for child in element:
        if child.tag in _TEXT:
            yield child.text or ""
        elif is_visible(child):
            yield from visible_texts(child)


def _children(element: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """Yield the children with a tag, including those in content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif is_visible(child) and child.tag not in (_P, _ROW, _CELL, _TABLE):
            yield from _children(child, tag)


def is_visible(element: BaseOxmlElement) -> bool:
    """Return whether an element may have visible text; a run of hidden text has none."""
    if element.tag in _INVISIBLE or element.tag == _FALLBACK:
        return False
    vanish = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is None or vanish.get(qn("w:val")) in ("0", "false", "off")


def _text_boxes(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the text boxes in a paragraph, each once, without nested ones."""
    for child in element:
        if child.tag == qn("w:txbxContent"):
            yield child
        elif is_visible(child):
            yield from _text_boxes(child)


def _is_layout_table(table: BaseOxmlElement) -> bool:
    """Return whether a table has one column and contains another table."""
    rows = [list(cells_in(row)) for row in rows_in(table)]
    return all(len(cells) == 1 for cells in rows) and any(
        next(blocks.iter(_TABLE), None) is not None for cells in rows for blocks in cells
    )
