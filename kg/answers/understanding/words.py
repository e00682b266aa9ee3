"""Translation of words in questions into the words of documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_ENGLISH, _LONGEST_KEY = re.compile(r"[a-z0-9][a-z0-9']*"), 4


@cache
def glossary() -> Mapping[str, str]:
    """Return the words of documents for popular names and for English words."""
    return read_words("glossary.tsv")


def read_words(name: str) -> Mapping[str, str]:
    """Return the entries of a tab-separated file next to this module: a word and its translation.

    Args:
        name: The name of the file.
    """
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    lines = (line.split("\t", 1) for line in text.splitlines() if not line.startswith("#"))
    return dict(lines)


def find_document_words(question: str) -> list[str]:
    """Return the words of documents for the words of a question.

    >>> find_document_words("How many footbridges?")
    ['人行天桥']
    """
    low = question.lower()
    words = _ENGLISH.findall(low)
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        for size in range(_LONGEST_KEY, 0, -1):
            if translation := _look_up(" ".join(words[at : at + size])):
                found |= dict.fromkeys(translation.split())
                break
        at += max(1, size)
    for word, translation in glossary().items():
        if not word.isascii() and word in low:
            found |= dict.fromkeys(translation.split())
    return list(found)


def _look_up(words: str) -> str:
    """Return the translation of English words, also in the plural, or an empty string."""
    forms = (words, words.removesuffix("s"), words.removesuffix("es"))
    return next((glossary()[form] for form in forms if form in glossary()), "")
