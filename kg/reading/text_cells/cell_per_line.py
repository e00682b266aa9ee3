"""Read a table in a text that has one cell on each line, row by row.

Text copied from web pages and Word tables has this form. Rows begin with their numbers. The
contents of the columns decide which line is which cell: departments list units, deadlines are
dates. Texts that wrap their cells are read by `kg.reading.text_tables.layout`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.reading.people import is_person_name
from kg.reading.structure.brackets import find_brackets
from kg.reading.structure.document import Document, GridCell
from kg.reading.structure.furniture import parse_row_number
from kg.reading.structure.letterhead import is_furniture
from kg.reading.tables.headings import Mappings
from kg.reading.tables.table_header import Cells
from kg.reading.text_cells.content_costs import LIKELY, UNLIKE, column_content, mismatch_cost
from kg.reading.text_cells.text_lines import (
    Line,
    TextHeader,
    find_text_header,
    make_document,
    make_row,
)
from kg.reading.units.unit_names import is_unit_list

_LONGEST_HEADING, _LONGEST_ROW = 14, 60
_GOES_ON = re.compile(r"[，、；,（(]$")
# Costs of a row without a cell, of a cell that wraps without a mark of that, and of a heading after
# a row; only their order matters.
_EMPTY, _WRAPPED, _HEADS = 2.0, 3.0, 1.0
_MOST = 1.5
# The share of lines after a blank line from which on the others continue a cell.
_SPREAD = 0.7

# The content of a column, and the cost of a row without its cell.
_Column = tuple[str, float]


def grid_by_cells(lines: Sequence[Line], mappings: Mappings) -> Document | None:
    """Return the document of a text that has one cell on each line, row by row, or None.

    Args:
        lines: Its lines with their numbers.
        mappings: The headings in the mapping file.
    """
    head = find_text_header(lines, mappings)
    if head is None:
        return None
    shown = [(number, text.strip()) for number, text in lines]
    body = list(_skip_repeated_headers(shown[head.end :], shown[head.start : head.end]))
    while body and is_furniture(body[-1][1]):
        body.pop()
    cells = _join_adjacent_lines(body)
    is_spread, body = len(cells) < len(body), cells
    places = [place for place, heading in enumerate(head.headings) if heading.kind == "number"]
    rows = _rows_by_number(body, head, places[0]) if places else _rows_by_count(body, head)
    # The network is better at cells that are left out, if blank lines separate the others.
    lacking = any(1 < sum(bool(cell.text) for cell in row) < len(row) for row in rows)
    if not rows or (is_spread and lacking):
        return None
    return make_document(lines[: head.start], head, rows)


def _skip_repeated_headers(lines: Sequence[Line], above: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines without repeated headers."""
    heads = [text for _, text in above]
    place = 0
    while place < len(lines):
        if [text for _, text in lines[place : place + len(heads)]] == heads:
            place += len(heads)
        else:
            yield lines[place]
            place += 1


def _join_adjacent_lines(body: Sequence[Line]) -> list[Line]:
    """Return the cells of a table with blank lines between most of them; lines of a cell have none.

    Without such blank lines, return the lines.
    """
    gaps = [below - above > 1 for (above, _), (below, _) in pairwise(body)]
    if sum(gaps) < _SPREAD * len(gaps):
        return list(body)
    cells: list[list[Line]] = []
    for line, apart in zip(body, [True, *gaps], strict=False):
        if apart:
            cells.append([])
        cells[-1].append(line)
    return [(cell[0][0], _join_lines([text for _, text in cell])) for cell in cells]


def _rows_by_count(body: Sequence[Line], head: TextHeader) -> list[Cells]:
    """Return the rows of a table without numbers, or [] if a cell may wrap or be empty."""
    size = len(head.cells)
    contents = [column_content(heading) for heading in head.headings]
    rows = [body[place : place + size] for place in range(0, len(body), size)]
    if "departments" not in contents or len(body) % size:
        return []
    named = all(
        is_unit_list(text)
        for row in rows
        for (_, text), content in zip(row, contents, strict=True)
        if content == "departments"
    )
    found = [make_row(row, size) for row in rows]
    return found if named and _has_certain_people(found, contents) else []


