"""Tell apart the departments in a cell that names them one after another.

In a text layer a name wraps at the column's width and the next one begins on a new line, with
nothing in between that tells which is which. The names that stand alone in a cell elsewhere in the
same table teach the lexicon by which the others are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.reading.structure.tokens import Token
from kg.reading.units.unit_groups import is_nothing
from kg.reading.units.unit_names import find_units

# The last characters of bodies' names: bureau, commission, office, association, centre, brigade …
BODY_END = re.compile(r"[局委办会处部队区院社联室所站厅中心司镇乡道庭团校台行馆组署关]$")
# Of these, the endings behind which a name seldom goes on.
_NAME_END = re.compile(
    r"(局|委员会|管委会|办公室|办事处|总工会|妇联|团委|残联|工商联|法院|检察院)$"
)
_ROLE = "(?:牵头|主办|主责|承办|责任|配合|协办|协同|协助|参与|落实)"
_COMMA = re.compile(r"[、，,；;/]")
# What stands between names: commas, space, and what role the name before or behind it has.
_SEPARATOR = re.compile(
    rf"(?:[、，,；;/\s]|[（(](?:各自)?{_ROLE}(?:单位|部门)?[）)]|{_ROLE}(?:单位|部门)?[：:])+"
)
# The end of a role that began on the line above.
_ROLE_REST = re.compile("[牵头主办承责任配合协同助参与落实单位部门]{0,4}[）)]")
_TAIL = re.compile(rf"(?:[、，,；;/\s]|[（(]{_ROLE}(?:单位|部门)?[）)])+$")

_UNKNOWN, _FULL_BREAK, _SHORT_JOIN, _NO_BODY = 2.0, 0.5, 3.0, 6.0
_BODY_INSIDE, _NAME_INSIDE = 1.0, 2.0
_BREAK_AMONG_COMMAS, _JOIN_ON_LINE = 3.0, 4.0
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one line of a cell shows of a name.

    Attributes:
        text: The characters.
        start: Where it begins in the joined text of the cell.
        short: Whether its line is not full, so that it hardly wraps.
        spaced: Whether only white space parts it from the next piece on its line.
        body: Whether it ends like a body.
        name: Whether it even ends like a whole name.
    """

    text: str
    start: int
    short: bool
    spaced: bool
    body: bool
    name: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def ends_like_body(text: str) -> bool:
    """Tell whether a line ends with the name of a body, whatever follows it.

    >>> ends_like_body("财政局（牵头）、"), ends_like_body("自然资源")
    (True, False)
    """
    return bool(BODY_END.search(_TAIL.sub("", text)))


def ends_like_name(text: str) -> bool:
    """Tell whether a line ends as a whole name does, so that the name seldom goes on.

    >>> ends_like_name("财政局、"), ends_like_name("望江街道")
    (True, False)
    """
    return bool(_NAME_END.search(_TAIL.sub("", text)))


def lists_bodies(text: str) -> bool:
    """Tell whether a line holds separators, and before each of them the name of a body or its end.

    >>> lists_bodies("政局；教育局，市场"), lists_bodies("一是推进，二是")
    (True, False)
    """
    *before, _ = _SEPARATOR.split(text)
    return bool(before) and all(
        BODY_END.search(part) or _ROLE_REST.fullmatch(part) for part in before if part
    )


def learn_lexicon(cells: Sequence[Sequence[Token]]) -> frozenset[str]:
    """Return the names that can be read in one way only.

    No line inside them ends like a body, or commas part them from the others of their cell.
    """
    found: set[str] = set()
    for column in (column for cell in cells for _, column in _columns(cell)):
        listed = _has_commas(column)
        for pieces in _names_in_pieces(column, 0.0):
            if listed or not any(piece.body for piece in pieces[:-1]):
                found.add("".join(piece.text for piece in pieces))
    return frozenset(found)


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
    for offset, column in _columns(cell):
        listed = _has_commas(column)
        for pieces in _names_in_pieces(column, full):
            for name in _cheapest(pieces, lexicon, listed):
                yield offset + name[0].start, offset + name[-1].end


