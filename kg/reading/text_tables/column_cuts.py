"""Find the boundaries of aligned columns by the gaps that run down the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

_PIECE = re.compile(r"\S+")
# A word of a header, also one that is spaced out: 责 任 单 位.
_WORD = re.compile(r"(?<!\S)(?:[一-鿿] {1,2}){1,7}[一-鿿](?!\S)|\S+")
# East Asian widths of the characters that take two places in aligned columns. Programs differ over
# “ambiguous” ones such as quotation marks, and some count characters.
METRICS = ("WFA", "WF", "")
_TOLERANCES = (0.0, 0.01, 0.03)
_MISSING, _MARGIN, _BROKEN = 1000.0, 50.0, 1000.0
FAR = 1_000_000


def character_positions(line: str, metric: str = METRICS[0]) -> list[int]:
    r"""Return the position of each character in a line, and that of the end of the line.

    >>> character_positions("a\t国b")
    [0, 1, 8, 10, 11]
    """
    found = [0]
    for character in line:
        if character == "\t":
            found.append(found[-1] // 8 * 8 + 8)
        elif character == "\f":
            found.append(found[-1])
        else:
            found.append(found[-1] + 1 + (east_asian_width(character) in (metric or "-")))
    return found


@dataclass(slots=True)
class WordStack:
    """Words below each other: the positions of their start and end, and their text."""

    start: int
    end: int
    text: str


def stack_words(lines: Sequence[str], metric: str = METRICS[0]) -> list[WordStack]:
    """Return the words of a header from left to right, each column read from top to bottom.

    >>> [s.text for s in stack_words(["序号  工作任    责任部", "      务        门"])]
    ['序号', '工作任务', '责任部门']
    """
    stacks: list[WordStack] = []
    for line in lines:
        at = character_positions(line, metric)
        for piece in _WORD.finditer(line):
            start, end = at[piece.start()], at[piece.end()]
            over = next((s for s in stacks if start < s.end and s.start < end), None)
            if over is None:
                stacks.append(WordStack(start, end, _join_spaced_word(piece)))
            else:
                over.text += _join_spaced_word(piece)
                over.start, over.end = min(start, over.start), max(end, over.end)
    return sorted(stacks, key=lambda stack: stack.start)


def _join_spaced_word(word: re.Match[str]) -> str:
    return word.group().replace(" ", "")


@dataclass(frozen=True, slots=True)
class ColumnCuts:
    """The boundaries between the columns of a page.

    Attributes:
        metric: East Asian widths of the characters that take two places.
        cuts: The positions of the boundaries, from left to right.
        doubt: How badly the gaps fit the header; 0 is a perfect fit.
    """

    metric: str
    cuts: tuple[int, ...]
    doubt: float

    @property
    def is_certain(self) -> bool:
        """Whether there is a gap between all columns."""
        return self.doubt < _MISSING


def find_column_cuts(
    body: Sequence[str], heads: Sequence[tuple[int, int]], metric: str
) -> ColumnCuts:
    """Return the column boundaries of a page.

    Args:
        body: The lines below the header that are not blank.
        heads: The positions of the start and end of each heading.
        metric: East Asian widths of the characters that take two places.
    """
    cover, count = _count_coverage(body, metric)
    found = (
        _match_gaps(list(_find_gaps(cover, tolerance * count)), heads, _BROKEN * tolerance)
        for tolerance in _TOLERANCES
    )
    cuts, doubt = min(found, key=lambda pair: pair[1])
    return ColumnCuts(metric, cuts, doubt)


def _count_coverage(body: Iterable[str], metric: str) -> tuple[list[int], int]:
    """Return how many lines have text at each position, and the number of lines."""
    steps: dict[int, int] = {}
    count = 0
    for line in body:
        at = character_positions(line, metric)
        count += 1
        for piece in _PIECE.finditer(line):
            start, end = at[piece.start()], at[piece.end()]
            steps[start] = steps.get(start, 0) + 1
            steps[end] = steps.get(end, 0) - 1
    cover: list[int] = []
    height = 0
    for place in range(max(steps, default=0)):
        height += steps.get(place, 0)
        cover.append(height)
    return cover, count


def _find_gaps(cover: Sequence[int], least: float) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each gap; the last gap is the right margin."""
    start: int | None = None
    for place in range(
        next((i for i, height in enumerate(cover) if height > least), 0), len(cover)
    ):
        if cover[place] <= least:
            start = place if start is None else start
        elif start is not None:
            yield start, place
            start = None
    yield (len(cover) if start is None else start), FAR


def _match_gaps(
    gaps: Sequence[tuple[int, int]], heads: Sequence[tuple[int, int]], doubt: float
) -> tuple[tuple[int, ...], float]:
    """Return a cut in a gap for each two neighbouring headings, and how badly the cuts fit.

    The best gap is the widest one between the headings.
    """
    zones = [(left[1], right[0]) for left, right in pairwise(heads)]
    # For each number of gaps: the least cost of the zones so far in these gaps, and the cuts.
    best: list[tuple[float, tuple[int, ...]]] = [(doubt, ())] * (len(gaps) + 1)
    for zone in zones:
        following: list[tuple[float, tuple[int, ...]]] = []
        middle = (zone[0] + zone[1]) // 2
        for index in range(len(gaps) + 1):
            # No gap between the two: the column on the right is taken to be empty or merged.
            options = [(best[index][0] + _MISSING, (*best[index][1], middle))]
            if index:
                cost, cuts = best[index - 1]
                fit, cut = _gap_fit(gaps[index - 1], zone)
                options += [(cost + fit, (*cuts, cut)), following[index - 1]]
            following.append(min(options, key=lambda option: option[0]))
        best = following
    return best[-1][1], best[-1][0]


def _gap_fit(gap: tuple[int, int], zone: tuple[int, int]) -> tuple[float, int]:
    """Return how far a gap is from the space between two headings, and where to cut."""
    start, end = max(gap[0], zone[0]), min(gap[1], zone[1])
    margin = _MARGIN if gap[1] == FAR else 0.0
    if start < end:
        return margin + 1.0 / (2 + min(end - start, 98)), start
    return margin + 1.0 + start - end, gap[0] if gap[0] >= zone[1] else gap[1] - 1


def inner_gaps(column_cuts: ColumnCuts, body: Iterable[str], start: int, end: int) -> list[int]:
    """Return the starts of the gaps between two positions inside a column."""
    cover, _ = _count_coverage(body, column_cuts.metric)
    return [
        left
        for left, right in _find_gaps(cover, 0)
        if start < left and right < end and any(cover[start:left]) and any(cover[right:end])
    ]