def _rows_by_number(body: Sequence[Line], head: TextHeader, at: int) -> list[Cells]:
    """Return the rows of a table with numbers, or [] if its cells are not certain."""
    starts = list(_row_starts(body))
    if not starts or any(
        b - a > _LONGEST_ROW for a, b in zip([0, *starts], [*starts, len(body)], strict=True)
    ):
        return []
    size = len(head.cells)
    contents = [column_content(heading) for heading in head.headings]
    # A merged cell is in its first row only.
    lacks = [
        0.0 if place < at else LIKELY if content == "category" else _EMPTY
        for place, content in enumerate(contents)
    ]
    columns = list(zip(contents, lacks, strict=True))
    order = [*columns[at + 1 :], *columns[:at]]
    rows: list[Cells] = []
    # Before the first number: headings, then the cells of the columns before the number.
    first = body[: starts[0]]
    own = first[len(first) - at :] if at else []
    rows += [make_row([line], size) for line in first[: len(first) - len(own)]]
    before = {place: [line] for place, line in enumerate(own)}
    doubts: list[float] = []
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        chunk = body[start + 1 : end]
        alone_at = (i for i, (_, text) in enumerate(chunk) if head.is_standalone(text))
        cut = next(alone_at, len(chunk))
        cost, cells, heading = _align_lines(chunk[:cut], order)
        doubts.append(cost)
        after = {at + 1 + place: lines for place, lines in cells.items() if place < len(order) - at}
        rows.append(_join_row(body[start], at, before, after, rows, size))
        alone = [*heading, *chunk[cut:]]
        following = {
            place - len(order) + at: lines
            for place, lines in cells.items()
            if place >= len(order) - at
        }
        if at and len(alone) >= at and not following and end < len(body):
            following = {place: [line] for place, line in enumerate(alone[len(alone) - at :])}
            alone = alone[: len(alone) - at]
        before = following
        rows += [make_row([line], size) for line in alone]
    certain = "leader" not in contents or max(doubts) < min(UNLIKE, _WRAPPED)
    certain = certain and _has_certain_people(rows, contents)
    return rows if certain and sum(doubts) <= _MOST * len(starts) else []


def _has_certain_people(rows: Sequence[Cells], contents: Sequence[str]) -> bool:
    """Return whether names of people are exactly in the column of people, if there is one."""
    return "leader" not in contents or all(
        mismatch_cost(cell.text, content) < UNLIKE
        if content == "leader"
        else not is_person_name(cell.text)
        for row in rows
        for cell, content in zip(row, contents, strict=True)
        if cell.text
    )


def _row_starts(body: Sequence[Line]) -> Iterator[int]:
    """Yield the lines that are numbers of rows: consecutive, or starting again from 1."""
    last = 0
    for place, (_, text) in enumerate(body):
        number = parse_row_number(text)
        if number is not None and (number == last + 1 or (number == 1 and last)):
            yield place
            last = number


def _join_row(
    number: Line,
    at: int,
    before: dict[int, list[Line]],
    after: dict[int, list[Line]],
    rows: Sequence[Cells],
    size: int,
) -> Cells:
    """Return a row; missing cells before its number continue those of the row above."""
    shown: list[GridCell] = []
    for place in range(size):
        lines = [number] if place == at else {**before, **after}.get(place, [])
        if lines:
            shown.append(GridCell(_join_lines([text for _, text in lines]), lines[0][0]))
        elif place < at and rows:
            shown.append(GridCell(rows[-1][place].text, number[0], continued=True))
        else:
            shown.append(GridCell("", number[0]))
    return tuple(shown)


def _join_lines(lines: Sequence[str]) -> str:
    """Join the lines of a cell; units on lines of their own stay on separate lines."""
    apart = len(lines) > 1 and all(is_unit_list(line) for line in lines)
    return ("\n" if apart else "").join(lines)


_Alignment = tuple[float, dict[int, list[Line]], list[Line]]


def _align_lines(lines: Sequence[Line], columns: Sequence[_Column]) -> _Alignment:
    """Return the least cost of reading lines as a row, its cells, and a heading after it.

    A line continues the cell above it, or is the cell of a later column.
    """
    whole = _cheapest_alignment(lines, columns)
    last = lines[-1][1] if len(lines) > 1 else ""
    if last and len(last) <= _LONGEST_HEADING and not re.search(r"[。；，\d]", last):
        cost, cells = _cheapest_alignment(lines[:-1], columns)
        if cost + _HEADS < whole[0]:
            return cost + _HEADS, cells, [lines[-1]]
    return *whole, []


def _cheapest_alignment(
    lines: Sequence[Line], columns: Sequence[_Column]
) -> tuple[float, dict[int, list[Line]]]:
    size = len(columns)
    skipped = [lacking for _, lacking in columns]
    # For each column of the last line: the least cost, and the columns of all lines.
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for index, (_, text) in enumerate(lines):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for last, (cost, way) in best.items():
            for place in range(max(last, 0), size):
                if place == last:
                    step = _wrap_cost(lines[index - 1][1], text)
                else:
                    step = sum(skipped[last + 1 : place])
                step += mismatch_cost(text, columns[place][0])
                if place not in reached or cost + step < reached[place][0]:
                    reached[place] = cost + step, (*way, place)
        best = reached
    cost, way = min((cost + sum(skipped[last + 1 :]), way) for last, (cost, way) in best.items())
    cells: dict[int, list[Line]] = {}
    for place, line in zip(way, lines, strict=True):
        cells.setdefault(place, []).append(line)
    return cost, cells


def _wrap_cost(above: str, text: str) -> float:
    broken = _GOES_ON.search(above) or text.startswith(("（", "("))
    if is_unit_list(above) and is_unit_list(text):
        return LIKELY
    return 0.0 if broken or any(not b.closed for b in find_brackets(above)) else _WRAPPED
