"""Group the lines of a table, already cut into columns, into rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.reading.structure.furniture import longest_rising_run, parse_row_number
from kg.reading.structure.tokens import STOPS, Token, tokenize
from kg.reading.tables.columns import Column, ColumnHead, ColumnMeaning
from kg.reading.text_tables.merged_cells import merged_cell_texts
from kg.reading.text_tables.rows import Row
from kg.reading.units.departments import has_body_ending

# Costs of beginning a row with a line; only their order matters.
_BROKEN, _FULL, _UNENDED, _TOGETHER, _NO_TASK, _NO_TEXT = 4.0, 2.0, 1.0, 1.5, 1.0, 6.0
_OFF_CENTRE, _HEADLESS = 0.5, 10.0
_NEAR = 24
_UNSURE = "it is not certain which lines between two numbers belong to it"
_COLUMNS: tuple[Column, ...] = ("number", "category", "task", "progress", "departments")
_HEADINGS: tuple[ColumnMeaning, ...] = (*_COLUMNS, "leader", "other")


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table, or one row if rows do not wrap: its tokens in each column.

    Attributes:
        blank: Whether a blank line or a rule is before it.
        cells: The tokens of each column.
    """

    blank: bool
    cells: tuple[tuple[Token, ...], ...]


def make_table_line(cells: Sequence[Sequence[tuple[int, str]]], blank: bool) -> TableLine:
    """Return the line with these cells, each given as texts with the index of their line."""
    return TableLine(
        blank,
        tuple(
            tuple(
                replace(token, line=index + 1, blank=blank)
                for index, text in cell
                for token in tokenize([text])
            )
            for cell in cells
        ),
    )


def group_rows(lines: Sequence[TableLine], heads: Sequence[ColumnHead]) -> list[Row]:
    """Group the lines of a table into rows.

    Args:
        lines: The lines in order.
        heads: The headings of the columns.
    """
    if not lines:
        return []
    headings = [head.meaning for head in heads]
    table = _Table(lines, headings)
    starts = table.starts()
    ends = [*starts[1:], len(lines)]
    unsure = table.uncertain_starts(starts)
    levels = [
        merged_cell_texts([line.cells[place] for line in lines], starts)
        for place, heading in enumerate(headings)
        if heading == "category"
    ]
    return [
        Row(
            table.cells(start, end),
            tuple(level[row] for level in levels),
            columns=tuple(
                (head, tuple(t for line in lines[start:end] for t in line.cells[place]))
                for place, head in enumerate(heads)
            ),
            notes=(_UNSURE,) if {start, end} & unsure else (),
        )
        for row, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


class _Table:
    """The lines of a table, and the costs of beginning a row with each of them."""

    def __init__(self, lines: Sequence[TableLine], headings: Sequence[ColumnMeaning]) -> None:
        self._lines = lines
        self._places: dict[ColumnMeaning, list[int]] = {
            name: [place for place, heading in enumerate(headings) if heading == name]
            for name in _HEADINGS
        }
        self._full = [self._full_width(place) for place in range(len(headings))]
        self._anchors = self._find_anchors()
        self._begin = [0.0, *(self._begin_cost(index) for index in range(1, len(lines)))]

    def cells(self, start: int, end: int) -> dict[Column, tuple[Token, ...]]:
        """Return the tokens of a row by column."""
        found = {column: self.tokens(start, end, column) for column in _COLUMNS}
        return {column: tokens for column, tokens in found.items() if tokens}

    def tokens(self, start: int, end: int, heading: ColumnMeaning) -> tuple[Token, ...]:
        """Return the tokens of some lines under a heading, one column after another."""
        return tuple(
            token
            for place in self._places[heading]
            for line in self._lines[start:end]
            for token in line.cells[place]
        )

    def starts(self) -> list[int]:
        """Return the lines with which rows begin.

        A number is in the first line of its row, or in the middle; the reading that breaks fewer
        sentences is taken.
        """
        anchors = self._anchors
        if not anchors:
            return self._starts_without_numbers()
        top = sum(self._begin[index] for index in anchors[1:]) + _HEADLESS * (anchors[0] > 0)
        centred, cost = self._centred_starts(anchors)
        return [0, *anchors[1:]] if top <= cost else centred

    def uncertain_starts(self, starts: Sequence[int]) -> set[int]:
        """Return the starts for which another line between the two numbers fits as well."""
        anchors = self._anchors
        if starts == [0, *anchors[1:]]:
            return set()
        bounds = zip(anchors, anchors[1:], starts[1:], strict=False)
        return {
            start
            for above, below, start in bounds
            if any(
                self._begin[other] <= self._begin[start]
                for other in range(above + 1, below + 1)
                if other != start
            )
        }

    def _find_anchors(self) -> list[int]:
        """Return the lines with the numbers of rows."""
        found = [
            (index, number)
            for index in range(len(self._lines))
            for token in self.tokens(index, index + 1, "number")[:1]
            if (number := parse_row_number(token.text)) is not None
        ]
        return [found[position][0] for position in longest_rising_run([n for _, n in found])]

    def _centred_starts(self, anchors: Sequence[int]) -> tuple[list[int], float]:
        """Return the starts of rows if numbers are in the middle of rows, and their cost."""
        back: list[dict[int, int]] = []
        costs = {0: 0.0}
        for anchor, following in zip(anchors, [*anchors[1:], None], strict=True):
            if following is None:
                candidates = [len(self._lines)]
            else:
                between = range(anchor + 1, following + 1)
                candidates = sorted(between, key=self._begin.__getitem__)[:_NEAR]
            step: dict[int, int] = {}
            reached: dict[int, float] = {}
            for candidate in candidates:
                least, origin = min(
                    (
                        cost
                        + _OFF_CENTRE * max(0.0, abs(2 * anchor - start - candidate + 1) / 2 - 1),
                        start,
                    )
                    for start, cost in costs.items()
                )
                own = self._begin[candidate] if following is not None else 0.0
                reached[candidate], step[candidate] = least + own, origin
            costs = reached
            back.append(step)
        end = len(self._lines)
        starts: list[int] = []
        for step in reversed(back):
            end = step[end]
            starts.append(end)
        return starts[::-1], costs[len(self._lines)]

    def _starts_without_numbers(self) -> list[int]:
        """Return the starts of rows without numbers: all cells begin there, and none is cut."""
        blanks = any(line.blank for line in self._lines[1:])
        return [0] + [
            index
            for index in range(1, len(self._lines))
            if self._begin[index] <= (0.0 if blanks else _TOGETHER)
            and all(self.tokens(index, index + 1, column) for column in ("task", "departments"))
        ]

    def _full_width(self, place: int) -> float:
        sizes = sorted(s.cells[place][-1].reach for s in self._lines if s.cells[place])
        return sizes[int(len(sizes) * 0.8)] if sizes else 0.0

    def _begin_cost(self, index: int) -> float:
        """Return the cost of beginning a row with this line."""
        above, below = self._lines[index - 1].cells, self._lines[index].cells
        cost = 0.0 if self._lines[index].blank else _TOGETHER
        for place in (*self._places["task"], *self._places["progress"]):
            if above[place] and not above[place][-1].text.endswith(STOPS):
                full = above[place][-1].reach >= self._full[place] - 1
                cost += _BROKEN + _FULL * full if below[place] else _UNENDED
        for place in self._places["departments"]:
            if above[place] and below[place] and not has_body_ending(above[place][-1].text):
                cost += _BROKEN
        if not self.tokens(index, index + 1, "task"):
            cost += _NO_TASK if self.tokens(index, index + 1, "progress") else _NO_TEXT
        return cost
