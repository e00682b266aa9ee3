"""A text with a line for each cell of its table, as copied web pages and Word tables have.

Rows begin with their numbers. Which line of a row is which cell is told by what the columns hold:
departments list units, deadlines are dates. Texts that wrap their cells are read by
`kg.reading.layout`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.reading.brackets import find_brackets
from kg.reading.deadlines import is_deadline
from kg.reading.document import Document, GridCell
from kg.reading.fields import is_progress_like
from kg.reading.furniture import row_number
from kg.reading.headings import Heading, recognise
from kg.reading.heads import Cells
from kg.reading.labels import labelled_by
from kg.reading.text_grid import Line, document_of, is_header, row_of, stands_alone
from kg.reading.units import lists_units

_FARTHEST = 60
_LONGEST_HEADING, _LONGEST_ROW = 14, 60
_NO_HEADING = re.compile(r"20\d\d|[。，；：《》“”]|表$|^\d+$")
_DATE = re.compile(
    r"(?:20\d\d[年./-])?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬)?|[一二三四1-4]季度|[上下]半年|年[底末内]|全年|长期|持续推进)?(?:底|前|底前|末)?"
)
_NAME = re.compile(r"[一-鿿]{2,4}(?:[、 ][一-鿿]{2,4})*")
_PERSON = re.compile(r"[一-鿿]{2,3}")
_GOES_ON = re.compile(r"[，、；,（(]$")
# What it costs to read a line as a cell of a column; only their order of size matters.
_UNLIKE, _EMPTY, _WRAPPED, _LIKELY, _HEADS = 3.0, 2.0, 3.0, 1.0, 1.0
_MOST = 1.5


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: `kind` is that of its heading, or what it labels."""

    kind: str
    # Whether it stands before the number, and so may be merged over rows.
    before: bool = False


def grid_by_cells(lines: Sequence[Line]) -> Document | None:
    """Return the document of a text that has a line for each cell, or None.

    Args:
        lines: Its lines with their numbers.
    """
    header = _find_header(lines)
    if header is None:
        return None
    start, end = header
    headings = [recognise((text,)) for _, text in lines[start:end]]
    heads = [text.strip() for _, text in lines[start:end]]
    body = [(number, text.strip()) for number, text in _without_heads(lines[end:], heads)]
    places = [place for place, heading in enumerate(headings) if heading.kind == "number"]
    rows = _numbered(body, headings, places[0]) if places else _counted(body, headings)
    return (
        document_of(lines[:start], [row_of(lines[start:end], end - start), *rows]) if rows else None
    )


