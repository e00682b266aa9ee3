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
from itertools import combinations

from kg.reading.columns import Column
from kg.reading.departments import BODY_END
from kg.reading.tokens import Token, width

_ROUNDS = 4
_PILES, _SAMPLE = 7, 300
_NEVER = 1e6

# What a step costs; only their order of size matters.
_LIGHT, _ODD, _HEAVY, _ABSURD = 1.0, 3.0, 6.0, 15.0

_NARROW: tuple[Column, ...] = ("category", "departments")
_TEXT: tuple[Column, ...] = ("task", "progress")
_STOPS = ("。", "！", "；", "？")

# Cost of a move from one column to another: [column][origin], both by position.
Moves = tuple[tuple[float, ...], ...]


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
    looks = [_look(token) for token in tokens]
    widths = _first_widths(looks, columns)
    labels: list[Column] = []
    for _ in range(_ROUNDS):
        before = labels
        labels, _cost = _label(looks, columns, widths)
        if labels == before:
            break
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
    """Return the width at which a narrow column wraps, as most of its lines tell it.

    Marks at a line's end do not count: some typesetters let them hang over the edge.
    """
    sizes = sorted(
        width(token.text.rstrip("，、。；")) for row in rows for token in row.tokens(column)
    )
    return sizes[int(len(sizes) * 0.9)] if sizes else 0.0


@dataclass(frozen=True, slots=True)
class _Look:
    """What the costs ask of a token, found once: how it stands and what its words show."""

    blank: bool
    first: bool
    indented: bool
    reach: float
    width: float
    number: bool
    ends_sentence: bool
    ends_body: bool
    sentence_like: bool
    clause_like: bool


def _look(token: Token) -> _Look:
    text = token.text
    return _Look(
        blank=token.blank,
        first=token.first,
        indented=token.indented,
        reach=token.reach,
        width=width(text),
        number=text.isdecimal() and len(text) <= 3,
        ends_sentence=text.endswith(_STOPS),
        ends_body=bool(BODY_END.search(text)),
        sentence_like=any(mark in text for mark in "。；："),
        clause_like=any(mark in text for mark in "，“”0123456789%"),
    )


def _first_widths(looks: Sequence[_Look], columns: Sequence[Column]) -> dict[Column, float]:
    """Guess the columns' widths: full lines pile up at the width at which a column wraps.

    Of the largest piles, those are taken that explain the beginning of the text at least cost:
    first for the two wide columns and one width of the narrow ones, then for each of these.
    """
    count = Counter(round(look.reach) for look in looks)
    piles = [
        size
        for size in count
        if size >= 2 and count[size] >= max(2, count[size - 1], count[size + 1])
    ]
    piles = sorted(sorted(piles, key=lambda size: (-count[size], size))[:_PILES])
    sample = looks[:_SAMPLE]

    def cheapest(guesses: list[dict[Column, float]]) -> dict[Column, float]:
        return min(guesses, key=lambda widths: _label(sample, columns, widths)[1])

    widths = cheapest(
        [
            _widths_of(*guess)
            for guess in combinations(piles, 3)
            if guess[0] * 1.5 <= guess[1] and guess[1] * 1.2 <= guess[2]
        ]
        or [_widths_of(4, 12, 44)]
    )
    for column in _NARROW:
        narrow = [size for size in sorted(count) if 2 <= size < widths["task"] / 1.2]
        widths = cheapest([widths, *({**widths, column: float(size)} for size in narrow)])
    return widths


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
        sizes = sorted(
            width(t.text) if column in _NARROW else t.reach
            for t, label in zip(tokens, labels, strict=True)
            if label == column
        )
        if len(sizes) >= 8:
            widths[column] = sizes[int(len(sizes) * (0.95 if column in _NARROW else 0.8))]
    return widths


