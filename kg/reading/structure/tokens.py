"""Split lines of text into tokens, with their positions on the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Punctuation at the end of a sentence.
STOPS = ("。", "！", "；", "？")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of characters without white space.

    Attributes:
        text: The characters.
        line: 1-based line of the source.
        space: The white space before it on its line.
        first: Whether it is the first on its line.
        blank: Whether a blank line precedes its line.
        width: Its printed width in full-width characters.
        reach: The width from the first word of its line that is not a number to its end.
    """

    text: str
    line: int
    space: str
    first: bool
    blank: bool
    width: float
    reach: float

    @property
    def is_indented(self) -> bool:
        """Whether its line is indented, as where the number of a row was lost."""
        return self.first and bool(self.space.replace("\f", ""))


class _Widths(dict[str, float]):
    """Cache of the widths of characters."""

    def __missing__(self, character: str) -> float:
        wide = unicodedata.east_asian_width(character) in "WFA"
        self[character] = found = 1.0 if wide else 0.5
        return found


_width_of = _Widths().__getitem__


def width(text: str) -> float:
    """Return the printed width of a text in full-width characters.

    >>> width("完成PM10。")
    5.0
    """
    return sum(map(_width_of, text))


def tokenize(lines: list[str]) -> Iterator[Token]:
    """Yield the tokens of numbered source lines."""
    blank = True
    for number, line in enumerate(lines, start=1):
        end = 0
        reach: float | None = None
        for word in _WORD.finditer(line):
            text = word.group()
            space = line[end : word.start()]
            size = width(text)
            # A leading number does not count: it may be the row's, on the line of its first cell.
            before = reach + width(space) if reach is not None else 0.0
            yield Token(text, number, space, not end, blank, size, before + size)
            if reach is not None or not text.isdecimal():
                reach = before + size
            end = word.end()
        blank = not end
