"""Find the table in a text whose cells are certain: by delimiters, or column by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.reading.budget import check_table
from kg.reading.structure.document import Document
from kg.reading.tables.group_headings import LONGEST_HEADING
from kg.reading.tables.headings import Mappings
from kg.reading.tables.table_header import Cells
from kg.reading.text_cells.column_table import column_table
from kg.reading.text_cells.tab_table import labelled_table, tab_table
from kg.reading.text_cells.text_lines import (
    FARTHEST,
    Line,
    TextHeader,
    content_lines,
    make_document,
    make_row,
    table_headings,
)
from kg.reading.text_tables.delimited import BARS

_WIDE, _SPACE, _COMMA = (re.compile(mark) for mark in (r"[ \u3000]{2,}", r"[ \u3000]+", ","))
# So many blanks before a line with fewer cells than others are in the place of a merged cell, in a
# column of one of these kinds.
_INDENTED, _MERGED = re.compile(r"[ \u3000]{4}"), ("category", "departments")
# Characters of the numbers of headings between rows: 一, （二）.
_CHINESE = frozenset("一二三四五六七八九十（）()、.")


def text_grid(path: Path, text: Sequence[str], mappings: Mappings) -> Document | None:
    """Return the document of a text, or None if its cells are not certain.

    Cells are separated by tabs, bars, spaces or commas, or written column by column.

    Args:
        path: The source file, named in messages.
        text: The lines of the text.
        mappings: The headings in the mapping file.

    Raises:
        InputError: The table is too large to be one of tasks, or its cells are written column by
            column, and where they end is not certain.
    """
    check_table(path, 1, max(len(re.findall(r"[|│┃║｜\t]", line)) + 1 for line in text))
    lines = content_lines(text)
    by_lines = (
        _grid_by_lines(lines, delimiter, mappings) for delimiter in (BARS, _WIDE, _SPACE, _COMMA)
    )
    return (
        labelled_table(lines, mappings)
        or tab_table(lines, mappings)
        or next(filter(None, by_lines), None)
        or column_table(path, lines, mappings)
    )


def _grid_by_lines(
    lines: Sequence[Line], delimiter: re.Pattern[str], mappings: Mappings
) -> Document | None:
    """Return the document of a text that has one row on each line, or None if rows wrap."""
    for place, (number, line) in enumerate(lines[:FARTHEST]):
        texts = _split_line(line, delimiter)
        headings = table_headings(texts, mappings)
        if headings:
            cells = tuple((number, text) for text in texts)
            head = TextHeader(place, place + 1, cells, headings)
            body = [line for line in lines[place + 1 :] if _split_line(line[1], delimiter) != texts]
            # Lines without bars below the last row with bars are not part of the table.
            barred = (at for at in range(len(body), 0, -1) if BARS.search(body[at - 1][1]))
            end = next(barred, len(body)) if delimiter is BARS else len(body)
            rows = list(_read_rows(body[:end], delimiter, head))
            whole = rows and len(rows) == end and not _has_wrapped_rows(rows, head)
            return make_document(lines[:place], head, rows, body[end:]) if whole else None
    return None


def _has_wrapped_rows(rows: Sequence[Cells], head: TextHeader) -> bool:
    """Return whether any row lacks its number, or its task, and so continues the one above.

    Blank cells before filled ones are merged with those above.
    """
    kinds = [heading.kind for heading in head.headings]
    first = "number" if "number" in kinds else "task"
    begins = [place for place, kind in enumerate(kinds) if kind == first]
    return any(
        any(cell.text for cell in row)
        and not any(row[place].text for place in begins)
        and not _has_only_blanks_before(row)
        for row in rows
        if not _is_standalone("".join(cell.text for cell in row), head)
    )


def _is_standalone(text: str, head: TextHeader) -> bool:
    """Return whether the text of a line without other cells is no task: a long one is a remark."""
    return len(text) > LONGEST_HEADING or head.is_standalone(text)


def _has_only_blanks_before(row: Cells) -> bool:
    """Return whether all cells after the first filled one, at least two, are filled."""
    filled = [place for place, cell in enumerate(row) if cell.text]
    return len(filled) > 1 and filled == list(range(filled[0], len(row)))


def _read_rows(
    lines: Sequence[Line], delimiter: re.Pattern[str], head: TextHeader
) -> Iterator[Cells]:
    """Yield a row for each line, up to the first line that is not a row."""
    size = len(head.cells)
    # The cell of a name of a person must be certain.
    people = any(heading.kind == "leader" for heading in head.headings)
    for number, line in lines:
        parts = _split_line(line, delimiter)
        if len(parts) < size and head.headings[0].kind in _MERGED and _INDENTED.match(line):
            parts.insert(0, "")
        filled = [part for part in parts if part]
        short = size - 1 if delimiter is _SPACE and not people else size
        whole = short <= len(parts) <= size
        counted = len(filled) == 2 and set(filled[0]) <= _CHINESE
        if not whole and not counted and not (len(filled) == 1 and _is_standalone(filled[0], head)):
            return
        yield make_row([(number, part) for part in (parts if whole else filled)], size)


def _split_line(line: str, delimiter: re.Pattern[str]) -> list[str]:
    line = line.strip()
    if delimiter is BARS and BARS.match(line) and BARS.search(line[-1:]):
        line = line[1:-1]
    return [part.strip() for part in delimiter.split(line)]
