"""Read paragraphs, headings and tables from Markdown, with markdown-it-py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.reading.document import Block, Document, Paragraph
from kg.reading.formats.unfold import Placed, check_size, unfold
from kg.reading.source import read_text

if TYPE_CHECKING:
    from markdown_it.token import Token


def read(path: Path) -> Document:
    """Return the paragraphs, headings and pipe tables of a Markdown file.

    Raises:
        InputError: The file cannot be read, or a table in it is too large.
    """
    from markdown_it import MarkdownIt

    text = read_text(path)
    check_size(path, 1, max(line.count("|") - 1 for line in text.split("\n")))
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    return Document(tuple(_blocks(path, tokens)))


def _blocks(path: Path, tokens: Sequence[Token]) -> Iterator[Block]:
    level = row = column = 0
    cells: list[Placed] | None = None
    line = 1
    for token in tokens:
        if token.map:
            line = token.map[0] + 1
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "table_open":
            cells, row = [], -1
        elif token.type == "tr_open":
            row, column = row + 1, 0
        elif token.type == "table_close" and cells is not None:
            yield unfold(path, cells)
            cells = None
        elif token.type == "inline":
            if cells is not None:
                cells.append(Placed(_text(token), line, row, column))
                column += 1
            elif text := " ".join(_text(token).split()):
                yield Paragraph(text, line, level)


def _text(token: Token) -> str:
    """Return the text of inline tokens without their marks."""
    texts = (
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or []
        if child.type != "image"
    )
    return "".join(texts).replace("<br>", "\n").replace("<br/>", "\n")
