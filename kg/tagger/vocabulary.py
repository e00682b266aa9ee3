"""The encoder's pieces of text, and how a text is split into them.

A piece is one character, or a word of several Chinese characters. A text is split so that the sum
of the scores of its pieces is greatest (the unigram model of SentencePiece, Kudo 2018). Digits and
Latin letters are always separate pieces, so that numbers are read digit by digit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

START, PAD, END, UNKNOWN, MASK = "<s>", "<pad>", "</s>", "<unk>", "<mask>"
SPACE = "▁"
# The score of a character in no piece: below that of any piece.
_UNKNOWN_SCORE = -30.0


@dataclass(frozen=True)
class Vocabulary:
    """The encoder's pieces with their scores, in the order of their numbers.

    >>> pieces = Vocabulary({"<unk>": 0.0, "道": -9.0, "路": -9.0, "道路": -10.0})
    >>> pieces.split("道路道")
    [(0, 2), (2, 3)]
    """

    scores: Mapping[str, float]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each piece."""
        return {piece: number for number, piece in enumerate(self.scores)}

    @cached_property
    def _longest(self) -> dict[str, int]:
        """The length of the longest piece by first character."""
        longest: dict[str, int] = {}
        for piece in self.scores:
            longest[piece[:1]] = max(longest.get(piece[:1], 1), len(piece))
        return longest

    def number(self, piece: str) -> int:
        """Return the number of a piece, or that of `<unk>`."""
        return self.numbers.get(piece, self.numbers[UNKNOWN])

    def split(self, text: str) -> list[tuple[int, int]]:
        """Return the offsets of the pieces of a folded text, in order."""
        size = len(text)
        best = [0.0] + [float("-inf")] * size
        back = [0] * (size + 1)
        scores, longest = self.scores, self._longest
        for start in range(size):
            base = best[start]
            if base + _UNKNOWN_SCORE > best[start + 1]:
                best[start + 1], back[start + 1] = base + _UNKNOWN_SCORE, start
            reach = start + longest.get(text[start], 0)
            for end in range(start + 1, min(size, reach) + 1):
                score = scores.get(text[start:end])
                if score is not None and base + score > best[end]:
                    best[end], back[end] = base + score, start
        spans = []
        while size:
            spans.append((back[size], size))
            size = back[size]
        return spans[::-1]


def fold_characters(text: str) -> str:
    """Return a text of the same length with different forms of one character replaced by one.

    Full-width letters, digits and marks become half-width ones; white space becomes `▁`.

    >>> fold_characters("（１２　㎡")
    '(12▁㎡'
    """
    return "".join(_FOLDED.get(character) or _fold_character(character) for character in text)


def _fold_character(character: str) -> str:
    if character.isspace():
        return SPACE
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


# Marks whose full-width form is kept, because the encoder knows it better.
_FOLDED = {mark: mark for mark in "，。；：！？、"} | {",": "，", ";": "；", ":": "："}


def read_vocabulary(path: Path) -> Vocabulary:
    """Return the vocabulary in a file; each line is a piece, a tab and its score."""
    with path.open(encoding="utf-8") as lines:
        pairs = (line.rstrip("\n").split("\t") for line in lines)
        return Vocabulary({piece: float(score) for piece, score in pairs})


def write_vocabulary(pieces: Iterable[tuple[str, float]], path: Path) -> None:
    """Write pieces with their scores, one on each line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{piece}\t{score:.9g}\n" for piece, score in pieces)
