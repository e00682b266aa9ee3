"""Finding the entries of a list of names in a text, in time linear in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_KEY = 2


def index(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return names of two or more characters by their first two, the longest first.

    >>> index(["江汉路", "江汉路步行街"])
    {'江汉': ('江汉路步行街', '江汉路')}
    """
    keyed: dict[str, list[str]] = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        if len(name) >= _KEY:
            keyed.setdefault(name[:_KEY], []).append(name)
    return {key: tuple(entries) for key, entries in keyed.items()}


def occurrences(text: str, indexed: dict[str, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text that hold an entry: the longest at each place, none overlapping.

    >>> list(occurrences("沿江汉路步行街", index(["江汉路", "江汉路步行街"])))
    [(1, 7)]
    """
    at = 0
    while at < len(text) - 1:
        for name in indexed.get(text[at : at + _KEY], ()):
            if text.startswith(name, at):
                yield at, at + len(name)
                at += len(name) - 1
                break
        at += 1
