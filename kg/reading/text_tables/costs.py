"""Costs of assigning the tokens of a text to the columns of a table, one after another.

Wrapped text has full lines without a blank line between. A cell of text ends with a sentence, a
cell of departments with the name of a body. A row begins with its number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.reading.structure.tokens import STOPS, Token
from kg.reading.tables.columns import Column
from kg.reading.units.departments import has_body_ending, has_name_ending, is_body_list

NEVER = 1e6

# Costs of steps; only their order matters.
LIGHT, ODD, HEAVY, ABSURD = 1.0, 3.0, 6.0, 15.0

NARROW: tuple[Column, ...] = ("category", "departments")
_TEXT: tuple[Column, ...] = ("task", "progress")
_SENTENCE_LIKE = re.compile("[。；：]")
_CLAUSE_LIKE = re.compile("[“”0-9%]")

# The costs of all steps between two tokens: for each column of the second, the costs from each
# column of the first; None if the second cannot be in that column.
StepCosts = tuple[tuple[float, ...] | None, ...]


class TokenTraits(NamedTuple):
    """The traits of a token that costs depend on, whatever the widths of the columns.

    Attributes:
        figure: Whether it is a number that a row may have.
        counted: Whether it belongs to the rising sequence of such numbers.
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
    """How the width of a token fits the columns.

    Attributes:
        full: For each column, whether the token fills a line of it.
        wide: For each column, whether the token is too wide for it.
        short: Whether its line would fit the column of tasks.
    """

    full: tuple[bool, ...]
    wide: tuple[bool, ...]
    short: bool


def token_traits(token: Token, figure: bool, counted: bool) -> TokenTraits:
    """Return the traits of a token."""
    text = token.text
    listed = is_body_list(text)
    return TokenTraits(
        blank=token.blank,
        first=token.first,
        indented=token.is_indented,
        figure=figure,
        counted=counted,
        ends_sentence=text.endswith(STOPS),
        ends_body=has_body_ending(text),
        ends_name=has_name_ending(text),
        sentence_like=bool(_SENTENCE_LIKE.search(text)) and not listed,
        clause_like=bool(_CLAUSE_LIKE.search(text)) or ("，" in text and not listed),
    )


class WidthLimits(NamedTuple):
    """The limits for the widths of tokens, for each column.

    Attributes:
        narrow: Whether a column is narrow; then the width of the token counts, not its reach.
        full: The least width of a full line.
        wide: The greatest width of a line in the column.
        task: The greatest width of a line in the column of tasks.
    """

    narrow: tuple[bool, ...]
    full: tuple[float, ...]
    wide: tuple[float, ...]
    task: float


def width_limits(columns: Sequence[Column], widths: Mapping[Column, float]) -> WidthLimits:
    """Return the limits for tokens, given the widths of the columns."""
    sizes = [widths[column] for column in columns]
    return WidthLimits(
        narrow=tuple(column in NARROW for column in columns),
        full=tuple(size - _slack(size) for size in sizes),
        wide=tuple(size * 1.1 + 0.5 for size in sizes),
        task=widths["task"] * 1.1,
    )


def fit_widths(width: float, reach: float, limits: WidthLimits) -> WidthFit:
    """Return how a token of this width and reach fits the columns."""
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


def first_costs(traits: TokenTraits, fit: WidthFit, columns: Sequence[Column]) -> list[float]:
    """Return the cost of each column for the first token of a text."""
    return [
        _token_cost(traits, fit.wide[place], column) + place * ODD
        for place, column in enumerate(columns)
    ]


def last_costs(columns: Sequence[Column]) -> list[float]:
    """Return for each column the cost of ending the text there: that of the missing cells."""
    return [_missing_cost(columns[place + 1 :]) for place in range(len(columns))]


