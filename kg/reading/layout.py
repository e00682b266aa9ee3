"""Recover the rows and columns of a table from the text layer of a PDF.

Such a text tells the cells one after another, row by row, wrapped at their column's width, with
blank lines between some of them and inside others. What tells the cells apart is their order, the
width at which each column wraps, and the wording of a few of them. The most likely reading of the
whole text is found by dynamic programming over its tokens (A. Viterbi, 1967), each of which is
given to a column; the widths are learned from the text and improved in a few rounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from kg.reading.columns import Column
from kg.reading.departments import BODY_END
from kg.reading.tokens import Token, width

_ROUNDS = 3
_PILES, _SAMPLE = 6, 300
_NEVER = 1e6

# What a step costs; only their order of size matters.
_LIGHT, _ODD, _HEAVY, _ABSURD = 1.0, 3.0, 6.0, 15.0


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens of one row of the table, by column."""

    cells: Mapping[Column, tuple[Token, ...]]

    def tokens(self, column: Column) -> tuple[Token, ...]:
        """Return the tokens of a column, none where the row has no such cell."""
        return self.cells.get(column, ())


def recover_rows(tokens: Sequence[Token], columns: Sequence[Column]) -> Iterator[Row]:
    """Yield the rows of a table from the tokens below its header, whatever their number.

    Args:
        tokens: What stands below the header, in order.
        columns: The columns in the order of the header.
    """
    widths = _first_widths(tokens, columns)
    labels: list[Column] = []
    for _ in range(_ROUNDS):
        labels, _cost = _label(tokens, columns, widths)
        widths = _learned_widths(tokens, labels, widths)
    cells: dict[Column, list[Token]] = {}
    order = {column: index for index, column in enumerate(columns)}
    last: Column | None = None
    for token, label in zip(tokens, labels, strict=True):
        if last is not None and order[label] < order[last]:
            yield Row({column: tuple(found) for column, found in cells.items()})
            cells = {}
        cells.setdefault(label, []).append(token)
        last = label
    if cells:
        yield Row({column: tuple(found) for column, found in cells.items()})


def column_width(rows: Sequence[Row], column: Column) -> float:
    """Return the width at which a narrow column wraps, as most of its lines tell it."""
    sizes = sorted(width(token.text) for row in rows for token in row.tokens(column))
    return sizes[int(len(sizes) * 0.9)] if sizes else 0.0


def _first_widths(tokens: Sequence[Token], columns: Sequence[Column]) -> dict[Column, float]:
    """Guess the columns' widths: full lines pile up at the width at which a column wraps.

    Of the largest piles, the three are taken that explain the beginning of the text at least cost.
    """
    count = Counter(round(token.reach) for token in tokens)
    piles = [
        size
        for size in count
        if size >= 2 and count[size] >= max(2, count[size - 1], count[size + 1])
    ]
    piles = sorted(piles, key=lambda size: (-count[size], size))[:_PILES]
    sample = tokens[:_SAMPLE]
    guesses = [
        _widths_of(*guess)
        for guess in combinations(sorted(piles), 3)
        if guess[0] * 1.5 <= guess[1] and guess[1] * 1.2 <= guess[2]
    ]
    return min(
        guesses or [_widths_of(4, 12, 44)],
        key=lambda widths: _label(sample, columns, widths)[1],
    )


def _widths_of(narrow: float, task: float, progress: float) -> dict[Column, float]:
    return {
        "number": 1.5,
        "category": narrow,
        "departments": narrow,
        "task": task,
        "progress": progress,
    }


def _learned_widths(
    tokens: Sequence[Token], labels: Sequence[Column], before: Mapping[Column, float]
) -> dict[Column, float]:
    """Return each column's width as its lines tell it: most lines of a wrapped cell are full."""
    widths = dict(before)
    for column in widths:
        sizes = sorted(t.reach for t, label in zip(tokens, labels, strict=True) if label == column)
        if len(sizes) >= 8:
            widths[column] = sizes[int(len(sizes) * 0.8)]
    return widths


