"""Read paragraphs and tables from a web page, with lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reading.budget import CELLS, COLUMNS, check_table
from kg.reading.formats.line_breaks import unwrapped
from kg.reading.formats.losses import count_letters, loss_notes
from kg.reading.formats.unfold import Placed, unfold
from kg.reading.source import read_text
from kg.reading.structure.document import Block, Document, Paragraph, Table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What belongs to the page, not to what it tells, and what is not shown.
_FURNITURE = frozenset(
    "script style noscript template nav footer aside form select button iframe svg head".split()
)
_BLOCKS = frozenset(
    "p div section article main header li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre "
    "body html td th tr tbody thead tfoot table center figure caption br hr".split()
)
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
# A line break of the source between Chinese characters shows nothing.
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]\s*(?={_WIDE})")
# Programs that break lines of the source only where a space stands.
_SPACE_BREAKERS = re.compile(r"LibreOffice|OpenOffice|HTML Tidy")
# They stand for line breaks and for the edges of blocks until the white space is settled.
_BREAK, _EDGE = "\x01", "\x02"
# How many blocks and line breaks a cell of a header may have.
_LONGEST_CELL = 4
# How what is no text of the page begins and ends in its source.
_UNREAD = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read(path: Path) -> Document:
    """Return what a web page shows; nothing that it refers to is loaded.

    Raises:
        InputError: The file cannot be read, or a table is too large.
    """
    from lxml import etree, html

    text = read_text(path)
    # Each line tells where its elements begin, the last possible one too.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
        title = " ".join((root.findtext(".//title") or "").split())
        if _SPACE_BREAKERS.search(" ".join(root.xpath("//meta[@name='generator']/@content"))):
            _with_spaces(root)
        blocks = tuple(_Page(path).blocks(root))
    except (etree.LxmlError, RecursionError, ValueError):
        raise InputError(f"{path}: cannot be read as a web page; save the page again") from None
    return Document(blocks, title, notes=loss_notes(_visible_letters(text, root), blocks))


def _visible_letters(text: str, root: HtmlElement) -> int:
    """Return how many characters the source holds, less those in what is not shown."""
    unseen = sum(count_letters(element.text_content()) for element in _unseen(root))
    return count_letters(unescape("".join(_source_texts(text)))) - unseen


def _source_texts(source: str) -> Iterator[str]:
    """Yield what of a source is text: not tags, comments, scripts and styles.

    It is read without the parser, which may end before the source does.
    """
    lower, at = source.lower(), 0
    while (start := source.find("<", at)) >= 0:
        yield source[at:start]
        opened = next((pair for pair in _UNREAD if lower.startswith(pair[0], start)), ("<", ">"))
        end = lower.find(opened[1], start)
        if end < 0:
            at = start
            break
        at = end + len(opened[1])
    yield source[at:]


def _unseen(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the outermost elements that are not shown, emptied of scripts and styles."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("script", "style"):
            continue
        if _is_shown(child):
            yield from _unseen(child)
        else:
            for dead in child.iter("script", "style"):
                dead.text = ""
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
                    yield from _paragraph(text, line, level)
                    yield self._table(child)
                    text = ""
                elif child.tag in _BLOCKS or child.find(".//table") is not None:
                    yield from _paragraph(text, line, level)
                    yield from self.blocks(child)
                    text = ""
                else:
                    text += _text(child)
            line = line if text.strip() else child.sourceline or line
            text += child.tail or ""
        yield from _paragraph(text, line, level)

    def _table(self, table: HtmlElement) -> Table:
        taken: set[tuple[int, int]] = set()
        cells: list[Placed] = []
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
                cells.append(Placed(_cell_text(cell), line, index, column, height, columns))
                column += columns
        return unfold(self._path, cells)


def _with_spaces(root: HtmlElement) -> None:
    """Put spaces for the line breaks of the source."""
    for element in root.iter():
        element.text = element.text and element.text.replace("\n", " ")
        element.tail = element.tail and element.tail.replace("\n", " ")


def _paragraph(text: str, line: int, level: int) -> Iterator[Paragraph]:
    for part in re.split(f"[{_BREAK}{_EDGE}]", text):
        if shown := _settled(part):
            yield Paragraph(shown, line, level)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the rows of a table, not those of tables in it."""
    for child in table:
        if child.tag == "tr" and _is_shown(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and _is_shown(child):
            yield from (row for row in child if row.tag == "tr" and _is_shown(row))


def _is_layout(table: HtmlElement) -> bool:
    """Tell whether a table only arranges a page.

    It has hardly rows of several cells, and other tables or an article in them.
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
    """Return a span; a rowspan of 0 reaches to the end of the table."""
    text = (cell.get(name) or "1").strip()
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 1


def _text(element: HtmlElement) -> str:
    """Return the text of an element as the source has it, its breaks and blocks marked."""
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
    """Return the text of a cell: a line for each of its blocks, and where a break parts one."""
    blocks = _text(cell).split(_EDGE)
    lines = (unwrapped("\n".join(map(_settled, block.split(_BREAK)))) for block in blocks)
    return "\n".join(line for line in lines if line)


def _settled(text: str) -> str:
    """Return a text with its white space as it is shown."""
    return " ".join(_SOURCE_BREAK.sub("", text).split())
