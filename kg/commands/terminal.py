"""Tables for a terminal: the most important columns that fit its width, and the first rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from rich.cells import cell_len

from kg.commands.wrapping import pad, take_width, wrap_lines
from kg.tables import Answer, Plain, value_text

# Names of columns with the subject of a row, with its state, and with details.
_ABOUT = frozenset(
    "report task tasks name title label department departments district districts indicator class "
    "property what date severity message missed invented".split()
)
_STANDING = frozenset("status judgement unit actual_unit before after".split())
_LEAST = frozenset("worth line row iri iso sha256 cell focus confidence".split())
# Ranks of columns; low ranks are chosen first.
_SUBJECT, _STATE, _WORDS, _BESIDE, _LAST = range(5)

_GAP = 2
# Widths: of short columns, of lines of names, and maximum widths of names and sentences.
_SHORT, _LINE, _NAME, _SENTENCE = 12, 24, 16, 28
# Texts that are usually wider than this are sentences, not names.
_LONG = 40
# Up to this number of rows, rows may be one line higher.
_FEW = 7
_WORD = re.compile("[!-~]+")
_CODE = re.compile(r"https?://\S+|[0-9a-f]{32,}")

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the width that it needs.

    Attributes:
        name: Its name.
        texts: Its values, as one line each.
        numbers: Whether all of them are numbers.
        rank: Its importance; lower is more important.
        usual: The width for three quarters of its values in one line.
        longest: The width for all of its values in one line.
        least: The minimum width.
    """

    name: str
    texts: tuple[str, ...]
    numbers: bool
    rank: int
    usual: int
    longest: int
    least: int

    @property
    def need(self) -> float:
        """The width for most values in one line, and for all values in two."""
        return max(self.usual, self.longest / 2)


def table_lines(
    answer: Answer,
    width: int = 80,
    rows: int | None = None,
    height: int | None = None,
    full: str = "csv",
) -> Iterator[str]:
    """Yield the lines of a table that fits the width of a terminal.

    A column with the same value in all rows is shown once above the table, an empty column is
    omitted, and columns that do not fit are listed below.

    Args:
        answer: The table.
        width: The width of the terminal; a Chinese character takes two columns.
        rows: The maximum number of rows.
        height: The maximum number of lines; three rows are always shown.
        full: The format that has all columns.
    """
    columns = [_make_column(answer, index) for index in range(len(answer.fields))]
    columns = [column for column in columns if column.longest]
    once = [column for column in columns if len(set(column.texts)) == 1]
    several = [column for column in columns if column not in once]
    chosen = choose_columns(several, width)
    head = list(_constant_lines(sorted(once, key=lambda column: column.rank), width))
    foot = _omitted_line([column.name for column in several if column not in chosen], full, width)
    body = list(_row_lines(chosen, width))
    title, body = body[:1], body[1:]
    if title and head:
        head.append("")
    room = None if height is None else height - len(head) - len(foot) - 4
    shown = body[: _count_fitting_rows([len(lines) for lines in body], rows, room)]
    yield from head
    for lines in (*title, *shown, foot):
        yield from lines
    more = len(body) - len(shown)
    yield f"… {more} more (--all)" if more else f"{len(answer.rows)} rows"


def choose_columns(columns: Sequence[Column], width: int) -> list[Column]:
    """Return the most important columns that fit side by side, those with sentences last."""
    chosen: list[Column] = []
    room = width + _GAP
    for column in sorted(columns, key=lambda one: one.rank):
        if not chosen or column.least + _GAP <= room:
            chosen.append(column)
            room -= column.least + _GAP
    return sorted(chosen, key=lambda one: (one.rank == _LAST, one.rank == _WORDS, one.rank))


