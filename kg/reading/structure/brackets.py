"""Brackets of a text, full-width and ASCII ones mixed, also those that never close."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_OPEN, _CLOSE = "（([【〔［{｛", "）)]】〕］}｝"


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket and what it holds.

    Attributes:
        start: Offset of the character that opens it.
        end: Offset behind the one that closes it, or the end of the text.
        closed: Whether it closes.
        depth: How many brackets stand around it.
    """

    start: int
    end: int
    closed: bool
    depth: int

    @property
    def inside(self) -> tuple[int, int]:
        """The span of what it holds."""
        return self.start + 1, self.end - self.closed


def find_brackets(text: str) -> list[Bracket]:
    """Return the brackets of a text by where they open; any kind closes any.

    >>> [(b.start, b.end, b.closed, b.depth) for b in find_brackets("a（b(c)】，（d")]
    [(1, 7, True, 0), (3, 6, True, 1), (8, 10, False, 0)]
    """
    found: list[Bracket] = []
    opened: list[int] = []
    for offset, character in enumerate(text):
        if character in _OPEN:
            opened.append(offset)
        elif character in _CLOSE and opened:
            found.append(Bracket(opened.pop(), offset + 1, True, len(opened)))
    found += [Bracket(start, len(text), False, depth) for depth, start in enumerate(opened)]
    return sorted(found, key=lambda bracket: bracket.start)


def outermost(brackets: Sequence[Bracket]) -> list[Bracket]:
    """Return the brackets that stand in no other, but for one that never closes."""
    found: list[Bracket] = []
    end = 0
    for bracket in brackets:
        if bracket.start >= end:
            found.append(bracket)
            end = bracket.end
    return found


def hide(text: str, brackets: Sequence[Bracket]) -> str:
    r"""Return a text of the same length with what stands in outermost brackets blanked.

    >>> hide("农办(农业局、林业局)、水务局", find_brackets("农办(农业局、林业局)、水务局"))
    '农办\x00\x00\x00\x00\x00\x00\x00\x00\x00、水务局'
    """
    pieces: list[str] = []
    last = 0
    for bracket in outermost(brackets):
        pieces += [text[last : bracket.start], "\0" * (bracket.end - bracket.start)]
        last = bracket.end
    return "".join([*pieces, text[last:]])


def bracket_at(brackets: Sequence[Bracket], offset: int) -> Bracket | None:
    """Return the bracket that opens at an offset, or None."""
    place = bisect_right(brackets, offset, key=lambda bracket: bracket.start) - 1
    found = brackets[place] if place >= 0 else None
    return found if found and found.start == offset else None
