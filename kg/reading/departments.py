"""Tell apart the departments in a cell that names them one after another.

In a text layer a name wraps at the column's width and the next one begins on a new line, with
nothing in between that tells which is which. The names that stand alone in a cell elsewhere in the
same table teach the lexicon by which the others are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.tokens import Token, width

# The last characters of bodies' names: bureau, commission, office, association, centre, brigade …
BODY_END = re.compile(r"[局委办会处部队区院社联室所站厅中心司镇乡道庭团校台行馆组署关]$")
# Of these, the endings behind which a name seldom goes on.
_NAME_END = re.compile(
    r"(局|委员会|管委会|办公室|办事处|总工会|妇联|团委|残联|工商联|法院|检察院)$"
)
_SEPARATOR = re.compile(r"[、，,；;/\s]+")

_UNKNOWN, _FULL_BREAK, _SHORT_JOIN, _NO_BODY = 2.0, 0.5, 3.0, 6.0
_BODY_INSIDE, _NAME_INSIDE = 1.0, 2.0


def learn_lexicon(cells: Sequence[Sequence[Token]]) -> frozenset[str]:
    """Return the names that can be read in one way only: no line inside them ends like a body."""
    return frozenset(
        "".join(token.text for token in cell)
        for cell in cells
        if cell
        and not any(BODY_END.search(token.text) for token in cell[:-1])
        and not _SEPARATOR.search("".join(token.text for token in cell))
    )


def split_wrapped(
    cell: Sequence[Token], lexicon: frozenset[str], full: float
) -> Iterator[tuple[int, int]]:
    """Yield the spans of the departments in the joined text of a wrapped cell.

    The reading of least cost wins: known names are free, a name must end like a body, a line that
    is not full does not wrap, and a line that ends like a body, or even like a whole name, seldom
    goes on.

    Args:
        cell: The lines of the cell.
        lexicon: Names known from cells that hold one each.
        full: The width at which the column wraps.
    """
    offsets = [0]
    for token in cell:
        offsets.append(offsets[-1] + len(token.text))
    text = "".join(token.text for token in cell)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(cell) + 1):
        best.append(
            min(
                (best[start][0] + _cost(cell[start:end], end == len(cell), lexicon, full), start)
                for start in range(end)
            )
        )
    cuts = [len(cell)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    for start, end in zip(cuts[:0:-1], cuts[-2::-1], strict=True):
        first = offsets[start]
        for begin, stop in split_listed(text[first : offsets[end]]):
            yield first + begin, first + stop


def split_listed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of names that are separated by commas, semicolons or white space.

    >>> [(a, b) for a, b in split_listed("教育局、民政局")]
    [(0, 3), (4, 7)]
    """
    start = 0
    for separator in _SEPARATOR.finditer(text):
        if separator.start() > start:
            yield start, separator.start()
        start = separator.end()
    if start < len(text):
        yield start, len(text)


def _cost(lines: Sequence[Token], last: bool, lexicon: frozenset[str], full: float) -> float:
    """What it costs to read these lines as one name."""
    name = "".join(token.text for token in lines)
    cost = 0.0 if name in lexicon else _UNKNOWN
    if not BODY_END.search(name):
        cost += _NO_BODY
    cost += _SHORT_JOIN * sum(width(token.text) < full - 0.9 for token in lines[:-1])
    cost += _BODY_INSIDE * sum(bool(BODY_END.search(token.text)) for token in lines[:-1])
    cost += _NAME_INSIDE * sum(bool(_NAME_END.search(token.text)) for token in lines[:-1])
    if not last and width(lines[-1].text) >= full - 0.9:
        cost += _FULL_BREAK
    return cost
