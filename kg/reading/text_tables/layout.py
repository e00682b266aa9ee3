"""Recover the rows and columns of a table whose cells are written one after another.

Such a text has the cells row by row, wrapped at the width of their column, with blank lines between
some of them and inside others. The order of the cells, the width at which each column wraps, and
the wording of a few cells show where they end. The likeliest columns of the whole text are found;
the widths are learned from the text and improved in a few rounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from kg.reading.structure.furniture import longest_rising_run, parse_row_number
from kg.reading.structure.tokens import Token
from kg.reading.tables.columns import Column
from kg.reading.text_tables.costs import ABSURD, NARROW, TokenTraits, token_traits
from kg.reading.text_tables.labelling import Labels, TokenSequence, Widths
from kg.reading.text_tables.rows import Row

_WIDEST = 500.0
_HANGING = ("，", "、", "；")
_ROUNDS = 4
_PILES, _SAMPLE = 7, 300


def recover_rows(tokens: Sequence[Token], columns: Sequence[Column]) -> Iterator[Row]:
    """Yield the rows of a table from the tokens below its header.

    Args:
        tokens: The tokens below the header, in order.
        columns: The columns in the order of the header.
    """
    if not tokens:
        return
    reading = _best_labels(tokens, columns)
    order = {column: index for index, column in enumerate(reading.columns)}
    cells: dict[Column, list[Token]] = {}
    doubt = 0.0
    last: Column | None = None
    for token, label, cost in zip(tokens, reading.labels, reading.costs, strict=True):
        if last is not None and order[label] < order[last]:
            yield _make_row(cells, doubt)
            cells, doubt = {}, 0.0
        cells.setdefault(label, []).append(token)
        doubt = max(doubt, cost)
        last = label
    yield _make_row(cells, doubt)


def _make_row(cells: Mapping[Column, Sequence[Token]], doubt: float) -> Row:
    notes = ("its cells could not be split with certainty",) if doubt >= ABSURD else ()
    return Row({column: tuple(found) for column, found in cells.items()}, notes=notes)


def _best_labels(tokens: Sequence[Token], columns: Sequence[Column]) -> Labels:
    # A comma may extend past the edge of a narrow column.
    sizes = [
        (token.width - token.text.endswith(_HANGING), min(token.reach, _WIDEST)) for token in tokens
    ]
    all_traits = list(_all_traits(tokens))
    text = TokenSequence(all_traits, sizes, columns)
    widths = _first_widths(text, sizes)
    if columns[:2] == ("number", "category"):
        # Some programs print the number of a row before its task instead of first.
        moved: list[Column] = [column for column in columns if column != "number"]
        moved.insert(moved.index("task"), "number")
        late = TokenSequence(all_traits, sizes, moved)
        if late.cost(widths, _SAMPLE, limit := text.cost(widths, _SAMPLE)) < limit:
            text = late
    reading = text.best_labels(widths)
    for _ in range(_ROUNDS - 1):
        widths = _learn_widths(sizes, reading.labels, widths)
        before, reading = reading, text.best_labels(widths)
        if reading.labels == before.labels:
            break
    return reading


def _first_widths(text: TokenSequence, sizes: Sequence[tuple[float, float]]) -> Widths:
    """Guess the widths of the columns: most lines have the width at which their column wraps.

    Of the most frequent widths, those are taken with which the beginning of the text costs least:
    first for the two wide columns and both narrow ones together, then for each narrow one.
    """
    count = Counter(round(reach) for _, reach in sizes)
    piles = [
        size
        for size in count
        if size >= 2 and count[size] >= max(2, count[size - 1], count[size + 1])
    ]
    piles = sorted(sorted(piles, key=lambda size: (-count[size], size))[:_PILES])
    pairs = [*permutations(piles, 2), *((size, size) for size in piles)]
    # The usual kind first: its cost is the limit at which the others are abandoned.
    pairs.sort(key=lambda pair: pair[0] * 1.2 > pair[1])
    guesses = [
        _make_widths(narrow, *pair)
        for pair in pairs
        for narrow in piles
        if narrow * 1.5 <= min(pair)
    ]
    widths = _cheapest_widths(text, [*guesses, _make_widths(4, 12, 44)])
    for column in NARROW:
        narrow = [size for size in sorted(count) if 2 <= size < widths["task"] / 1.2]
        others = [{**widths, column: float(size)} for size in narrow]
        widths = _cheapest_widths(text, [widths, *others])
    return widths


def _cheapest_widths(text: TokenSequence, guesses: Iterable[Widths]) -> Widths:
    """Return the first of the widths with which the beginning of the text costs least."""
    least = float("inf")
    found: Widths = {}
    for widths in guesses:
        cost = text.cost(widths, _SAMPLE, least)
        if cost < least:
            least, found = cost, widths
    return found


def _learn_widths(
    sizes: Sequence[tuple[float, float]], labels: Sequence[Column], before: Widths
) -> Widths:
    """Return the width of each column, learned from its lines, most of which are full."""
    found: dict[Column, list[float]] = {column: [] for column in before}
    for (width, reach), label in zip(sizes, labels, strict=True):
        found[label].append(width if label in NARROW else reach)
    return {
        column: _quantile(sizes, 0.95 if column in NARROW else 0.8)
        if len(sizes) >= 8
        else before[column]
        for column, sizes in found.items()
    }


def _all_traits(tokens: Sequence[Token]) -> Iterator[TokenTraits]:
    """Yield the traits of each token; numbers that rise through the text count rows."""
    figures = [
        (index, number)
        for index, token in enumerate(tokens)
        if token.first and (number := parse_row_number(token.text)) is not None
    ]
    # A year or a code on its own is not the number of a row.
    likely = [(index, n) for index, n in figures if n <= 3 * len(figures) + 30]
    rise = {likely[position][0] for position in longest_rising_run([n for _, n in likely])}
    candidates = {index for index, _ in figures}
    for index, token in enumerate(tokens):
        yield token_traits(token, index in candidates, index in rise)


def _quantile(sizes: list[float], share: float) -> float:
    return sorted(sizes)[int(len(sizes) * share)]


def _make_widths(narrow: float, task: float, progress: float) -> Widths:
    return {
        "number": 1.5,
        "category": narrow,
        "departments": narrow,
        "task": task,
        "progress": progress,
    }
