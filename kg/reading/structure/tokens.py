"""The text layer of a page as tokens: words between white space, with how they stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# What ends a sentence in a cell.
STOPS = ("。", "！", "；", "？")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of characters without white space.

    Attributes:
        text: The characters.
        line: 1-based line of the source.
        space: The white space in front of it on its line.
        first: Whether it is the first on its line.
        blank: Whether a blank line stands before its line.
        width: Its printed width in full-width characters.
        reach: Width from the first word of its line that is no number to its end.
    """

    text: str
    line: int
    space: str
    first: bool
    blank: bool
    width: float
    reach: float

    @property
    def indented(self) -> bool:
        """Whether white space begins its line: what is left where a row's number was lost."""
        return self.first and bool(self.space.replace("\f", ""))


class _Widths(dict[str, float]):
    """Width of characters, found once each."""

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
            # A number in front does not count: the row's may stand on the line of its first cell.
            before = reach + width(space) if reach is not None else 0.0
            yield Token(text, number, space, not end, blank, size, before + size)
            if reach is not None or not text.isdecimal():
                reach = before + size
            end = word.end()
        blank = not end
