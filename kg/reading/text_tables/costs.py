"""What it costs to read one token after another as parts of certain columns of a table.

Wrapped text runs full lines without a blank between; a cell of text ends with a sentence, a cell of
departments with the name of a body; a row begins with its number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.reading.structure.tokens import STOPS, Token
from kg.reading.tables.columns import Column
from kg.reading.units.departments import ends_like_body, ends_like_name, lists_bodies

NEVER = 1e6

# What a step costs; only their order of size matters.
LIGHT, ODD, HEAVY, ABSURD = 1.0, 3.0, 6.0, 15.0

NARROW: tuple[Column, ...] = ("category", "departments")
_TEXT: tuple[Column, ...] = ("task", "progress")
_SENTENCE_LIKE = re.compile("[。；：]")
_CLAUSE_LIKE = re.compile("[“”0-9%]")

# The costs of all steps between two tokens: for each column that the second may be read as,
# the costs from each column of the first, both by position; None where it cannot be read so.
StepCosts = tuple[tuple[float, ...] | None, ...]


class TokenTraits(NamedTuple):
    """What the costs ask of a token, whatever the columns' widths are.

    Attributes:
        figure: Whether it is a number that a row may have.
        counted: Whether it follows in the sequence of such numbers.
    """

    blank: bool
    first: bool
    indented: bool
    figure: bool
    counted: bool
    ends_sentence: bool
    ends_body: bool
    ends_name: bool
    sentence_like: bool
    clause_like: bool


class WidthFit(NamedTuple):
    """How a token's width fits those of the columns.

    Attributes:
        full: By position, whether it fills a line of the column.
        wide: By position, whether it is too wide for the column.
        short: Whether its line would fit the column of tasks.
    """

    full: tuple[bool, ...]
    wide: tuple[bool, ...]
    short: bool


def token_traits(token: Token, figure: bool, counted: bool) -> TokenTraits:
    """Return what the costs ask of a token."""
    text = token.text
    listed = lists_bodies(text)
    return TokenTraits(
        blank=token.blank,
        first=token.first,
        indented=token.indented,
        figure=figure,
        counted=counted,
        ends_sentence=text.endswith(STOPS),
        ends_body=ends_like_body(text),
        ends_name=ends_like_name(text),
        sentence_like=bool(_SENTENCE_LIKE.search(text)) and not listed,
        clause_like=bool(_CLAUSE_LIKE.search(text)) or ("，" in text and not listed),
    )


class WidthLimits(NamedTuple):
    """The widths of the columns as tokens are held against them, by position.

    Attributes:
        narrow: Whether a column is narrow, where the token counts and not the line up to its end.
        full: From which width on a line is full.
        wide: Above which width it cannot be part of the column.
        task: Up to which width a line would fit the column of tasks.
    """

    narrow: tuple[bool, ...]
    full: tuple[float, ...]
    wide: tuple[float, ...]
    task: float


def width_limits(columns: Sequence[Column], widths: Mapping[Column, float]) -> WidthLimits:
    """Return what the columns' widths ask of a token."""
    sizes = [widths[column] for column in columns]
    return WidthLimits(
        narrow=tuple(column in NARROW for column in columns),
        full=tuple(size - _slack(size) for size in sizes),
        wide=tuple(size * 1.1 + 0.5 for size in sizes),
        task=widths["task"] * 1.1,
    )


def fit_widths(width: float, reach: float, limits: WidthLimits) -> WidthFit:
    """Return how a token of that width and reach fits the columns."""
    return WidthFit(
        full=tuple([reach >= least for least in limits.full]),
        wide=tuple(
            [
                (width if narrow else reach) > most
                for narrow, most in zip(limits.narrow, limits.wide, strict=True)
            ]
        ),
        short=reach <= limits.task,
    )


def first_costs(look: TokenTraits, fit: WidthFit, columns: Sequence[Column]) -> list[float]:
    """Return what it costs to begin a text with this token, by the column it is read as."""
    return [
        _token_cost(look, fit.wide[place], column) + place * ODD
        for place, column in enumerate(columns)
    ]


def last_costs(columns: Sequence[Column]) -> list[float]:
    """Return what it costs that the text ends in a column: what its row then lacks."""
    return [_missing_cost(columns[place + 1 :]) for place in range(len(columns))]