def split_listed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the units that a cell lists; `kg.reading.units.unit_names` tells how.

    >>> text = "教育局（牵头）、民政局"
    >>> [text[start:end] for start, end in split_listed(text)]
    ['教育局', '民政局']
    """
    units = find_units(text)
    yield from ((unit.start, unit.end) for unit in units) if units else _parted(text)


def _parted(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between separators, whatever they hold but that there is none."""
    if is_nothing(text):
        return
    start = 0
    for separator in (*_SEPARATOR.finditer(text), None):
        end = separator.start() if separator else len(text)
        if not is_nothing(text[start:end]):
            yield start, end
        start = separator.end() if separator else end


def _columns(cell: Sequence[Token]) -> Iterator[tuple[int, Sequence[Token]]]:
    """Yield the parts that stand in columns side by side, with where each begins in the text.

    The line on which a column begins is not below the one on which the column before it ends.
    """
    offset = begin = 0
    for index, token in enumerate(cell):
        following = cell[index + 1] if index + 1 < len(cell) else None
        if following is None or (following.first and following.line <= token.line):
            yield offset, cell[begin : index + 1]
            offset += sum(len(token.text) for token in cell[begin : index + 1])
            begin = index + 1


def _has_commas(cell: Sequence[Token]) -> bool:
    return any(_COMMA.search(token.text) for token in cell)


def _names_in_pieces(cell: Sequence[Token], full: float) -> Iterator[list[_Piece]]:
    """Yield the lines, or parts of lines, between two separators."""
    spans = iter(_parted("".join(token.text for token in cell)))
    span = next(spans, None)
    pieces: list[_Piece] = []
    offset = 0
    for index, token in enumerate(cell):
        after = offset + len(token.text)
        spaced = index + 1 < len(cell) and not cell[index + 1].first
        while span and span[0] < after:
            start, end = max(span[0], offset), min(span[1], after)
            text = token.text[start - offset : end - offset]
            pieces.append(
                _Piece(
                    text=text,
                    start=start,
                    short=token.width < full - 0.9,
                    spaced=spaced,
                    body=bool(BODY_END.search(text)),
                    name=bool(_NAME_END.search(text)),
                )
            )
            if span[1] > after:
                break
            yield pieces
            pieces = []
            span = next(spans, None)
        offset = after


def _cheapest(
    pieces: Sequence[_Piece], lexicon: frozenset[str], listed: bool
) -> Iterator[Sequence[_Piece]]:
    """Yield the names that the pieces make, by the reading that costs least."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        last = end == len(pieces)
        best.append(
            min(
                (
                    best[start][0]
                    + _cost(pieces[start:end], lexicon)
                    + (0.0 if last else _break_cost(pieces[end - 1], listed)),
                    start,
                )
                for start in range(max(0, end - _LONGEST_NAME), end)
            )
        )
    cuts = [len(pieces)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    for start, end in zip(cuts[:0:-1], cuts[-2::-1], strict=True):
        yield pieces[start:end]


def _break_cost(piece: _Piece, listed: bool) -> float:
    """What it costs that a name ends with a piece, and another follows without a comma."""
    if piece.spaced:
        return 0.0
    return (_BREAK_AMONG_COMMAS if listed else 0.0) + (0.0 if piece.short else _FULL_BREAK)


def _cost(pieces: Sequence[_Piece], lexicon: frozenset[str]) -> float:
    """What it costs to read these pieces as one name."""
    name = "".join(piece.text for piece in pieces)
    cost = 0.0 if name in lexicon else _UNKNOWN
    if not pieces[-1].body and not BODY_END.search(name):
        cost += _NO_BODY
    for piece in pieces[:-1]:
        cost += _JOIN_ON_LINE if piece.spaced else _SHORT_JOIN if piece.short else 0.0
        if piece.body:
            cost += _BODY_INSIDE
        if piece.name:
            cost += _NAME_INSIDE
    return cost
