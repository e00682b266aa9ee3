"""Read paragraphs and tables from a web page, with lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reading.document import Block, Document, Paragraph, Table
from kg.reading.formats.unfold import MOST_CELLS, MOST_COLUMNS, Placed, check_size, unfold
from kg.reading.source import read_text

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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read(path: Path) -> Document:
    """Return what a web page shows; nothing that it refers to is loaded.

    Raises:
        InputError: The file cannot be read, or a table is too large.
    """
    from lxml import etree, html

    text = read_text(path)
    # Each line tells where its elements begin, the last possible one too.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
        title = " ".join((root.findtext(".//title") or "").split())
        blocks = tuple(_Page(path).blocks(root))
    except (etree.LxmlError, RecursionError, ValueError):
        raise InputError(f"{path}: cannot be read as a web page; save the page again") from None
    return Document(blocks, title)


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
        check_size(self._path, len(rows), max(map(len, rows), default=0))
        for index, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th") or not _is_shown(cell):
                    continue
                while (index, column) in taken:
                    column += 1
                columns = min(_span(cell, "colspan") or 1, MOST_COLUMNS)
                height = min(_span(cell, "rowspan") or len(rows), len(rows) - index)
                if len(taken) + columns * height > MOST_CELLS:
                    raise InputError(
                        f"{self._path}: a table has over {MOST_CELLS:,} cells; split it"
                    )
                taken.update(
                    (r, c)
                    for r in range(index, index + height)
                    for c in range(column, column + columns)
                )
                line = row.sourceline or cell.sourceline or 1
                cells.append(Placed(_text(cell).strip(), line, index, column, height, columns))
                column += columns
        return unfold(self._path, cells)


def _paragraph(text: str, line: int, level: int) -> Iterator[Paragraph]:
    text = " ".join(text.split())
    if text:
        yield Paragraph(text, line, level)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the rows of a table, not those of tables in it."""
    for child in table:
        if child.tag == "tr" and _is_shown(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and _is_shown(child):
            yield from (row for row in child if row.tag == "tr" and _is_shown(row))


def _is_layout(table: HtmlElement) -> bool:
    """Tell whether a table only arranges a page: it holds tables, and hardly rows of its own."""
    if table.find(".//table") is None:
        return False
    full = sum(
        sum(cell.tag in ("td", "th") and cell.find(".//table") is None for cell in row) > 2
        for row in _rows(table)
    )
    return full < 2


def _is_shown(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _FURNITURE:
        return False
    return "hidden" not in element.attrib and not _HIDDEN.search(element.get("style") or "")


def _span(cell: HtmlElement, name: str) -> int:
    """Return a span; a rowspan of 0 reaches to the end of the table."""
    text = (cell.get(name) or "1").strip()
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 1


def _text(element: HtmlElement) -> str:
    """Return the text of an element; white space in the source is one space, blocks part lines."""
    if element.tag == "br":
        return "\n"
    parts = [re.sub(r"\s+", " ", element.text or "")]
    for child in element:
        if _is_shown(child):
            inner = _text(child)
            parts.append(f"\n{inner}\n" if child.tag in _BLOCKS and child.tag != "br" else inner)
        parts.append(re.sub(r"\s+", " ", child.tail or ""))
    return re.sub(r" *\n\s*", "\n", "".join(parts))