def _label(
    looks: Sequence[_Look], columns: Sequence[Column], widths: Mapping[Column, float]
) -> tuple[list[Column], float]:
    """Give each token to a column so that the sum of all costs is least; return it too."""
    if not looks:
        return [], 0.0
    places = range(len(columns))
    moves = {
        (blank, indented): _moves(columns, blank, indented)
        for blank in (False, True)
        for indented in (False, True)
    }
    full_at = [widths[column] - _slack(widths[column]) for column in columns]
    best = [
        _token_cost(looks[0], column, widths) + place * _ODD for place, column in enumerate(columns)
    ]
    back: list[list[int]] = []
    previous = looks[0]
    for look in looks[1:]:
        full = [previous.reach >= size for size in full_at]
        left = [
            best[place] + _leave_cost(previous, look, columns[place], full[place])
            for place in places
        ]
        costs: list[float] = []
        steps: list[int] = []
        for place, move in enumerate(moves[look.blank, look.indented]):
            column = columns[place]
            cost, origin = best[place] + _stay_cost(look, column, full[place]), place
            enter = _enter_cost(look, column, widths)
            for source in places:
                moved = left[source] + move[source] + enter
                if moved < cost:
                    cost, origin = moved, source
            costs.append(cost + _token_cost(look, column, widths))
            steps.append(origin)
        best = costs
        back.append(steps)
        previous = look
    ends = [best[place] + _lacking(columns[place + 1 :]) for place in places]
    place = min(places, key=ends.__getitem__)
    labels = [columns[place]]
    for steps in reversed(back):
        place = steps[place]
        labels.append(columns[place])
    labels.reverse()
    return labels, min(ends)


def _slack(column_width: float) -> float:
    """How much shorter a full line may be: a number or a mark that did not fit moves on whole."""
    return min(2.0, 0.25 * column_width)


def _lacking(columns: Sequence[Column]) -> float:
    """What it costs that a row lacks these columns."""
    return sum(0.0 if column in ("number", "category") else _ABSURD for column in columns)


def _moves(columns: Sequence[Column], blank: bool, indented: bool) -> Moves:
    """Return what it costs to move between columns, for a token that stands like this."""

    def cost(origin: int, place: int) -> float:
        if origin == place:
            return _NEVER
        if place > origin:
            total = _lacking(columns[origin + 1 : place])
        else:
            # A new row: what the last one lacks behind `origin`, this one before `place`.
            total = _lacking((*columns[origin + 1 :], *columns[:place]))
            if columns[place] != "number" and not indented:
                total += _ODD
        if columns[origin] in _TEXT and not blank:
            total += _HEAVY if columns[place] in _TEXT else _LIGHT
        return total

    places = range(len(columns))
    return tuple(tuple(cost(origin, place) for origin in places) for place in places)


def _token_cost(look: _Look, column: Column, widths: Mapping[Column, float]) -> float:
    """What it costs to read one token as part of a column."""
    if column == "number":
        return 0.0 if look.number else _NEVER
    narrow = column in _NARROW
    cost = 0.0
    if (look.width if narrow else look.reach) > widths[column] * 1.1 + 0.5:
        cost += _ABSURD
    if narrow and look.sentence_like:
        cost += _ABSURD
    if column == "departments" and look.clause_like:
        cost += _HEAVY
    return cost


def _leave_cost(previous: _Look, look: _Look, origin: Column, full: bool) -> float:
    """What it costs that a cell ends with `previous`."""
    cost = 0.0
    if origin == "departments" and not previous.ends_body:
        cost += _HEAVY
    if origin in _TEXT and not previous.ends_sentence:
        cost += _LIGHT if look.blank else _ODD
        if full and not look.blank:
            cost += _LIGHT
    if not look.first and origin != "number":
        cost += _LIGHT
    return cost


def _enter_cost(look: _Look, column: Column, widths: Mapping[Column, float]) -> float:
    """What it costs that a cell begins with `look`."""
    if column == "progress" and look.reach <= widths["task"] * 1.1 and not look.blank:
        return _ODD
    return 0.0


def _stay_cost(look: _Look, column: Column, full: bool) -> float:
    """What it costs that a cell goes on: wrapped text runs full lines without a blank between."""
    if column == "number":
        return _NEVER
    if not look.first:
        return 0.0 if column in _TEXT else _LIGHT
    cost = _HEAVY if look.indented and column != "category" else 0.0
    if column in _NARROW:
        return cost + (0.0 if full or not look.blank else _LIGHT / 2)
    if look.blank:
        return cost + (_ODD + _LIGHT if full else _ABSURD / 2)
    return cost + (0.0 if full else _ODD)