def _make_column(answer: Answer, index: int) -> Column:
    name = answer.fields[index]
    values = [row[index] for row in answer.rows]
    texts = tuple(_BLANKS.sub(" ", value_text(value)).strip() for value in values)
    lengths = sorted(cell_len(text) for text in texts if text) or [0]
    usual, longest = lengths[len(lengths) * 3 // 4], lengths[-1]
    numbers = all(value is None or _is_number(value) for value in values)
    codes = all(_CODE.fullmatch(text) for text in texts if text)
    sparse = 2 * len(lengths) < len(texts)
    rank = (
        _LAST
        if codes
        else _column_rank(name, first=index == 0, numbers=numbers, sentences=usual > _LONG)
    )
    rank = max(rank, _BESIDE) if sparse else rank
    word = max((len(word) for text in texts for word in _WORD.findall(text)), default=0)
    if codes:
        least = (usual + 1) // 2
    elif numbers or longest <= _SHORT:
        least = longest
    elif rank >= _BESIDE:
        least = usual
    else:
        most = _SENTENCE if rank == _WORDS else _NAME
        least = max(
            min((longest + 1) // 2 + 1, _SHORT), min((usual + 1) // 2, most), min(word, most)
        )
    return Column(name, texts, numbers, rank, usual, longest, max(least, cell_len(name)))


def _column_rank(name: str, *, first: bool, numbers: bool, sentences: bool) -> int:
    """Return the rank of a column; the first column is the subject of a row."""
    if name in _LEAST:
        return _LAST
    if first or name in _ABOUT:
        return _SUBJECT
    if numbers or name in _STANDING:
        return _STATE
    return _WORDS if sentences and name != "category" else _BESIDE


def _is_number(value: Plain) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _column_widths(columns: Sequence[Column], width: int) -> list[int]:
    """Return the widths of columns: first for names in one line, then by need."""
    widths = [min(column.least, width) for column in columns]
    left = width - sum(widths) - _GAP * (len(widths) - 1)
    for index, column in enumerate(columns):
        if column.rank != _WORDS:
            grown = max(min(column.usual, _LINE, widths[index] + left) - widths[index], 0)
            widths[index] += grown
            left -= grown
    while left > 0:
        narrow = [at for at, column in enumerate(columns) if widths[at] < column.longest]
        if not narrow:
            break
        widths[max(narrow, key=lambda at: columns[at].need / widths[at])] += 1
        left -= 1
    return widths


def _row_lines(columns: Sequence[Column], width: int) -> Iterator[list[str]]:
    """Yield the lines of the titles, then the lines of each row."""
    if not columns:
        return
    widths = _column_widths(columns, width)
    titles = [[take_width(one.name, wide)] for one, wide in zip(columns, widths, strict=True)]
    yield [*_join_cells(titles, columns, widths), "─" * (sum(widths) + _GAP * (len(widths) - 1))]
    high = 3 if len(columns[0].texts) <= _FEW else 2
    for row in zip(*(column.texts for column in columns), strict=True):
        cells = [wrap_lines(text, wide, high) for text, wide in zip(row, widths, strict=True)]
        yield _join_cells(cells, columns, widths)


def _count_fitting_rows(heights: Sequence[int], rows: int | None, room: int | None) -> int:
    """Return how many rows of the given heights to show.

    >>> _count_fitting_rows([2, 2, 2, 2, 2], 4, None), _count_fitting_rows([2, 2, 2, 2, 2], None, 8)
    (4, 4)
    """
    most = len(heights) if rows is None else min(rows, len(heights))
    if room is None:
        return most
    within = sum(height <= room for height in accumulate(heights[:most]))
    return max(within, min(3, most))


def _omitted_line(names: Sequence[str], full: str, width: int) -> list[str]:
    if not names:
        return []
    what = "column" if len(names) == 1 else "columns"
    also = f"also: {what} {', '.join(names)} (--format {full})"
    return wrap_lines(also, width, len(also))


def _constant_lines(columns: Sequence[Column], width: int) -> Iterator[str]:
    """Yield the lines of columns with only one value, each after its name."""
    indent = min(max((cell_len(column.name) for column in columns), default=0) + 2, width // 2)
    for column in columns:
        for at, line in enumerate(wrap_lines(column.texts[0], width - indent, 3)):
            before = "" if at else f"{column.name}:"
            yield f"{pad(take_width(before, indent), indent)}{line}"


def _join_cells(
    cells: Sequence[Sequence[str]], columns: Sequence[Column], widths: Sequence[int]
) -> list[str]:
    """Return the lines of a row."""
    padded = (
        [pad(line, wide, right=column.numbers) for line in cell]
        + [" " * wide] * (max(map(len, cells)) - len(cell))
        for cell, column, wide in zip(cells, columns, widths, strict=True)
    )
    return [(" " * _GAP).join(parts).rstrip() for parts in zip(*padded, strict=True)]
