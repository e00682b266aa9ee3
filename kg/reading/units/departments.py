"""Split the names of departments in a cell.

In the text layer of a PDF, names are wrapped at the column's width and each name begins on a new
line, so that a line break may be inside a name or between two. Names that are alone in a cell of
the same table form a lexicon that helps to split the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.reading.structure.markers import find_marker
from kg.reading.structure.tokens import Token
from kg.reading.units.unit_groups import is_nothing
from kg.reading.units.unit_names import find_units, is_unit_list

# 行 ends the names of banks, and other words: 出行.
_NO_BANK = re.compile("(?<![银支分])行$")
# A remark behind the units in a heading: （3项）, （总分20分）.
_REMARK = re.compile(r"[（(][^（()）]{1,10}[）)]$")

# A government, which may be wrapped before this word; 建设服务型政府 is none.
_GOVERNMENT = "(?:^|[省市县区旗州盟乡镇]|人民)政府"
# The last characters of departments' names: bureau, commission, office, association, centre …
BODY_END = re.compile(
    rf"(?:[局委办会处部队区院社联室所站厅中心司镇乡道庭团校台行馆组署关]|{_GOVERNMENT})$"
)
# The endings after which a name seldom continues.
_NAME_END = re.compile(
    rf"(局|{_GOVERNMENT}|委员会|管委会|办公室|办事处|总工会|妇联|团委|残联|工商联|法院|检察院)$"
)
_ROLE = "(?:牵头|主办|主责|承办|责任|配合|协办|协同|协助|参与|落实)"
_COMMA = re.compile(r"[、，,；;/]")
# Kinds of places in the brackets of a group.
_KINDS = re.compile(r"[（(][市县区旗州盟]+(?:[、，,][市县区旗州盟]+)*[）)]")
# Separators of names: commas, space, and roles of the name before or after.
_SEPARATOR = re.compile(
    rf"(?:[、，,；;/\s]|[（(](?:各自)?{_ROLE}(?:单位|部门)?[）)]|{_ROLE}(?:单位|部门)?[：:])+"
)
# The rest of a role that began on the line above.
_ROLE_REST = re.compile("[牵头主办承责任配合协同助参与落实单位部门]{0,4}[）)]")
_TAIL = re.compile(rf"(?:[、，,；;/\s]|[（(]{_ROLE}(?:单位|部门)?[）)])+$")

_UNKNOWN, _FULL_BREAK, _SHORT_JOIN, _NO_BODY = 2.0, 0.5, 3.0, 6.0
_BODY_INSIDE, _NAME_INSIDE = 1.0, 2.0
_BREAK_AMONG_COMMAS, _JOIN_ON_LINE = 3.0, 4.0
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a name on one line of a cell.

    Attributes:
        text: The characters.
        start: Its offset in the joined text of the cell.
        short: Whether its line is not full, so that it is hardly wrapped.
        spaced: Whether it is separated from the next piece on its line by white space only.
        body: Whether it has the ending of a department.
        name: Whether it has an ending after which a name seldom continues.
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


def has_body_ending(text: str) -> bool:
    """Return whether a line ends with the name of a department, ignoring separators and roles.

    >>> has_body_ending("财政局（牵头）、"), has_body_ending("自然资源")
    (True, False)
    >>> has_body_ending("甲区政府"), has_body_ending("建设服务型政府")
    (True, False)
    """
    return bool(BODY_END.search(_TAIL.sub("", text)))


def find_heading_units(text: str) -> tuple[int, int] | None:
    """Return the span of the units that a heading consists of, or None.

    Its mark, and a remark in brackets behind the units, are not part of them.

    >>> find_heading_units("一、县农业局（总分20分）"), find_heading_units("一、交通出行")
    ((2, 6), None)
    """
    marker = find_marker(text)
    start = marker.end if marker else 0
    units = _REMARK.sub("", text[start:])
    names_units = has_body_ending(units) and not _NO_BANK.search(units) and is_unit_list(units)
    return (start, start + len(units)) if names_units else None


def has_name_ending(text: str) -> bool:
    """Return whether a line ends like a complete name, so that the name seldom continues.

    >>> has_name_ending("财政局、"), has_name_ending("望江街道")
    (True, False)
    """
    return bool(_NAME_END.search(_TAIL.sub("", text)))


def is_body_list(text: str) -> bool:
    """Return whether a line has separators, each of them after a department's name or its end.

    >>> is_body_list("政局；教育局，市场"), is_body_list("一是推进，二是")
    (True, False)
    """
    *before, _ = _SEPARATOR.split(text)
    return bool(before) and all(
        BODY_END.search(part) or _ROLE_REST.fullmatch(part) for part in before if part
    )


def learn_lexicon(cells: Sequence[Sequence[Token]]) -> frozenset[str]:
    """Return the names that can be split in one way only.

    Either no line inside them ends like a department, or their cells are comma-separated.
    """
    found: set[str] = set()
    for column in (column for cell in cells for _, column in _side_by_side_columns(cell)):
        listed = _has_commas(column)
        for pieces in _split_into_pieces(column, 0.0):
            if listed or not any(piece.body for piece in pieces[:-1]):
                found.add("".join(piece.text for piece in pieces))
    return frozenset(found)


def split_wrapped_names(
    cell: Sequence[Token], lexicon: frozenset[str], full: float
) -> Iterator[tuple[int, int]]:
    """Yield the spans of the departments in the joined text of a wrapped cell.

    The split with the lowest cost is used. Names in the lexicon have no cost of their own. A name
    costs more if it does not end like a department, if it is wrapped at a line that is not full, or
    if it continues after a line that ends like a department or a complete name.

    Args:
        cell: The lines of the cell.
        lexicon: Names from cells with one name each.
        full: The width at which the column is wrapped.
    """
    for offset, column in _side_by_side_columns(cell):
        listed = _has_commas(column)
        for pieces in _split_into_pieces(column, full):
            for name in _cheapest_names(pieces, lexicon, listed):
                yield offset + name[0].start, offset + name[-1].end


def split_listed_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the units in a cell, as found by `kg.reading.units.unit_names`.

    >>> text = "教育局（牵头）、民政局"
    >>> [text[start:end] for start, end in split_listed_names(text)]
    ['教育局', '民政局']
    """
    units = find_units(text)
    yield from ((unit.start, unit.end) for unit in units) if units else _split_at_separators(text)


