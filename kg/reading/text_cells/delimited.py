"""Read a table whose cells are parted by tabs or by bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.tables.columns import ColumnHead, headings_in
from kg.reading.tables.headings import meanings_of
from kg.reading.text_tables.table_lines import TableLine, make_table_line

BARS = re.compile(r"[|│┃║｜]")
_WOVEN = 0.12
_SPACES = re.compile(r"\s+")
_Cells = list[list[tuple[int, str]]]


def find_delimiter(header: Sequence[str], body: Sequence[str]) -> re.Pattern[str] | None:
    """Return what parts the cells of a table, or None where nothing does but space.

    Tabs count only where the lines do not hold more of them than the header, as they do where tabs
    align the cells; spaces, where each line holds one word for each column.
    """
    if any(len(BARS.findall(line)) >= 2 for line in header):
        return BARS
    names = header[0].split() if len(header) == 1 else []
    named = len(names) > 2 and all(headings_in((name,)) for name in names)
    if named and all(len(line.split()) == len(names) for line in body):
        return _SPACES
    most = max(line.count("\t") for line in header)
    if most < 2:
        return None
    tabbed = [line.count("\t") for line in body if "\t" in line]
    return re.compile("\t") if tabbed and max(tabbed) <= most else None


def is_single_spaced(body: Sequence[str]) -> bool:
    """Tell whether cells stand side by side with one space between, so that none can be told apart.

    Where cells stand one after another, hardly a line holds words of three of them.
    """
    return sum(len(line.split()) > 2 for line in body) > max(2, _WOVEN * len(body))


def delimited_lines(
    lines: Sequence[str], header: Sequence[str], body: Sequence[int], delimiter: re.Pattern[str]
) -> tuple[list[TableLine], list[ColumnHead]]:
    """Return the records of a table and what heads its columns.

    Args:
        lines: The lines of the text.
        header: The lines of its header.
        body: Indexes of the lines below it, those that belong to the pages left out.
        delimiter: What parts the cells.
    """
    heads = _column_heads(header, delimiter)
    framed = _is_framed(header, delimiter)
    return list(_merge_lines(lines, body, delimiter, framed, len(heads))), heads


def _split_line(line: str, delimiter: re.Pattern[str], framed: bool) -> list[str]:
    """Return the cells of a line, where bars may stand around them too."""
    parts = delimiter.split(line.strip() if delimiter is _SPACES else line.strip("\f"))
    return parts[1 : max(2, len(parts) - 1)] if framed and len(parts) > 1 else parts


def _is_framed(header: Sequence[str], delimiter: re.Pattern[str]) -> bool:
    return delimiter is BARS and any(BARS.match(line.strip()) for line in header)


def _column_heads(header: Sequence[str], delimiter: re.Pattern[str]) -> list[ColumnHead]:
    """Return what heads the columns; one without a heading belongs to the category before it."""
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
    """Yield records of that many cells; a line with fewer goes on with the one above."""
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