def step_costs(
    previous: TokenTraits,
    before: WidthFit,
    look: TokenTraits,
    fit: WidthFit,
    columns: Sequence[Column],
) -> StepCosts:
    """Return the costs of all steps from one token to the next.

    Args:
        previous: The first token.
        before: How it fits the columns.
        look: The second token.
        fit: How that fits.
        columns: The columns from left to right.
    """
    moves = _move_costs(tuple(columns), look.blank, look.indented)
    left = [
        _leave_cost(previous, look, column, full)
        for column, full in zip(columns, before.full, strict=True)
    ]
    found: list[tuple[float, ...] | None] = []
    for place, column in enumerate(columns):
        if column == "number" and not look.figure:
            found.append(None)
            continue
        own = _token_cost(look, fit.wide[place], column)
        # Progress is told at length: a short line is seldom its first.
        entered = ODD if column == "progress" and fit.short and not look.blank else 0.0
        costs = [own + a + b + entered for a, b in zip(left, moves[place], strict=True)]
        costs[place] = own + _stay_cost(previous, look, column, before.full[place])
        found.append(tuple(costs))
    return tuple(found)


def _slack(column_width: float) -> float:
    """How much shorter a full line may be: a number or a mark that did not fit moves on whole."""
    return min(2.0, 0.25 * column_width)


def _missing_cost(columns: Sequence[Column]) -> float:
    """What it costs that a row lacks these columns."""
    return sum(0.0 if column in ("number", "category") else ABSURD for column in columns)


@cache
def _move_costs(
    columns: tuple[Column, ...], blank: bool, indented: bool
) -> tuple[tuple[float, ...], ...]:
    """Return what it costs to go on from one column with a token of another, that stands like this.

    The costs are by the column of the second token, then by that of the first.
    """

    def cost(origin: int, place: int) -> float:
        if place > origin:
            skipped = columns[origin + 1 : place]
            total = _missing_cost(skipped)
        else:
            # A new row: what the last one lacks behind `origin`, this one before `place`.
            skipped = columns[:place]
            total = _missing_cost((*columns[origin + 1 :], *skipped))
        if "number" in skipped and not indented:
            total += ODD
        if columns[origin] in _TEXT and not blank:
            total += HEAVY if columns[place] in _TEXT else LIGHT
        return total

    places = range(len(columns))
    return tuple(tuple(cost(origin, place) for origin in places) for place in places)


def _token_cost(look: TokenTraits, wide: bool, column: Column) -> float:
    """What it costs to read one token as part of a column."""
    if column == "number":
        return (0.0 if look.counted else HEAVY) if look.figure else NEVER
    cost = HEAVY if look.counted else 0.0
    if wide:
        cost += ABSURD
    if column in NARROW and look.sentence_like:
        cost += ABSURD
    if column == "category" and look.ends_body:
        cost += LIGHT / 2
    if column == "departments" and look.clause_like:
        cost += HEAVY
    return cost


def _leave_cost(previous: TokenTraits, look: TokenTraits, origin: Column, full: bool) -> float:
    """What it costs that a cell ends with `previous`."""
    cost = 0.0
    if origin == "departments" and not previous.ends_body:
        cost += HEAVY
    if origin in _TEXT and not previous.ends_sentence:
        cost += LIGHT if look.blank else ODD
        if full and not look.blank:
            cost += LIGHT
    if not look.first and origin != "number":
        cost += LIGHT
    return cost


def _stay_cost(previous: TokenTraits, look: TokenTraits, column: Column, full: bool) -> float:
    """What it costs that a cell goes on: wrapped text runs full lines without a blank between."""
    if column == "number":
        return NEVER
    if not look.first:
        return 0.0 if column in _TEXT else LIGHT
    cost = HEAVY if look.indented and column != "category" else 0.0
    if column in NARROW:
        if column == "departments" and look.blank and previous.ends_name:
            cost += LIGHT
        return cost + (0.0 if full or not look.blank else LIGHT / 2)
    if look.blank:
        return cost + (ODD + LIGHT if full else ABSURD / 2)
    return cost + (0.0 if full else ODD)