def _label(
    tokens: Sequence[Token], columns: Sequence[Column], widths: Mapping[Column, float]
) -> tuple[list[Column], float]:
    """Give each token to a column so that the sum of all costs is least; return it too."""
    if not tokens:
        return [], 0.0
    best = {
        column: _token_cost(tokens[0], column, widths) + index * _ODD
        for index, column in enumerate(columns)
    }
    back: list[dict[Column, Column]] = []
    for previous, token in pairwise(tokens):
        step: dict[Column, Column] = {}
        costs: dict[Column, float] = {}
        for column in columns:
            own = _token_cost(token, column, widths)
            cost, source = min(
                (best[origin] + _step_cost(previous, token, origin, column, columns, widths), i)
                for i, origin in enumerate(columns)
            )
            costs[column] = cost + own
            step[column] = columns[source]
        best = costs
        back.append(step)
    label = min(columns, key=lambda column: best[column])
    labels = [label]
    for step in reversed(back):
        label = step[label]
        labels.append(label)
    labels.reverse()
    return labels, min(best.values())


def _token_cost(token: Token, column: Column, widths: Mapping[Column, float]) -> float:
    """What it costs to read one token as part of a column."""
    text = token.text
    if column == "number":
        return 0.0 if text.isdecimal() and len(text) <= 3 else _NEVER
    cost = 0.0
    narrow = column in ("category", "departments")
    if (width(text) if narrow else token.reach) > widths[column] * 1.1 + 0.5:
        cost += _ABSURD
    if narrow and any(mark in text for mark in "。；："):
        cost += _ABSURD
    if column == "departments" and any(mark in text for mark in "，“”0123456789%"):
        cost += _HEAVY
    return cost


def _slack(column_width: float) -> float:
    """How much shorter a full line may be: a number or a mark that did not fit moves on whole."""
    return min(2.0, 0.25 * column_width)


def _step_cost(
    previous: Token,
    token: Token,
    origin: Column,
    column: Column,
    columns: Sequence[Column],
    widths: Mapping[Column, float],
) -> float:
    """What it costs that a token of `column` follows one of `origin`."""
    full = previous.reach >= widths[origin] - _slack(widths[origin])
    if origin == column:
        return _stay_cost(token, column, full)
    step = columns.index(column) - columns.index(origin)
    cost = 0.0
    if step > 0:
        skipped = columns[columns.index(origin) + 1 : columns.index(column)]
        cost += sum(0.0 if name in ("number", "category") else _ABSURD for name in skipped)
    else:
        # A new row: what the last one lacks behind `origin`, this one before `column`.
        lacking = (*columns[columns.index(origin) + 1 :], *columns[: columns.index(column)])
        cost += sum(0.0 if name in ("number", "category") else _ABSURD for name in lacking)
        if column != "number" and not token.indented:
            cost += _ODD
    if origin == "departments" and not BODY_END.search(previous.text):
        cost += _HEAVY
    if origin in ("task", "progress"):
        if not token.blank:
            cost += _LIGHT if column in ("departments", "number", "category") else _HEAVY
        if not previous.text.endswith(("。", "！", "；")):
            cost += _LIGHT
            if full and not token.blank:
                cost += _ODD
    if column == "progress" and token.reach <= widths["task"] * 1.1 and not token.blank:
        cost += _ODD
    if not token.first and origin != "number":
        cost += _LIGHT
    return cost


def _stay_cost(token: Token, column: Column, full: bool) -> float:
    """What it costs that a cell goes on: wrapped text runs full lines without a blank between."""
    if column == "number":
        return _NEVER
    if not token.first:
        return 0.0 if column in ("task", "progress") else _LIGHT
    cost = _HEAVY if token.indented and column != "category" else 0.0
    if column in ("category", "departments"):
        return cost + (0.0 if full or not token.blank else _LIGHT / 2)
    if token.blank:
        return cost + (_ODD + _LIGHT if full else _ABSURD / 2)
    return cost + (0.0 if full else _ODD)
