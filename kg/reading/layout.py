"""Recover the rows and columns of a table whose text tells its cells one after another.

Such a text tells the cells row by row, wrapped at their column's width, with blank lines between
some of them and inside others. What tells the cells apart is their order, the width at which each
column wraps, and the wording of a few of them. The most likely reading of the whole text is found
by dynamic programming over its tokens (A. Viterbi, 1967), each of which is given to a column; the
widths are learned from the text and improved in a few rounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from operator import add

from kg.reading.columns import Column
from kg.reading.costs import (
    ABSURD,
    NARROW,
    NEVER,
    Fit,
    Look,
    Steps,
    first_costs,
    fit_to,
    last_costs,
    look_at,
    steps,
)
from kg.reading.furniture import longest_rise, row_number
from kg.reading.rows import Row
from kg.reading.tokens import Token

_ROUNDS = 4
_PILES, _SAMPLE = 7, 300

Widths = Mapping[Column, float]


def recover_rows(tokens: Sequence[Token], columns: Sequence[Column]) -> Iterator[Row]:
    """Yield the rows of a table from the tokens below its header, whatever their number.

    Args:
        tokens: What stands below the header, in order.
        columns: The columns in the order of the header.
    """
    if not tokens:
        return
    reading = _best_reading(tokens, columns)
    order = {column: index for index, column in enumerate(reading.columns)}
    cells: dict[Column, list[Token]] = {}
    doubt = 0.0
    last: Column | None = None
    for token, label, cost in zip(tokens, reading.labels, reading.costs, strict=True):
        if last is not None and order[label] < order[last]:
            yield _row(cells, doubt)
            cells, doubt = {}, 0.0
        cells.setdefault(label, []).append(token)
        doubt = max(doubt, cost)
        last = label
    yield _row(cells, doubt)


def _row(cells: Mapping[Column, Sequence[Token]], doubt: float) -> Row:
    notes = ("its cells could not be told apart with certainty",) if doubt >= ABSURD else ()
    return Row({column: tuple(found) for column, found in cells.items()}, notes=notes)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The column of each token, and what it costs to read it so."""

    columns: tuple[Column, ...]
    labels: list[Column]
    costs: list[float]


def _best_reading(tokens: Sequence[Token], columns: Sequence[Column]) -> _Reading:
    text = _Text(tokens, columns)
    widths = text.first_widths()
    if columns[:2] == ("number", "category"):
        # Some printers show a row's number not first, but before its task.
        moved = list(columns)
        moved.remove("number")
        moved.insert(moved.index("task"), "number")
        late = _Text(tokens, moved)
        if late.cost(widths, limit := text.cost(widths)) < limit:
            text = late
    reading = text.read(widths)
    for _ in range(_ROUNDS - 1):
        widths = text.learned_widths(reading.labels, widths)
        before, reading = reading, text.read(widths)
        if reading.labels == before.labels:
            break
    return reading


