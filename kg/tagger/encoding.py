"""Encode two texts as the numbers that the network takes.

The first text is a promise, the second its report; either may be empty. Longer texts are split
into windows. Each window contains a part of the second text, with the first text or its beginning
as context.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.tagger.vocabulary import END, START, Vocabulary, fold_characters

Integers = NDArray[np.int64]
# Characters of a window; with three special pieces they must not exceed the encoder's positions.
WINDOW = 480
_CONTEXT = 160
# Where a text may be cut: after a sentence, a clause, a comma, the item of a list.
_CUTS = tuple(re.compile(mark) for mark in ("[。！？\n]", "[；;]", "[，,]", "[、 ]"))
_LAST_PLACE = 7


@dataclass(frozen=True, slots=True)
class Window:
    """The parts of two texts that are encoded together, as pairs of offsets."""

    first: tuple[int, int]
    second: tuple[int, int]

    @property
    def size(self) -> int:
        """The number of characters."""
        return self.first[1] - self.first[0] + self.second[1] - self.second[0]


@dataclass(frozen=True, slots=True)
class EncodedWindow:
    """A window as numbers: pieces and their parts, characters, their pieces and places in these."""

    pieces: Integers
    parts: Integers
    characters: Integers
    piece_of: Integers
    places: Integers


class Encoder:
    """Build the numbers of a window, text by text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._pieces, self._parts = [vocabulary.number(START)], [0]
        self._characters: list[int] = []
        self._piece_of: list[int] = []
        self._places: list[int] = []

    def add(self, folded: str, spans: Iterable[tuple[int, int]], part: int) -> None:
        """Add a text.

        Args:
            folded: The text, its characters folded.
            spans: The offsets of its pieces, which cover it.
            part: The number of the part to which the pieces belong.
        """
        for a, b in spans:
            for place in range(b - a):
                self._piece_of.append(len(self._pieces))
                self._places.append(0 if b - a == 1 else min(place + 1, _LAST_PLACE))
            self._pieces.append(self._vocabulary.number(folded[a:b]))
            self._parts.append(part)
        self._characters += map(self._vocabulary.number, folded)

    def end(self, part: int) -> None:
        """Add the piece that ends a part."""
        self._pieces.append(self._vocabulary.number(END))
        self._parts.append(part)

    def finish(self) -> EncodedWindow:
        """Return the window."""
        rows = (self._pieces, self._parts, self._characters, self._piece_of, self._places)
        return EncodedWindow(*(np.array(row, dtype=np.int64) for row in rows))


def split_windows(first: str, second: str) -> list[Window]:
    """Return windows that cover both texts.

    >>> split_windows("建桥", "已通车")
    [Window(first=(0, 2), second=(0, 3))]
    """
    if len(first) + len(second) <= WINDOW:
        return [Window((0, len(first)), (0, len(second)))]
    # A promise of usual length is complete in the window of each part of its report.
    whole = len(first) <= WINDOW - _CONTEXT
    context = (0, len(first) if whole else _CONTEXT) if second else (0, 0)
    windows = [
        Window(part, (0, 0)) for part in _split_text(first, WINDOW) if len(first) > context[1]
    ]
    windows += [Window(context, part) for part in _split_text(second, WINDOW - context[1])]
    return windows


def _split_text(text: str, limit: int) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > limit:
        end = start + limit
        for mark in _CUTS:
            found = [match.end() for match in mark.finditer(text, start + limit // 2, end)]
            if found:
                end = found[-1]
                break
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def encode_window(
    first: str, second: str, vocabulary: Vocabulary, spans: Sequence[list[tuple[int, int]]] = ()
) -> EncodedWindow:
    """Return the texts of a window as numbers.

    Args:
        first: The part of the first text.
        second: The part of the second text.
        vocabulary: The encoder's pieces.
        spans: The offsets of the pieces of both texts; by default the vocabulary splits them.
    """
    encoder = Encoder(vocabulary)
    for part, text in enumerate((first, second)):
        folded = fold_characters(text)
        encoder.add(folded, spans[part] if spans else vocabulary.split(folded), part)
        encoder.end(part)
    return encoder.finish()
