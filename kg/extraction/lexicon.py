"""Compile lists of words to patterns that match the longest entry at each position."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Longer names are left out: they are not names, and their patterns would nest too deeply.
_LONGEST = 100


def alternation(words: Iterable[str]) -> str:
    """Return a pattern of words in which common beginnings are written once, for speed.

    >>> alternation(["江汉路", "江汉路步行街", "青年路"])
    '(?:江汉路(?:步行街)?|青年路)'
    """
    by_first: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            by_first.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    branches = []
    for first, rest in sorted(by_first.items()):
        tail = alternation(rest) if any(rest) else ""
        branches.append(re.escape(first) + tail)
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    joined = f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends else joined


def lexicon_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches the longest of some names; without names it never matches.

    >>> pattern = lexicon_pattern(["江汉路", "江汉路步行街"])
    >>> [match.group() for match in pattern.finditer("沿江汉路步行街")]
    ['江汉路步行街']
    """
    listed = {name for name in names if 0 < len(name) <= _LONGEST}
    firsts = "".join(re.escape(first) for first in sorted({name[0] for name in listed}))
    # The characters with which an entry can begin, for speed.
    return re.compile(f"(?=[{firsts}]){alternation(listed)}" if listed else r"(?!)")