def _split_at_separators(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between separators, without those that say that there is no department.

    Commas in the brackets of a group separate nothing: 各县（市、区）.
    """
    if is_nothing(text):
        return
    start = 0
    shown = _KINDS.sub(lambda found: "\0" * len(found[0]), text)
    for separator in (*_SEPARATOR.finditer(shown), None):
        end = separator.start() if separator else len(text)
        if not is_nothing(text[start:end]):
            yield start, end
        start = separator.end() if separator else end


def _side_by_side_columns(cell: Sequence[Token]) -> Iterator[tuple[int, Sequence[Token]]]:
    """Yield columns side by side inside a cell, each with its offset in the text.

    A column begins on a line that is not below the last line of the column before it.
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


def _split_into_pieces(cell: Sequence[Token], full: float) -> Iterator[list[_Piece]]:
    """Yield the pieces, which are lines or parts of lines, between each two separators."""
    spans = iter(_split_at_separators("".join(token.text for token in cell)))
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


def _cheapest_names(
    pieces: Sequence[_Piece], lexicon: frozenset[str], listed: bool
) -> Iterator[Sequence[_Piece]]:
    """Yield the names in the split of the pieces with the lowest cost."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        last = end == len(pieces)
        best.append(
            min(
                (
                    best[start][0]
                    + _name_cost(pieces[start:end], lexicon)
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
    """Return the cost of a name that ends with a piece and is followed by another without comma."""
    if piece.spaced:
        return 0.0
    return (_BREAK_AMONG_COMMAS if listed else 0.0) + (0.0 if piece.short else _FULL_BREAK)


def _name_cost(pieces: Sequence[_Piece], lexicon: frozenset[str]) -> float:
    """Return the cost of these pieces as one name."""
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
