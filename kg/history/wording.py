"""What the wordings of rows share: figures and pairs of letters, rare ones most.

What stands in many rows (推进, 项目, 改造工程) tells little of which task a row is; names of places
and figures tell it, however much of the wording around them changes.
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

# Of rows with the same term so many are looked at, the nearest in the table, and so many compared,
# so that time grows with the number of rows.
_LOOKED_AT, _COMPARED = 100, 20
_FIGURE_OR_LETTERS = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")

Terms = frozenset[str]


def terms(text: str) -> Terms:
    """Return the figures of a text and its pairs of letters: Chinese has no spaces between words.

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
    """Return how much each term of tables tells: the more, the fewer rows of a table have it."""
    most: Counter[str] = Counter()
    for rows in sides:
        most |= Counter(term for row in rows for term in row)
    size = max(map(len, sides), default=0)
    return {term: log((1 + size) / count) for term, count in most.items()}


def weight(row: Terms, rare: Mapping[str, float]) -> float:
    """Return how much the terms of a row tell, taken together."""
    # In one order, so that sums do not differ by rounding from run to run.
    return sum(rare[term] for term in sorted(row))


def sharing(
    left: Mapping[int, Terms], right: Mapping[int, Terms], rare: Mapping[str, float]
) -> Iterator[tuple[int, int, float]]:
    """Yield rows that share most, each with how much what they share tells.

    Args:
        left: The terms of rows, by their place in one table.
        right: Those of rows of another table.
        rare: How much each term tells.
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
    """Return of places in their order those near a place, as many as are looked at."""
    start = max(0, bisect_left(places, place) - _LOOKED_AT // 2)
    return places[start : start + _LOOKED_AT]
