"""Words of questions and what documents say for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_ENGLISH, _LONGEST_KEY = re.compile(r"[a-z0-9][a-z0-9']*"), 4


@cache
def glossary() -> Mapping[str, str]:
    """Return what documents say for popular names and for English words."""
    return read_words("glossary.tsv")


def read_words(name: str) -> Mapping[str, str]:
    """Return the words of a file beside this module, a word and what is said for it in each line.

    Args:
        name: The file.
    """
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    lines = (line.split("\t", 1) for line in text.splitlines() if not line.startswith("#"))
    return dict(lines)


def added_words(question: str) -> list[str]:
    """Return the words that documents say for those of a question.

    >>> added_words("How many footbridges?")
    ['人行天桥']
    """
    low = question.lower()
    words = _ENGLISH.findall(low)
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        for size in range(_LONGEST_KEY, 0, -1):
            if told := _translated(" ".join(words[at : at + size])):
                found |= dict.fromkeys(told.split())
                break
        at += max(1, size)
    for word, told in glossary().items():
        if not word.isascii() and word in low:
            found |= dict.fromkeys(told.split())
    return list(found)


def _translated(words: str) -> str:
    """Return what the glossary says for English words, in the plural too."""
    forms = (words, words.removesuffix("s"), words.removesuffix("es"))
    return next((glossary()[form] for form in forms if form in glossary()), "")
