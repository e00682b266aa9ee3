"""Read paragraphs, headings and tables from Markdown, with markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.reading.budget import check_table
from kg.reading.formats.losses import count_characters, loss_notes
from kg.reading.formats.placed_cells import PlacedCell, table_from_cells
from kg.reading.source import read_text
from kg.reading.structure.document import Block, Document, Paragraph

if TYPE_CHECKING:
    from markdown_it.token import Token


_MARKS = re.compile(
    r"^ {0,3}\|? *:?-{2,}:? *(?:\| *:?-{2,}:? *)+\|? *$|^ {0,3}#{1,6} +\S|\*\*[^*\s][^*\n]*\*\*",
    re.MULTILINE,
)
# The line of dashes below the header row of a table, and the rows after it.
_TABLE = re.compile(r"^[ |]*:?-{2,}:? *\|.*(?:\n.*\S.*)*", re.MULTILINE)


def is_markdown(text: str) -> bool:
    r"""Return whether a text has Markdown syntax: a heading, a pipe table, or bold words.

    A text with a table whose rows have more cells than its header row is not Markdown, which would
    drop the additional cells.

    >>> is_markdown("## 一、教育"), is_markdown("1.**建学校**"), is_markdown("A * 2，B * 3")
    (True, True, False)
    >>> is_markdown("索引号 | 1\n---|---\n序号 | 任务 | 进展 | 单位")
    False
    """
    return bool(_MARKS.search(text)) and not any(map(_has_long_row, _TABLE.finditer(text)))


def _has_long_row(table: re.Match[str]) -> bool:
    """Return whether a row has more cells than the line of dashes above it."""
    dashes, *rows = table.group().strip().split("\n")
    size = dashes.strip().strip("|").count("|")
    cells = (row.replace("\\|", "").strip().removeprefix("|").removesuffix("|") for row in rows)
    return any(row.count("|") > size for row in cells)


def read(path: Path) -> Document:
    """Return the paragraphs, headings and pipe tables of a Markdown file.

    Raises:
        InputError: The file cannot be read, or a table in it is too large.
    """
    from markdown_it import MarkdownIt

    text = read_text(path)
    check_table(path, 1, max(line.count("|") - 1 for line in text.split("\n")))
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    blocks = tuple(_blocks(path, tokens))
    return Document(blocks, notes=loss_notes(count_characters(text), blocks))


def _blocks(path: Path, tokens: Sequence[Token]) -> Iterator[Block]:
    level = row = column = 0
    cells: list[PlacedCell] | None = None
    line = 1
    mark = ""
    for token in tokens:
        if token.map:
            line = token.map[0] + 1
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "list_item_open":
            # The number is part of the text of an item.
            mark = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "table_open":
            cells, row = [], -1
        elif token.type == "tr_open":
            row, column = row + 1, 0
        elif token.type == "table_close" and cells is not None:
            yield table_from_cells(path, cells)
            cells = None
        elif token.type in ("code_block", "fence"):
            # In documents of governments, indented lines are paragraphs, not code.
            is_fence = token.type == "fence"
            for further, text in enumerate(token.content.split("\n"), is_fence):
                if shown := " ".join(text.split()):
                    yield Paragraph(shown, line + further)
        elif token.type == "inline":
            if cells is not None:
                cells.append(PlacedCell(_text(token), line, row, column))
                column += 1
            else:
                for further, text in enumerate(_text(token).split("\n")):
                    if shown := " ".join(f"{mark}{text}".split()):
                        yield Paragraph(shown, line + further, level)
                    mark = ""


def _text(token: Token) -> str:
    """Return the text of inline tokens without markup."""
    texts = (
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or []
        if child.type != "image"
    )
    return "".join(texts).replace("<br>", "\n").replace("<br/>", "\n")