class _Text:
    """The tokens below a header, as the columns may be read from them.

    The costs of a step depend on a few traits of two tokens, which most of them share with others:
    they are found once for each pair of traits.
    """

    def __init__(self, tokens: Sequence[Token], columns: Sequence[Column]) -> None:
        self._tokens = tokens
        self._columns = tuple(columns)
        self._looks = list(_looks(tokens))
        self._sizes = [(token.width, token.reach) for token in tokens]
        self._steps: dict[tuple[Look, Fit, Look, Fit], Steps] = {}

    def first_widths(self) -> Widths:
        """Guess the columns' widths: full lines pile up at the width at which a column wraps.

        Of the largest piles, those are taken that explain the beginning of the text at least cost:
        first for the two wide columns and one width of the narrow ones, then for each of these.
        """
        count = Counter(round(reach) for _, reach in self._sizes)
        piles = [
            size
            for size in count
            if size >= 2 and count[size] >= max(2, count[size - 1], count[size + 1])
        ]
        piles = sorted(sorted(piles, key=lambda size: (-count[size], size))[:_PILES])
        guesses = [
            _widths_of(narrow, *pair)
            for narrow in piles
            for pair in (*permutations(piles, 2), *((size, size) for size in piles))
            if narrow * 1.5 <= min(pair)
        ]
        widths = self._cheapest(guesses or [_widths_of(4, 12, 44)])
        for column in NARROW:
            narrow = [size for size in sorted(count) if 2 <= size < widths["task"] / 1.2]
            others = [{**widths, column: float(size)} for size in narrow]
            widths = self._cheapest([widths, *others])
        return widths

    def learned_widths(self, labels: Sequence[Column], before: Widths) -> Widths:
        """Return each column's width as its lines tell it: most lines of a cell are full."""
        sizes: dict[Column, list[float]] = {column: [] for column in before}
        for (width, reach), label in zip(self._sizes, labels, strict=True):
            sizes[label].append(width if label in NARROW else reach)
        return {
            column: _share(found, 0.95 if column in NARROW else 0.8)
            if len(found) >= 8
            else before[column]
            for column, found in sizes.items()
        }

    def read(self, widths: Widths) -> _Reading:
        """Give each token to a column so that the sum of all costs is least."""
        steps_ = self._walk(widths, len(self._tokens))
        best = list(next(steps_)[0] or ())
        totals = [best]
        back: list[list[int]] = []
        for step in steps_:
            costs: list[float] = []
            origins: list[int] = []
            for place, row in enumerate(step):
                if row is None:
                    costs.append(NEVER)
                    origins.append(place)
                    continue
                sums = list(map(add, best, row))
                least = min(sums)
                costs.append(least)
                origins.append(place if sums[place] == least else sums.index(least))
            best = costs
            totals.append(best)
            back.append(origins)
        ends = list(map(add, best, last_costs(self._columns)))
        place = ends.index(min(ends))
        path = [place]
        for origins in reversed(back):
            place = origins[place]
            path.append(place)
        path.reverse()
        spent = [total[place] for total, place in zip(totals, path, strict=True)]
        return _Reading(
            self._columns,
            [self._columns[place] for place in path],
            [after - before for before, after in pairwise([0.0, *spent])],
        )

    def _cheapest(self, guesses: Iterable[Widths]) -> Widths:
        """Return the first of the widths by which the beginning of the text costs least."""
        least = float("inf")
        found: Widths = {}
        for widths in guesses:
            cost = self.cost(widths, least)
            if cost < least:
                least, found = cost, widths
        return found

    def cost(self, widths: Widths, limit: float = float("inf")) -> float:
        """Return what the beginning of the text costs, or any cost from the limit on."""
        best: list[float] = []
        for step in self._walk(widths, _SAMPLE):
            if not best:
                best = list(step[0] or ())
                continue
            best = [NEVER if row is None else min(map(add, best, row)) for row in step]
            if min(best) >= limit:
                return limit
        return min(map(add, best, last_costs(self._columns)), default=0.0)

    def _walk(self, widths: Widths, length: int) -> Iterator[Steps]:
        """Yield the costs to begin with, as the first of one step, then those of each step."""
        fits: dict[tuple[float, float], Fit] = {}
        previous: Look | None = None
        before: Fit | None = None
        for look, size in zip(self._looks[:length], self._sizes, strict=False):
            fit = fits.get(size)
            if fit is None:
                fit = fits[size] = fit_to(*size, self._columns, widths)
            if previous is None or before is None:
                yield (tuple(first_costs(look, fit, self._columns)),)
            else:
                key = (previous, before, look, fit)
                step = self._steps.get(key)
                if step is None:
                    step = self._steps[key] = steps(*key, self._columns)
                yield step
            previous, before = look, fit


def _looks(tokens: Sequence[Token]) -> Iterator[Look]:
    """Yield what the costs ask of each token; numbers that rise through the text count rows."""
    figures = [
        (index, number)
        for index, token in enumerate(tokens)
        if token.first and (number := row_number(token.text)) is not None
    ]
    # A year or a code that stands by itself is no number of a row.
    likely = [(index, n) for index, n in figures if n <= 3 * len(figures) + 30]
    rise = {likely[position][0] for position in longest_rise([n for _, n in likely])}
    candidates = {index for index, _ in figures}
    for index, token in enumerate(tokens):
        yield look_at(token, index in candidates, index in rise)


def _share(sizes: list[float], share: float) -> float:
    return sorted(sizes)[int(len(sizes) * share)]


def _widths_of(narrow: float, task: float, progress: float) -> Widths:
    return {
        "number": 1.5,
        "category": narrow,
        "departments": narrow,
        "task": task,
        "progress": progress,
    }
