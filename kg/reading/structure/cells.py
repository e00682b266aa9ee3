"""Cut and join cells, keeping the source line of each character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.model import Cell

_EDGES = "、，,；;：:｜| \t\u3000\xa0"


def cut_cell(cell: Cell, start: int, end: int) -> Cell:
    """Return a part of a cell, stripped of white space.

    >>> cut_cell(Cell("一期。 二期。", ((0, 3), (4, 5))), 3, 7)
    Cell(text='二期。', lines=((0, 5),))
    """
    text = cell.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    line = cell.line_at(start)
    lines = [] if line is None or not text else [(0, line)]
    lines += [(at - start, line) for at, line in cell.lines if start < at < start + len(text)]
    return Cell(text, tuple(lines))


def trim_cell(cell: Cell) -> Cell:
    """Return a cell stripped of white space, commas, semicolons, colons and bars."""
    text = cell.text
    start = len(text) - len(text.lstrip(_EDGES))
    return cut_cell(cell, start, max(start, len(text.rstrip(_EDGES))))


def join_cells(cells: Iterable[Cell], between: str = "") -> Cell:
    """Return one cell with the text of several; Latin words are separated by a space.

    >>> join_cells([Cell("新建学校", ((0, 1),)), Cell("3所。", ((0, 2),))])
    Cell(text='新建学校3所。', lines=((0, 1), (4, 2)))
    """
    pieces: list[str] = []
    lines: list[tuple[int, int]] = []
    length, last = 0, ""
    for cell in cells:
        if not cell.text:
            continue
        gap = between if pieces else ""
        if not gap and re.match(r"[A-Za-z]", cell.text) and re.search(r"[A-Za-z,.]$", last[-1:]):
            gap = " "
        lines += [(length + len(gap) + at, line) for at, line in cell.lines]
        pieces += [gap, cell.text]
        length += len(gap) + len(cell.text)
        last = cell.text
    return Cell("".join(pieces), tuple(lines))


def remove_spans(cell: Cell, spans: Sequence[tuple[int, int]]) -> Cell:
    """Return a cell with spans of its text removed.

    >>> remove_spans(Cell("甲乙丙丁"), [(1, 2), (1, 3)]).text
    '甲丁'
    """
    kept: list[Cell] = []
    last = 0
    for start, end in sorted(spans):
        if start > last:
            kept.append(cut_cell(cell, last, start))
        last = max(last, end)
    return join_cells([*kept, cut_cell(cell, last, len(cell.text))]) if spans else cell