def _find_header(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return where the lines begin and end that head the columns, one each."""
    for start in range(min(len(lines), _FARTHEST)):
        end = start
        while end < len(lines) and _may_head(lines[end][1].strip()):
            end += 1
        if is_header([text.strip() for _, text in lines[start:end]]):
            return start, end
    return None


def _may_head(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and not _NO_HEADING.search(text)
        and not stands_alone(text)
        and recognise((text,)).kind is not None
    )


def _without_heads(lines: Sequence[Line], heads: Sequence[str]) -> Iterator[Line]:
    """Yield the lines without those that show the header again."""
    place = 0
    while place < len(lines):
        if [text.strip() for _, text in lines[place : place + len(heads)]] == list(heads):
            place += len(heads)
        else:
            yield lines[place]
            place += 1


def _counted(body: Sequence[Line], headings: Sequence[Heading]) -> list[Cells]:
    """Return the rows of a table without numbers, none of whose cells wraps or is empty."""
    size = len(headings)
    units = [place for place, heading in enumerate(headings) if heading.kind == "departments"]
    rows = [body[place : place + size] for place in range(0, len(body), size)]
    if not units or len(body) % size:
        return []
    named = all(lists_units(row[place][1]) for row in rows for place in units)
    return [row_of(row, size) for row in rows] if named else []


def _numbered(body: Sequence[Line], headings: Sequence[Heading], at: int) -> list[Cells]:
    """Return the rows of a table with numbers, or none where its cells cannot be told apart."""
    starts = list(_starts(body))
    if not starts or any(
        b - a > _LONGEST_ROW for a, b in zip([0, *starts], [*starts, len(body)], strict=True)
    ):
        return []
    columns = [_column(heading, place < at) for place, heading in enumerate(headings)]
    order = [*columns[at + 1 :], *columns[:at]]
    rows: list[Cells] = []
    # What stands before the first number: headings, then the cells of columns before it.
    first = body[: starts[0]]
    own = first[len(first) - at :] if at else []
    rows += [row_of([line], len(headings)) for line in first[: len(first) - len(own)]]
    before = {place: [line] for place, line in enumerate(own)}
    doubt = 0.0
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        chunk = body[start + 1 : end]
        cut = next((i for i, (_, text) in enumerate(chunk) if stands_alone(text)), len(chunk))
        cost, cells, heading = _aligned(chunk[:cut], order)
        doubt += cost
        told = {at + 1 + place: lines for place, lines in cells.items() if place < len(order) - at}
        rows.append(_joined(body[start], at, before, told, rows, len(headings)))
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
        rows += [row_of([line], len(headings)) for line in alone]
    return rows if doubt <= _MOST * len(starts) else []


def _starts(body: Sequence[Line]) -> Iterator[int]:
    """Yield the lines that number rows: in sequence, or anew."""
    last = 0
    for place, (_, text) in enumerate(body):
        number = row_number(text)
        if number is not None and (number == last + 1 or (number == 1 and last)):
            yield place
            last = number


def _column(heading: Heading, before: bool) -> _Column:
    kind = heading.kind or "detail"
    labelled = labelled_by(heading.text) if kind == "detail" else None
    return _Column(labelled or kind, before)


def _joined(
    number: Line,
    at: int,
    before: dict[int, list[Line]],
    told: dict[int, list[Line]],
    rows: Sequence[Cells],
    size: int,
) -> Cells:
    """Return a row; cells before its number that it lacks go on from the row above."""
    shown: list[GridCell] = []
    for place in range(size):
        lines = [number] if place == at else {**before, **told}.get(place, [])
        if lines:
            shown.append(GridCell(_text([text for _, text in lines]), lines[0][0]))
        elif place < at and rows:
            shown.append(GridCell(rows[-1][place].text, number[0], continued=True))
        else:
            shown.append(GridCell("", number[0]))
    return tuple(shown)


def _text(lines: Sequence[str]) -> str:
    """Return the text of a cell of several lines; units that each have a line stay apart."""
    apart = len(lines) > 1 and all(lists_units(line) for line in lines)
    return ("\n" if apart else "").join(lines)


_Found = tuple[float, dict[int, list[Line]], list[Line]]


def _aligned(lines: Sequence[Line], columns: Sequence[_Column]) -> _Found:
    """Return what it costs to read lines as the cells of a row, the cells, and a heading behind.

    A line goes on with the cell above it, or is that of a later column.
    """
    whole = _cheapest(lines, columns)
    last = lines[-1][1] if len(lines) > 1 else ""
    if last and len(last) <= _LONGEST_HEADING and not re.search(r"[。；，\d]", last):
        cost, cells = _cheapest(lines[:-1], columns)
        if cost + _HEADS < whole[0]:
            return cost + _HEADS, cells, [lines[-1]]
    return *whole, []


def _cheapest(
    lines: Sequence[Line], columns: Sequence[_Column]
) -> tuple[float, dict[int, list[Line]]]:
    size = len(columns)
    skipped = [_skip_cost(column) for column in columns]
    # By the column of the last line: the least cost, and the columns of all lines.
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for index, (_, text) in enumerate(lines):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for last, (cost, way) in best.items():
            for place in range(max(last, 0), size):
                if place == last:
                    step = _wrap_cost(lines[index - 1][1], text)
                else:
                    step = sum(skipped[last + 1 : place])
                step += _unlike(text, columns[place].kind)
                if place not in reached or cost + step < reached[place][0]:
                    reached[place] = cost + step, (*way, place)
        best = reached
    cost, way = min((cost + sum(skipped[last + 1 :]), way) for last, (cost, way) in best.items())
    cells: dict[int, list[Line]] = {}
    for place, line in zip(way, lines, strict=True):
        cells.setdefault(place, []).append(line)
    return cost, cells


def _skip_cost(column: _Column) -> float:
    """Return what it costs that a row lacks a cell: a merged one stands in its first row only."""
    if column.before:
        return 0.0
    return _LIKELY if column.kind == "category" else _EMPTY


def _wrap_cost(above: str, text: str) -> float:
    broken = _GOES_ON.search(above) or text.startswith(("（", "("))
    if lists_units(above) and lists_units(text):
        return _LIKELY
    return 0.0 if broken or any(not b.closed for b in find_brackets(above)) else _WRAPPED


def _unlike(text: str, kind: str) -> float:
    """Return how little a text looks like a cell of that kind."""
    if kind == "departments":
        return 0.0 if lists_units(text) else _UNLIKE
    if kind == "deadline":
        return 0.0 if _DATE.fullmatch(text) or is_deadline(text) else _UNLIKE
    if kind in ("leader", "people"):
        return 0.0 if _NAME.fullmatch(text) and not lists_units(text) else _UNLIKE
    if lists_units(text):
        return _UNLIKE
    if kind in ("task", "progress"):
        dated = _LIKELY if _DATE.fullmatch(text) or _PERSON.fullmatch(text) else 0.0
        return dated + (_LIKELY if kind == "task" and is_progress_like(text) else 0.0)
    return 0.0
