"""Measure how alike two texts are by the pairs of characters that they share."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def character_pairs(words: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters in a text.

    >>> sorted(character_pairs("微循环"))
    ['循环', '微循']
    """
    return frozenset(words[i : i + 2] for i in range(len(words) - 1))


def likeness(wanted: str, words: str) -> float:
    """Return the share of the pairs of `wanted` that occur in `words`, from 0 to 1.

    >>> likeness("微循环道路", "新建道路")
    0.25
    """
    sought = character_pairs(wanted)
    return len(sought & character_pairs(words)) / len(sought) if sought else 0.0
