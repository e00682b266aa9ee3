"""Read a table whose cells are separated by tabs, bars or spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.tables.columns import ColumnHead, meanings_in
from kg.reading.tables.headings import meanings_of
from kg.reading.text_tables.table_lines import TableLine, make_table_line

BARS = re.compile(r"[|│┃║｜]")
_WOVEN = 0.12
_SPACES = re.compile(r"\s+")
_Cells = list[list[tuple[int, str]]]


def find_delimiter(header: Sequence[str], body: Sequence[str]) -> re.Pattern[str] | None:
    """Return the pattern that separates the cells of a table, or None.

    Tabs count only if no line has more of them than the header (else they align the cells). Spaces
    count only if each line has one word per column.
    """
    if any(len(BARS.findall(line)) >= 2 for line in header):
        return BARS
    names = header[0].split() if len(header) == 1 else []
    named = len(names) > 2 and all(meanings_in((name,)) for name in names)
    if named and all(len(line.split()) == len(names) for line in body):
        return _SPACES
    most = max(line.count("\t") for line in header)
    if most < 2:
        return None
    tabbed = [line.count("\t") for line in body if "\t" in line]
    return re.compile("\t") if tabbed and max(tabbed) <= most else None


def is_single_spaced(body: Sequence[str]) -> bool:
    """Return whether adjacent cells are separated by single spaces, and so cannot be split.

    If cells are written one after another, hardly any line has more than two words.
    """
    return sum(len(line.split()) > 2 for line in body) > max(2, _WOVEN * len(body))


def delimited_lines(
    lines: Sequence[str], header: Sequence[str], body: Sequence[int], delimiter: re.Pattern[str]
) -> tuple[list[TableLine], list[ColumnHead]]:
    """Return the rows of a table and the headings of its columns.

    Args:
        lines: The lines of the text.
        header: The lines of its header.
        body: Indexes of the lines below it, without those that belong to the pages.
        delimiter: The pattern that separates cells.
    """
    heads = _column_heads(header, delimiter)
    framed = _is_framed(header, delimiter)
    return list(_merge_lines(lines, body, delimiter, framed, len(heads))), heads


def _split_line(line: str, delimiter: re.Pattern[str], framed: bool) -> list[str]:
    """Split a line into cells; `framed` says whether bars are around the row too."""
    parts = delimiter.split(line.strip() if delimiter is _SPACES else line.strip("\f"))
    return parts[1 : max(2, len(parts) - 1)] if framed and len(parts) > 1 else parts


def _is_framed(header: Sequence[str], delimiter: re.Pattern[str]) -> bool:
    return delimiter is BARS and any(BARS.match(line.strip()) for line in header)


def _column_heads(header: Sequence[str], delimiter: re.Pattern[str]) -> list[ColumnHead]:
    """Return the headings; a column without one continues the category column before it."""
    columns: list[str] = []
    framed = _is_framed(header, delimiter)
    for line in header:
        for place, part in enumerate(_split_line(line, delimiter, framed)):
            columns += [""] * (place + 1 - len(columns))
            columns[place] += part.strip()
    heads: list[ColumnHead] = []
    for text in ("".join(column.split()) for column in columns):
        found = meanings_of(text)
        goes_on = not text and heads and heads[-1].meaning == "category"
        meaning = found[-1] if found else "category" if goes_on else "other"
        heads.append(ColumnHead(meaning, text))
    return heads


def _merge_lines(
    lines: Sequence[str], body: Sequence[int], delimiter: re.Pattern[str], framed: bool, size: int
) -> Iterator[TableLine]:
    """Yield rows of `size` cells; a line with fewer cells continues the one above."""
    cells: _Cells = []
    blank = begins_blank = True
    for index in body:
        if not lines[index].strip():
            blank = True
            continue
        parts = _split_line(lines[index], delimiter, framed)
        if cells and (len(cells) + len(parts) - 1 <= size):
            cells[-1].append((index, parts[0]))
            cells += [[(index, part)] for part in parts[1:]]
        else:
            if cells:
                yield _make_line(cells, size, begins_blank)
            cells = [[(index, part)] for part in parts]
            begins_blank = blank
        blank = False
    if cells:
        yield _make_line(cells, size, begins_blank)


def _make_line(cells: _Cells, size: int, blank: bool) -> TableLine:
    spare: _Cells = [[] for _ in range(size - len(cells))]
    return make_table_line([*cells[:size], *spare], blank)
