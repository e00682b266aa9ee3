"""A text with a line for each row of its table, the cells parted by tabs, bars or wide space."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.reading.document import Document, GridCell, Paragraph, Table
from kg.reading.furniture import is_page_mark, is_rule, row_number
from kg.reading.groups import heads_more, is_note, is_sum
from kg.reading.headings import recognise
from kg.reading.heads import Cells
from kg.reading.letterhead import is_furniture

Line = tuple[int, str]

_TAB, _BAR = re.compile("\t"), re.compile(r"[|│┃║｜]")
_WIDE, _SPACE = re.compile(r"[ \u3000]{2,}"), re.compile(r"[ \u3000]+")
# What numbers the headings among the rows: 一, （二）.
_CHINESE = frozenset("一二三四五六七八九十（）()、.")
_FARTHEST = 60
_FEWEST, _MOST = 3, 15


def lines_in(text: Sequence[str]) -> list[Line]:
    """Return the lines of a text that hold something and belong to no page, with their numbers."""
    return [
        (number, line.strip("\r\f"))
        for number, line in enumerate(text, start=1)
        if line.strip() and not is_page_mark(line) and not is_rule(line)
    ]


def grid_by_lines(lines: Sequence[Line]) -> Document | None:
    """Return the document of a text that has a line for each row, or None where rows wrap.

    Args:
        lines: Its lines with their numbers.
    """
    found = (_parted(lines, delimiter) for delimiter in (_TAB, _BAR, _WIDE, _SPACE))
    return next(filter(None, found), None)


def document_of(above: Sequence[Line], rows: Sequence[Cells]) -> Document:
    """Return the document of a table and the lines above it."""
    paragraphs = (
        Paragraph(text.strip(), number) for number, text in above if not is_furniture(text)
    )
    return Document((*paragraphs, Table(tuple(rows))))


def is_header(texts: Sequence[str]) -> bool:
    """Tell whether texts head the columns of a responsibility table, all or all but one.

    >>> is_header(("序号", "工作任务", "责任单位")), is_header(("1", "修路", "建设局"))
    (True, False)
    """
    kinds = [recognise((text,)).kind for text in texts]
    answered = "departments" in kinds or "progress" in kinds
    whole = "task" in kinds and answered and kinds.count(None) <= 1
    return _FEWEST <= len(texts) <= _MOST and whole


def stands_alone(text: str) -> bool:
    """Tell whether a text that is alone in its row heads those below, sums up or remarks.

    >>> stands_alone("一、教育"), stands_alone("合计"), stands_alone("新建学校")
    (True, True, False)
    """
    return heads_more(text) or is_note(text) or is_sum(text)


def row_of(cells: Sequence[Line], size: int) -> Cells:
    """Return a row with these texts, filled up to its size."""
    shown = [GridCell(text, number) for number, text in cells]
    return (*shown, *(GridCell("", cells[0][0]) for _ in range(size - len(shown))))


def _parted(lines: Sequence[Line], delimiter: re.Pattern[str]) -> Document | None:
    for place, (_, line) in enumerate(lines[:_FARTHEST]):
        texts = _parts(line, delimiter)
        if is_header(texts):
            rows = list(_rows(lines[place:], delimiter, len(texts)))
            whole = len(rows) == len(lines) - place and len(rows) > 1 and not _wraps(rows)
            return document_of(lines[:place], rows) if whole else None
    return None


def _wraps(rows: Sequence[Cells]) -> bool:
    """Tell whether a row only goes on with the one above: it has neither number nor task."""
    kinds = [recognise((cell.text,)).kind for cell in rows[0]]
    begins = [place for place, kind in enumerate(kinds) if kind in ("number", "task")]
    return any(
        any(cell.text for cell in row) and not any(row[place].text for place in begins)
        for row in rows
        if not stands_alone("".join(cell.text for cell in row))
    )


def _rows(lines: Sequence[Line], delimiter: re.Pattern[str], size: int) -> Iterator[Cells]:
    """Yield the rows as long as each line is one."""
    for number, line in lines:
        parts = _parts(line, delimiter)
        filled = [part for part in parts if part]
        short = size - 1 if delimiter is _SPACE else size
        if delimiter is _TAB and row_number(parts[0]) is not None:
            short = 1
        whole = short <= len(parts) <= size
        counted = len(filled) == 2 and set(filled[0]) <= _CHINESE
        if not whole and not counted and not (len(filled) == 1 and stands_alone(filled[0])):
            return
        yield row_of([(number, part) for part in (parts if whole else filled)], size)


def _parts(line: str, delimiter: re.Pattern[str]) -> list[str]:
    line = line if delimiter is _TAB else line.strip()
    if delimiter is _BAR:
        line = re.sub(r"^[|│┃║｜]|[|│┃║｜]$", "", line)
    return [part.strip() for part in delimiter.split(line)]
