"""Walk the XML of a Word document: what of it a reader sees, tracked changes taken as accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from docx.oxml.ns import nsmap, qn

from kg.reading.formats.word.docx_symbols import in_font

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES, _FALLBACK = f"{_COMPATIBLE}AlternateContent", f"{_COMPATIBLE}Fallback"
_TEXT = frozenset((qn("w:t"), f"{{{nsmap['m']}}}t"))
_BREAKS = frozenset((qn("w:br"), qn("w:cr")))
# What is not seen: what was deleted or moved away, codes of fields, and readings above characters.
_UNSEEN = frozenset(
    qn(f"w:{name}") for name in "del moveFrom instrText rt sdtPr sdtEndPr pPr rPr".split()
)
# What is drawn stands beside the text that runs around it; its text boxes are read by themselves.
_DRAWN = frozenset((qn("w:drawing"), qn("w:pict"), qn("w:object"), _ALTERNATIVES))


def blocks_in(holder: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the paragraphs and tables in a body, cell or text box, in their order.

    Content controls and inserted parts are opened; a text box follows the paragraph that holds it;
    a table of one column around others only arranges them.
    """
    for child in holder:
        if child.tag == _P:
            yield child
            for box in _text_boxes(child):
                yield from blocks_in(box)
        elif child.tag == _TABLE and _is_frame(child):
            for row in rows_in(child):
                for cell in cells_in(row):
                    yield from blocks_in(cell)
        elif child.tag == _TABLE:
            yield child
        elif is_seen(child):
            yield from blocks_in(child)


def rows_in(table: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the rows of a table that were not deleted."""
    for row in _inside(table, _ROW):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield row


def cells_in(row: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the cells of a row."""
    yield from _inside(row, _CELL)


def paragraphs_in(holder: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the paragraphs in a body, cell or text box, those in tables too, in their order."""
    for block in blocks_in(holder):
        if block.tag == _P:
            yield block
            continue
        for row in rows_in(block):
            for cell in cells_in(row):
                if not goes_on(cell):
                    yield from paragraphs_in(cell)


def goes_on(cell: BaseOxmlElement) -> bool:
    """Tell whether a cell is a part of the one above, merged with it."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val"), "continue") == "continue"


def text_of(cell: BaseOxmlElement, shown: Callable[[BaseOxmlElement], str]) -> str:
    """Return the text of a cell, that of tables inside it too, a line for each paragraph.

    Args:
        cell: The cell.
        shown: Tells what is shown of a paragraph.
    """
    if cell.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
        return ""
    return "\n".join(line for line in map(shown, paragraphs_in(cell)) if line.strip())


def words(element: BaseOxmlElement) -> str:
    """Return the text of a paragraph or a part of one."""
    text = ""
    fonts = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) if fonts is not None else None
    for child in element:
        if child.tag in _TEXT:
            text += in_font(child.text or "", font)
        elif child.tag == qn("w:sym"):
            code = chr(int(child.get(qn("w:char")) or "20", 16))
            text += in_font(code, child.get(qn("w:font")))
        elif child.tag in _BREAKS:
            text += "\n"
        elif child.tag == qn("w:tab"):
            text += "\t"
        elif child.tag == qn("w:noBreakHyphen"):
            text += "-"
        elif is_seen(child) and child.tag not in _DRAWN:
            text += words(child)
    return text


def texts_in(element: BaseOxmlElement) -> Iterator[str]:
    """Yield all text in an element that is seen, wherever it stands."""
    for child in element:
        if child.tag in _TEXT:
            yield child.text or ""
        elif is_seen(child):
            yield from texts_in(child)


def _inside(element: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """Yield the children of a kind, also those in content controls or inserted."""
    for child in element:
        if child.tag == tag:
            yield child
        elif is_seen(child) and child.tag not in (_P, _ROW, _CELL, _TABLE):
            yield from _inside(child, tag)


def is_seen(element: BaseOxmlElement) -> bool:
    """Tell whether an element may hold what is seen; a run of hidden letters does not."""
    if element.tag in _UNSEEN or element.tag == _FALLBACK:
        return False
    vanish = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is None or vanish.get(qn("w:val")) in ("0", "false", "off")


def _text_boxes(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the text boxes in a paragraph, each once, without those in other text boxes."""
    for child in element:
        if child.tag == qn("w:txbxContent"):
            yield child
        elif is_seen(child):
            yield from _text_boxes(child)


def _is_frame(table: BaseOxmlElement) -> bool:
    """Tell whether a table has one column, and another table in it."""
    rows = [list(cells_in(row)) for row in rows_in(table)]
    return all(len(cells) == 1 for cells in rows) and any(
        next(blocks.iter(_TABLE), None) is not None for cells in rows for blocks in cells
    )
