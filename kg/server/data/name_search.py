"""Search names by a part of them, by pinyin, or by initials of pinyin.

All names are in one array of characters. A query is matched from its start: a character matches
itself, and letters match any Chinese character that has a reading which begins with them, so that
`jhl`, `jianghanlu` and `江hlu` all find 江汉路. All possible matches are followed at once, as
positions in the array up to which the query has been matched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kg.pinyin.readings import readings, typed_form

Positions = NDArray[np.int64]

# Ranks of matches, the best first: the whole name, its beginning, a part of it. Matches by pinyin
# (`_READ` is added) come after literal ones, matches in a text after all names.
_EXACT, _PREFIX, _WITHIN, _READ, _TEXT, _NOT = 0, 1, 2, 3, 6, 7
# The most letters that a syllable has.
_SYLLABLE = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that can be searched for.

    Attributes:
        iri: Its IRI.
        kind: Its kind, the first part of its path.
        name: Its name.
        others: Its other names.
        weight: How often tasks name it; of equal matches the one with the greater weight is first.
        where: Its district or plan, or empty.
        text: Further text that is searched literally, or empty.
    """

    iri: str
    kind: str
    name: str
    others: tuple[str, ...] = ()
    weight: int = 0
    where: str = ""
    text: str = ""


class NameIndex:
    """The index of all names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=lambda it: (-it.weight, len(it.name), it.name, it.iri))
        self.kinds = [entry.kind for entry in self.entries]
        forms = [
            (owner, form)
            for owner, entry in enumerate(self.entries)
            for form in dict.fromkeys(map(typed_form, (entry.name, *entry.others)))
            if form
        ]
        alphabet = sorted(set(chain.from_iterable(form for _, form in forms)))
        codes = {character: code for code, character in enumerate(alphabet, 1)}
        # A zero, which nothing matches, stands before each name and after the last.
        self._codes = np.fromiter(
            chain((0,), *([*map(codes.__getitem__, form), 0] for _, form in forms)), np.int32
        )
        lengths = np.fromiter((len(form) + 1 for _, form in forms), np.int64, len(forms))
        self._starts = np.cumsum(lengths) - lengths + 1
        self._owners = np.fromiter((owner for owner, _ in forms), np.int64, len(forms))
        self._literal = {character: _one_hot(code, len(codes)) for character, code in codes.items()}
        self._read = _reading_tables(alphabet)
        self._texts = [
            (owner, typed_form(entry.text))
            for owner, entry in enumerate(self.entries)
            if entry.text
        ]

    def find(self, query: str) -> Sequence[int]:
        """Return the indices in `entries` of those that match each word of a query, best first."""
        words = list(dict.fromkeys(form for word in query.split() if (form := typed_form(word))))
        if not words:
            return ()
        worst = np.max([self._ranks(word) for word in words], axis=0)
        if len(words) > 1:
            worst = np.minimum(worst, self._ranks("".join(words)))
        found = np.flatnonzero(worst < _NOT)
        order: list[int] = found[np.argsort(worst[found], kind="stable")].tolist()
        return order

    def _ranks(self, word: str) -> NDArray[np.int64]:
        """Return the rank of each entry for a word."""
        ranks = np.full(len(self.entries), _NOT)
        for owner, text in self._texts:
            if word in text:
                ranks[owner] = _TEXT
        for tables, less in ((self._read, _READ), (self._literal, 0)):
            starts, ends = self._read_through(word, tables)
            at_start, at_end = self._codes[starts - 1] == 0, self._codes[ends] == 0
            fits = np.where(at_start, np.where(at_end, _EXACT, _PREFIX), _WITHIN) + less
            owners = self._owners[np.searchsorted(self._starts, starts, "right") - 1]
            np.minimum.at(ranks, owners, fits)
        return ranks

    def _read_through(
        self, word: str, tables: dict[str, NDArray[np.bool_]]
    ) -> tuple[Positions, Positions]:
        """Return where a word matches in the array: starts, and positions after the ends."""
        read: dict[int, list[tuple[Positions, Positions]]] = defaultdict(list)
        for begin in range(len(word)):
            if begin:
                starts, ends = _distinct_pairs(read.pop(begin, []), len(self._codes))
            for table, length in _matching_characters(word, begin, tables):
                if begin:
                    fits = table[self._codes[ends]]
                    read[begin + length].append((starts[fits], ends[fits] + 1))
                else:
                    first = np.flatnonzero(table[self._codes])
                    read[length].append((first, first + 1))
        return _distinct_pairs(read[len(word)], len(self._codes))


def _matching_characters(
    word: str, begin: int, tables: dict[str, NDArray[np.bool_]]
) -> Iterator[tuple[NDArray[np.bool_], int]]:
    """Yield which characters the next letters of a word match, and how many letters these are."""
    for length in range(1, min(_SYLLABLE, len(word) - begin) + 1):
        table = tables.get(word[begin : begin + length])
        if table is None:
            return
        yield table, length


def _distinct_pairs(
    places: list[tuple[Positions, Positions]], size: int
) -> tuple[Positions, Positions]:
    """Return pairs of positions without duplicates."""
    if len(places) == 1:
        return places[0]
    pairs = [starts * size + ends for starts, ends in places]
    every = np.unique(np.concatenate(pairs)) if pairs else np.empty(0, np.int64)
    return every // size, every % size


def _reading_tables(alphabet: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
    """Return for every beginning of a reading which characters it matches."""
    codes: dict[str, set[int]] = defaultdict(set)
    known = readings(alphabet)
    for code, character in enumerate(alphabet, 1):
        for reading in known[character]:
            for end in range(1, min(len(reading), _SYLLABLE) + 1):
                codes[reading[:end]].add(code)
    tables = {}
    for prefix, matching in codes.items():
        tables[prefix] = np.zeros(len(alphabet) + 1, np.bool_)
        tables[prefix][list(matching)] = True
    return tables


def _one_hot(code: int, size: int) -> NDArray[np.bool_]:
    table = np.zeros(size + 1, np.bool_)
    table[code] = True
    return table
