"""Mentions of names in a cell, and the choice between overlapping ones."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from kg.model import NameKind


class Mention(NamedTuple):
    """A named thing at a span of a cell's text.

    Attributes:
        kind: The kind of the named thing.
        name: Its name, of which a list may contain only a part.
        start: Offset of the first character of the mention.
        end: Offset after the last.
        rule: The rule that found it.
        confidence: How likely it is right, from 0 to 1; None if it comes from a list.
    """

    kind: NameKind
    name: str
    start: int
    end: int
    rule: str
    confidence: float | None = None


def longest_mentions(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that no longer mention overlaps, in the order of the text.

    Of two of the same length, the first in the argument is kept. Several names with the same span,
    as in a list, are all kept.

    >>> road = Mention("road", "和平路", 0, 3, "tagger")
    >>> park = Mention("place", "和平路公园", 0, 5, "tagger")
    >>> [mention.name for mention in longest_mentions([road, park])]
    ['和平路公园']
    """
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    kept: dict[tuple[int, int], list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        span = (mention.start, mention.end)
        if span in kept:
            if all(k.name != mention.name and k.kind == mention.kind for k in kept[span]):
                kept[span].append(mention)
            continue
        at = bisect_left(starts, mention.start)
        if at < len(spans) and spans[at][0] < mention.end:
            continue
        if at and spans[at - 1][1] > mention.start:
            continue
        starts.insert(at, mention.start)
        spans.insert(at, span)
        kept[span] = [mention]
    return [mention for span in spans for mention in kept[span]]


def coverage_mask(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """Return a byte for each character of a text: 1 where a span covers it.

    >>> list(coverage_mask(4, [(1, 3)]))
    [0, 1, 1, 0]
    """
    covered = bytearray(length)
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return covered
