"""Find the header of a table in the lines of a text, and the title above it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.reading.tables.columns import (
    REQUIRED,
    Column,
    ColumnMeaning,
    meanings_in,
    missing_columns,
    report_columns,
)
from kg.reading.tables.headings import Mappings, plain_text
from kg.reading.text_tables.column_cuts import stack_words

_WINDOW = 14
_LONGEST_PIECE = 14
_LONGEST_LINE = 2000
_FARTHEST = 1000
_NO_HEADING = re.compile(r"[0-9〇一二三四五六七八九十]月|[0-9。，；：:、《》“”]|表$")
# The heading of a column for a period: 1-11月推进情况.
_OF_PERIOD = re.compile(
    r"(?:(?:1|一)月?[-—–~～至])?\d{1,2}月[份底]?(?:工作)?(?:进展|完成|推进|落实|执行|办理)(?:情况)?"
)
# The rest of a heading that wraps in a narrow column.
_FRAGMENT = re.compile(
    "[序号编类目别分责任部门单位工作标和要求内容进展完成情况推落实主办牵头配合协]{1,6}"
)
_BARS = re.compile(r"[|│┃]")
_PIECE = re.compile(r"[^\s|│┃║｜]+")
_PIECES = re.compile(r"([^\s|│┃║｜]+)( *)")
# The usual heading of each column.
_USUAL = {
    "number": "序号",
    "category": "类别",
    "task": "工作任务",
    "progress": "进展情况",
    "departments": "责任单位",
    "lead": "牵头单位",
    "cooperating": "配合单位",
    "leader": "责任领导",
    "detail": "备注",
}


@dataclass(frozen=True, slots=True)
class Header:
    """The position and the headings of the header of a table.

    Attributes:
        start: Index of its first line.
        end: Index of the line after it.
        headings: The meanings of its columns that are known, from left to right.
    """

    start: int
    end: int
    headings: tuple[ColumnMeaning, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that matter, each once."""
        return tuple(dict.fromkeys(report_columns(self.headings)))


# A plan has no progress; rows below the name of a department have no departments of their own.
_NEEDED: tuple[tuple[Column, ...], ...] = (
    tuple(REQUIRED),
    ("task", "departments"),
    ("task", "progress"),
)


def replace_mapped_headings(lines: Sequence[str], mappings: Mappings) -> list[str]:
    """Return lines with the headings of a mapping file replaced by the usual ones.

    Text after a heading keeps its position if there is room. A header may be repeated.

    Args:
        lines: The lines of a text.
        mappings: The headings in the mapping file.
    """
    changed = [line for line in lines[:_FARTHEST] if _replace_headings(line, mappings) != line]
    headers: dict[str, str] = {}
    for heading in mappings:
        # Later lines are cells with the same text by chance.
        first = (line for line in changed if heading in map(plain_text, _PIECE.findall(line)))
        if line := next(first, None):
            headers[line] = _replace_headings(line, mappings)
    return [headers.get(line, line) for line in lines]


def _replace_headings(line: str, mappings: Mappings) -> str:
    def replace_heading(piece: re.Match[str]) -> str:
        word, gap = piece[1], piece[2]
        meant = mappings.get(plain_text(word))
        if meant is None:
            return piece[0]
        longer = 2 * (len(_USUAL[meant]) - len(word))
        return _USUAL[meant] + (gap[longer:] or gap[:1] if longer > 0 else gap + " " * -longer)

    return _PIECES.sub(replace_heading, line)


def find_header(lines: Sequence[str]) -> Header | tuple[ColumnMeaning, ...]:
    """Return the header, or if none is complete, the headings of the best candidate.

    The words of a header are short and separate, and contain no figures; the words of a title that
    are also headings do not count.
    """
    for needed in _NEEDED:
        found = _find_header(lines, needed)
        if isinstance(found, Header) and (needed == _NEEDED[0] or len(found.headings) > 2):
            return found
    return _find_header(lines, _NEEDED[0])


def _find_header(
    lines: Sequence[str], needed: Collection[Column]
) -> Header | tuple[ColumnMeaning, ...]:
    """Return the header with the columns needed, or the headings of the best candidate."""
    fit = [_can_be_header(line) for line in lines[:_FARTHEST]]
    best: tuple[ColumnMeaning, ...] = ()
    for start, fits in enumerate(fit):
        if not fits or not lines[start].strip():
            continue
        last = start
        while last < min(start + _WINDOW, len(fit)) and fit[last]:
            last += 1
        whole = _read_headings(lines[start:last])
        best = max(best, whole, key=lambda found: len(REQUIRED.keys() & set(found)))
        if missing_columns(whole, needed):
            continue
        for end in range(start + 1, last + 1):
            if lines[end - 1].strip() and not missing_columns(
                _read_headings(lines[start:end]), needed
            ):
                return _trim_header(lines, start, _extend_header(lines, fit, start, end))
    return best


def _can_be_header(line: str) -> bool:
    """Return whether a line may be part of a header; blank lines may."""
    if len(line) > _LONGEST_LINE:
        return False
    pieces = _BARS.sub(" ", line).split()
    if len(_BARS.findall(line)) == 1:
        return False  # a label and its text
    return (not pieces or not line.isascii()) and all(
        len(piece) <= _LONGEST_PIECE
        and (not _NO_HEADING.search(piece) or bool(_OF_PERIOD.fullmatch(piece)))
        for piece in pieces
    )


def _read_headings(lines: Sequence[str]) -> tuple[ColumnMeaning, ...]:
    """Return the headings of some lines, read line by line or else column by column."""
    read_on = tuple(meanings_in(_BARS.sub(" ", " ".join(lines)).split()))
    if not missing_columns(read_on):
        return read_on
    return tuple(h for s in stack_words(lines) for h in meanings_in((s.text,))) or read_on


def _extend_header(lines: Sequence[str], fit: Sequence[bool], start: int, end: int) -> int:
    """Return the end of a header, with further headings and the ends of wrapped ones."""
    for further in range(end, min(start + _WINDOW, len(fit))):
        pieces = lines[further].split()
        if not fit[further] or (pieces and not _is_continuation(pieces, apart=further > end)):
            break
        if pieces:
            end = further + 1
    return end


def _is_continuation(pieces: Sequence[str], apart: bool) -> bool:
    return bool(meanings_in(pieces)) or (not apart and all(map(_FRAGMENT.fullmatch, pieces)))


def _trim_header(lines: Sequence[str], start: int, end: int) -> Header:
    """Return the header without lines above it that have no heading, or one by chance."""
    headings = _read_headings(lines[start:end])
    while start + 1 < end:
        rest = _read_headings(lines[start + 1 : end])
        doubled = len(set(headings)) < len(headings) and set(rest) == set(headings)
        idle = rest == headings and not meanings_in(lines[start].split())
        if not doubled and not idle:
            break
        start, headings = start + 1, rest
    return Header(start, end, headings)
