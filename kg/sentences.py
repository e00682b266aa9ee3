"""The boundaries of sentences in a cell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

_SENTENCE_END = re.compile(r"[。；;！？]")


@lru_cache(maxsize=8)
def _edges(text: str) -> tuple[int, ...]:
    """Return the starts of a text's sentences, and its end; cached, as a cell has many facts."""
    edges = [0, *(mark.end() for mark in _SENTENCE_END.finditer(text))]
    return tuple(edges if edges[-1] == len(text) else [*edges, len(text)])


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences (or clauses up to a semicolon) of a text, in order.

    >>> list(sentence_spans("已完工。正在施工"))
    [(0, 4), (4, 8)]
    """
    return pairwise(_edges(text))


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence (or clause up to a semicolon) around a span of `text`.

    >>> text = "一路已完工。二路正在施工；三路待建。"
    >>> first, last = sentence_span(text, 6, 8)
    >>> text[first:last]
    '二路正在施工；'
    """
    edges = _edges(text)
    first = max(bisect_right(edges, start) - 1, 0)
    last = bisect_left(edges, max(end, start + 1))
    return edges[first], edges[min(last, len(edges) - 1)]


def clause_start(text: str, position: int, marks: re.Pattern[str], longest: int) -> int:
    """Return the start of the clause that contains a position.

    Args:
        text: The text.
        position: An offset in it.
        marks: The marks that end a clause.
        longest: The number of characters to look back; the start of a longer clause is there.

    >>> clause_start("一路已完工，二路正在施工", 8, re.compile("，"), 20)
    6
    """
    first = max(0, position - longest)
    return max((mark.end() for mark in marks.finditer(text, first, position)), default=first)