def step_costs(
    previous: TokenTraits,
    before: WidthFit,
    traits: TokenTraits,
    fit: WidthFit,
    columns: Sequence[Column],
) -> StepCosts:
    """Return the costs of all steps from one token to the next.

    Args:
        previous: The first token.
        before: How it fits the columns.
        traits: The second token.
        fit: How the second token fits the columns.
        columns: The columns from left to right.
    """
    moves = _move_costs(tuple(columns), traits.blank, traits.indented)
    left = [
        _leave_cost(previous, traits, column, full)
        for column, full in zip(columns, before.full, strict=True)
    ]
    found: list[tuple[float, ...] | None] = []
    for place, column in enumerate(columns):
        if column == "number" and not traits.figure:
            found.append(None)
            continue
        own = _token_cost(traits, fit.wide[place], column)
        # Progress is a long text: its first line is seldom short.
        entered = ODD if column == "progress" and fit.short and not traits.blank else 0.0
        costs = [own + a + b + entered for a, b in zip(left, moves[place], strict=True)]
        costs[place] = own + _stay_cost(previous, traits, column, before.full[place])
        found.append(tuple(costs))
    return tuple(found)


def _slack(column_width: float) -> float:
    """Return how much shorter a full line may be: numbers and marks do not break."""
    return min(2.0, 0.25 * column_width)


def _missing_cost(columns: Sequence[Column]) -> float:
    """Return the cost of a row without these columns."""
    return sum(0.0 if column in ("number", "category") else ABSURD for column in columns)


@cache
def _move_costs(
    columns: tuple[Column, ...], blank: bool, indented: bool
) -> tuple[tuple[float, ...], ...]:
    """Return the costs of going from one column to another, by the position of the second token.

    The first index is the column of the second token, the other that of the first.
    """

    def cost(origin: int, place: int) -> float:
        if place > origin:
            skipped = columns[origin + 1 : place]
            total = _missing_cost(skipped)
        else:
            # A new row: the last one lacks the columns after `origin`, this one those before.
            skipped = columns[:place]
            total = _missing_cost((*columns[origin + 1 :], *skipped))
        if "number" in skipped and not indented:
            total += ODD
        if columns[origin] in _TEXT and not blank:
            total += HEAVY if columns[place] in _TEXT else LIGHT
        return total

    places = range(len(columns))
    return tuple(tuple(cost(origin, place) for origin in places) for place in places)


def _token_cost(traits: TokenTraits, wide: bool, column: Column) -> float:
    """Return the cost of a token in a column."""
    if column == "number":
        return (0.0 if traits.counted else HEAVY) if traits.figure else NEVER
    cost = HEAVY if traits.counted else 0.0
    if wide:
        cost += ABSURD
    if column in NARROW and traits.sentence_like:
        cost += ABSURD
    if column == "category" and traits.ends_body:
        cost += LIGHT / 2
    if column == "departments" and traits.clause_like:
        cost += HEAVY
    return cost


def _leave_cost(previous: TokenTraits, traits: TokenTraits, origin: Column, full: bool) -> float:
    """Return the cost of ending a cell with `previous`."""
    cost = 0.0
    if origin == "departments" and not previous.ends_body:
        cost += HEAVY
    if origin in _TEXT and not previous.ends_sentence:
        cost += LIGHT if traits.blank else ODD
        if full and not traits.blank:
            cost += LIGHT
    if not traits.first and origin != "number":
        cost += LIGHT
    return cost


def _stay_cost(previous: TokenTraits, traits: TokenTraits, column: Column, full: bool) -> float:
    """Return the cost of continuing a cell, whose lines should be full and without blanks."""
    if column == "number":
        return NEVER
    if not traits.first:
        return 0.0 if column in _TEXT else LIGHT
    cost = HEAVY if traits.indented and column != "category" else 0.0
    if column in NARROW:
        if column == "departments" and traits.blank and previous.ends_name:
            cost += LIGHT
        return cost + (0.0 if full or not traits.blank else LIGHT / 2)
    if traits.blank:
        return cost + (ODD + LIGHT if full else ABSURD / 2)
    return cost + (0.0 if full else ODD)
