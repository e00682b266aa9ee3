"""The text layer of a page as tokens: words between white space, with how they stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

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
        reach: Width from the first word of its line that is no number to its end.
    """

    text: str
    line: int
    space: str
    first: bool
    blank: bool
    reach: float

    @property
    def indented(self) -> bool:
        """Whether white space begins its line: what is left where a row's number was lost."""
        return self.first and bool(self.space.replace("\f", ""))


def width(text: str) -> float:
    """Return the printed width of a text in full-width characters.

    >>> width("完成PM10。")
    5.0
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def tokenize(lines: list[str]) -> Iterator[Token]:
    """Yield the tokens of numbered source lines."""
    blank = True
    for number, line in enumerate(lines, start=1):
        words = list(_WORD.finditer(line))
        start: int | None = None
        for index, word in enumerate(words):
            if start is None and not word.group().isdecimal():
                start = word.start()
            yield Token(
                text=word.group(),
                line=number,
                space=line[words[index - 1].end() if index else 0 : word.start()],
                first=index == 0,
                blank=blank,
                reach=width(line[start if start is not None else word.start() : word.end()]),
            )
        blank = not words
