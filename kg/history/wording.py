"""Compare the wording of rows by their figures and character pairs, weighted by rarity.

Terms of many rows (推进, 项目, 改造工程) hardly identify a task; names of places and figures do,
however much the wording around them changes.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise
from math import log

# How many rows with the same term are considered, the nearest in the table, and how many rows are
# compared. These limits make the time linear in the number of rows.
_LOOKED_AT, _COMPARED = 100, 20
_FIGURE_OR_LETTERS = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")

Terms = frozenset[str]


def terms(text: str) -> Terms:
    """Return the figures and character pairs of a text.

    >>> sorted(terms("修路12.5公里"))
    ['12.5', '修路', '公里']
    """
    found: set[str] = set()
    for part in _FIGURE_OR_LETTERS.findall(unicodedata.normalize("NFKC", text).lower()):
        if part[0].isdigit() or len(part) == 1:
            found.add(part)
        else:
            found.update(map("".join, pairwise(part)))
    return frozenset(found)


def rarity(sides: Sequence[Sequence[Terms]]) -> Mapping[str, float]:
    """Return the weight of each term: the fewer rows of a table have it, the higher."""
    most: Counter[str] = Counter()
    for rows in sides:
        most |= Counter(term for row in rows for term in row)
    size = max(map(len, sides), default=0)
    return {term: log((1 + size) / count) for term, count in most.items()}


def weight(row: Terms, rare: Mapping[str, float]) -> float:
    """Return the sum of the weights of a row's terms."""
    # In a fixed order, so that rounding is the same in each run.
    return sum(rare[term] for term in sorted(row))


def similar_pairs(
    left: Mapping[int, Terms], right: Mapping[int, Terms], rare: Mapping[str, float]
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of rows with many shared terms, each with the weight of these.

    Args:
        left: The terms of rows, by their place in one table.
        right: The terms of rows of another table.
        rare: The weight of each term.
    """
    having: defaultdict[str, list[int]] = defaultdict(list)
    for other in sorted(right):
        for term in right[other]:
            having[term].append(other)
    for one, row in left.items():
        shared: defaultdict[int, float] = defaultdict(float)
        for term in sorted(row):
            for other in _nearest(having.get(term, ()), one):
                shared[other] += rare[term]
        for other in nlargest(_COMPARED, shared, key=lambda at: (shared[at], -at)):
            yield one, other, weight(row & right[other], rare)


def _nearest(places: Sequence[int], place: int) -> Sequence[int]:
    """Return up to `_LOOKED_AT` of the sorted places, those around a place."""
    start = max(0, bisect_left(places, place) - _LOOKED_AT // 2)
    return places[start : start + _LOOKED_AT]
