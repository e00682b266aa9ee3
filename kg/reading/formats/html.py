"""Read paragraphs and tables from a web page, with lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reading.budget import CELLS, COLUMNS, check_table
from kg.reading.formats.line_breaks import join_wrapped_lines
from kg.reading.formats.losses import count_characters, loss_notes
from kg.reading.formats.placed_cells import PlacedCell, table_from_cells
from kg.reading.source import read_text
from kg.reading.structure.document import Block, Document, Paragraph, Table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements that belong to the page, not to its content, and elements that are not shown.
_FURNITURE = frozenset(
    "script style noscript template nav footer aside form select button iframe svg head".split()
)
_BLOCKS = frozenset(
    "p div section article main header li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre "
    "body html td th tr tbody thead tfoot table center figure caption br hr".split()
)
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
# A line break in the source between Chinese characters is not shown as a space.
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]\s*(?={_WIDE})")
# Programs that break source lines only at spaces.
_SPACE_BREAKERS = re.compile(r"LibreOffice|OpenOffice|HTML Tidy")
# Placeholders for line breaks and for the edges of blocks until white space is collapsed.
_BREAK, _EDGE = "\x01", "\x02"
# How many blocks and line breaks a cell of a header row may have.
_LONGEST_CELL = 4
# Where source text that is not content begins and ends.
_NOT_TEXT = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read(path: Path) -> Document:
    """Return the visible content of a web page; no other resources are loaded.

    Raises:
        InputError: The file cannot be read, or a table is too large.
    """
    from lxml import etree, html

    text = read_text(path)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
        title = " ".join((root.findtext(".//title") or "").split())
        if _SPACE_BREAKERS.search(" ".join(root.xpath("//meta[@name='generator']/@content"))):
            _replace_line_breaks(root)
        blocks = tuple(_Page(path).blocks(root))
    except (etree.LxmlError, RecursionError, ValueError):
        raise InputError(f"{path}: cannot be read as a web page; save the page again") from None
    return Document(blocks, title, notes=loss_notes(_visible_letters(text, root), blocks))


def _visible_letters(text: str, root: HtmlElement) -> int:
    """Return how many characters the source has, without those in hidden elements."""
    hidden = sum(count_characters(element.text_content()) for element in _hidden_elements(root))
    return count_characters(unescape("".join(_source_texts(text)))) - hidden


def _source_texts(source: str) -> Iterator[str]:
    """Yield the text in a source, without tags, comments, scripts and styles.

    The parser is not used because it may stop before the end of the source.
    """
    lower, at = source.lower(), 0
    while (start := source.find("<", at)) >= 0:
        yield source[at:start]
        pair = next((pair for pair in _NOT_TEXT if lower.startswith(pair[0], start)), ("<", ">"))
        end = lower.find(pair[1], start)
        if end < 0:
            at = start
            break
        at = end + len(pair[1])
    yield source[at:]


def _hidden_elements(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the outermost hidden elements, after emptying the scripts and styles in them."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("script", "style"):
            continue
        if _is_shown(child):
            yield from _hidden_elements(child)
        else:
            for code in child.iter("script", "style"):
                code.text = ""
            yield child


class _Page:
    def __init__(self, path: Path) -> None:
        self._path = path

    def blocks(self, element: HtmlElement) -> Iterator[Block]:
        """Yield the paragraphs and tables in an element, in order."""
        line, text = element.sourceline or 1, element.text or ""
        level = int(element.tag[1]) if re.fullmatch("h[1-6]", element.tag) else 0
        for child in element:
            if _is_shown(child):
                if child.tag == "table" and not _is_layout(child):
                    yield from _paragraphs(text, line, level)
                    yield self._table(child)
                    text = ""
                elif child.tag in _BLOCKS or child.find(".//table") is not None:
                    yield from _paragraphs(text, line, level)
                    yield from self.blocks(child)
                    text = ""
                else:
                    text += _text(child)
            line = line if text.strip() else child.sourceline or line
            text += child.tail or ""
        yield from _paragraphs(text, line, level)

    def _table(self, table: HtmlElement) -> Table:
        taken: set[tuple[int, int]] = set()
        cells: list[PlacedCell] = []
        rows = list(_rows(table))
        check_table(self._path, len(rows), max(map(len, rows), default=0))
        for index, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th") or not _is_shown(cell):
                    continue
                while (index, column) in taken:
                    column += 1
                columns = min(_span(cell, "colspan") or 1, COLUMNS)
                height = min(_span(cell, "rowspan") or len(rows), len(rows) - index)
                if len(taken) + columns * height > CELLS:
                    raise InputError(f"{self._path}: a table has over {CELLS:,} cells; split it")
                taken.update(
                    (r, c)
                    for r in range(index, index + height)
                    for c in range(column, column + columns)
                )
                line = row.sourceline or cell.sourceline or 1
                cells.append(PlacedCell(_cell_text(cell), line, index, column, height, columns))
                column += columns
        return table_from_cells(self._path, cells)


def _replace_line_breaks(root: HtmlElement) -> None:
    """Replace the line breaks of the source with spaces."""
    for element in root.iter():
        element.text = element.text and element.text.replace("\n", " ")
        element.tail = element.tail and element.tail.replace("\n", " ")


def _paragraphs(text: str, line: int, level: int) -> Iterator[Paragraph]:
    for part in re.split(f"[{_BREAK}{_EDGE}]", text):
        if shown := _collapse_white_space(part):
            yield Paragraph(shown, line, level)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the rows of a table, without those of nested tables."""
    for child in table:
        if child.tag == "tr" and _is_shown(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and _is_shown(child):
            yield from (row for row in child if row.tag == "tr" and _is_shown(row))


def _is_layout(table: HtmlElement) -> bool:
    """Return whether a table is only used for page layout.

    Such a table holds other tables or an article, and has at most one row of several cells.
    """
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
    if table.find(".//table") is not None:
        leaves = (sum(cell.find(".//table") is None for cell in cells) for cells in rows)
        return sum(count > 2 for count in leaves) < 2
    several = [cells for cells in rows if len(cells) > 1]
    return not several or (len(several) == 1 and any(map(_is_article, several[0])))


def _is_article(cell: HtmlElement) -> bool:
    return sum(child.tag in _BLOCKS for child in cell.iter()) > _LONGEST_CELL


def _is_shown(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _FURNITURE:
        return False
    return "hidden" not in element.attrib and not _HIDDEN.search(element.get("style") or "")


def _span(cell: HtmlElement, name: str) -> int:
    """Return a span of a cell; a rowspan of 0 means up to the end of the table."""
    text = (cell.get(name) or "1").strip()
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 1


def _text(element: HtmlElement) -> str:
    """Return the text of an element as in the source, with line breaks and block edges marked."""
    if element.tag == "br":
        return _BREAK
    text = element.text or ""
    for child in element:
        if _is_shown(child):
            inner = _text(child)
            text += f"{_EDGE}{inner}{_EDGE}" if child.tag in _BLOCKS - {"br"} else inner
        text += child.tail or ""
    return text


def _cell_text(cell: HtmlElement) -> str:
    """Return the text of a cell, with a line for each block and for each break that is kept."""
    blocks = _text(cell).split(_EDGE)
    lines = (
        join_wrapped_lines("\n".join(map(_collapse_white_space, block.split(_BREAK))))
        for block in blocks
    )
    return "\n".join(line for line in lines if line)


def _collapse_white_space(text: str) -> str:
    """Return a text with white space collapsed as browsers do."""
    return " ".join(_SOURCE_BREAK.sub("", text).split())
