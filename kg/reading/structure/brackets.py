"""Find the brackets of a text: full-width and ASCII, including unclosed ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_OPEN, _CLOSE = "（([【〔［{｛", "）)]】〕］}｝"


@dataclass(frozen=True, slots=True)
class Bracket:
    """A pair of brackets with its content.

    Attributes:
        start: Offset of the opening character.
        end: Offset after the closing character, or the end of the text.
        closed: Whether there is a closing character.
        depth: The number of brackets around it.
    """

    start: int
    end: int
    closed: bool
    depth: int

    @property
    def inside(self) -> tuple[int, int]:
        """The span of its content."""
        return self.start + 1, self.end - self.closed


def find_brackets(text: str) -> list[Bracket]:
    """Return the brackets of a text, sorted by start; any closing character closes any bracket.

    >>> [(b.start, b.end, b.closed, b.depth) for b in find_brackets("a（b(c)】，（d")]
    [(1, 7, True, 0), (3, 6, True, 1), (8, 10, False, 0)]
    """
    found: list[Bracket] = []
    starts: list[int] = []
    for offset, character in enumerate(text):
        if character in _OPEN:
            starts.append(offset)
        elif character in _CLOSE and starts:
            found.append(Bracket(starts.pop(), offset + 1, True, len(starts)))
    found += [Bracket(start, len(text), False, depth) for depth, start in enumerate(starts)]
    return sorted(found, key=lambda bracket: bracket.start)


def outermost_brackets(brackets: Sequence[Bracket]) -> list[Bracket]:
    """Return the brackets that are not inside another one."""
    found: list[Bracket] = []
    end = 0
    for bracket in brackets:
        if bracket.start >= end:
            found.append(bracket)
            end = bracket.end
    return found


def hide_brackets(text: str, brackets: Sequence[Bracket]) -> str:
    r"""Return a text with the outermost brackets replaced with as many NUL characters.

    >>> hide_brackets("农办(农业局、林业局)、水务局", find_brackets("农办(农业局、林业局)、水务局"))
    '农办\x00\x00\x00\x00\x00\x00\x00\x00\x00、水务局'
    """
    pieces: list[str] = []
    last = 0
    for bracket in outermost_brackets(brackets):
        pieces += [text[last : bracket.start], "\0" * (bracket.end - bracket.start)]
        last = bracket.end
    return "".join([*pieces, text[last:]])


def bracket_at(brackets: Sequence[Bracket], offset: int) -> Bracket | None:
    """Return the bracket that opens at an offset, or None."""
    place = bisect_right(brackets, offset, key=lambda bracket: bracket.start) - 1
    found = brackets[place] if place >= 0 else None
    return found if found and found.start == offset else None


def count_unclosed(text: str, opening: str = "（(", closing: str = "）)") -> int:
    """Return how many brackets a text opens without closing them; negative if it closes more.

    >>> count_unclosed("各县（市、"), count_unclosed("区）政府"), count_unclosed("各县（市）")
    (1, -1, 0)
    """
    return sum(map(text.count, opening)) - sum(map(text.count, closing))
