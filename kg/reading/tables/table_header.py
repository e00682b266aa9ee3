"""Find the header of a table of cells, which has one or more rows and may be below titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from kg.reading.structure.document import GridCell
from kg.reading.structure.furniture import parse_row_number
from kg.reading.tables.columns import Column
from kg.reading.tables.headings import Heading, Kind, Mappings, plain_text, recognise_heading

Cells = tuple[GridCell, ...]

_FARTHEST, _DEEPEST = 30, 3
_LONGEST = 40
_SURE = 0.6
_WEIGHTS: dict[Kind, float] = {"task": 3.0, "progress": 2.0, "departments": 2.0}


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table.

    Attributes:
        start: Index of its first row.
        end: Index of the row after it.
        headings: The heading of each column.
    """

    start: int
    end: int
    headings: tuple[Heading, ...]

    @property
    def kinds(self) -> frozenset[Kind]:
        """The known kinds of its columns."""
        return frozenset(heading.kind for heading in self.headings if heading.kind)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The kinds that are columns of a report."""
        return tuple(column for column in get_args(Column) if column in self.kinds)

    @property
    def is_complete(self) -> bool:
        """Whether it has a task column, and a column of progress or departments."""
        return "task" in self.kinds and bool(self.kinds & {"progress", "departments"})


def find_header(rows: Sequence[Cells], mappings: Mappings | None = None) -> Header | None:
    """Return the header with the highest score, complete or not, or None if there is no header.

    Args:
        rows: The rows of the table.
        mappings: The meanings of headings that the user defined.
    """
    best: Header | None = None
    best_score = 0.0
    for start in range(min(len(rows), _FARTHEST)):
        if not _can_be_header(rows[start]) or not _can_begin_header(rows, start, mappings):
            continue
        levels: list[Cells] = []
        for end in range(start + 1, min(start + _DEEPEST, len(rows)) + 1):
            row = rows[end - 1]
            if levels:
                levels[-1] = _spread_headings(levels[-1], row)
                if not _is_header_continuation(levels[-1], row, mappings):
                    break
            levels.append(row)
            headings = _resolve_headings(_column_headings(levels, mappings))
            header = Header(start, end, headings)
            score = _score(header)
            if score > best_score or (best and best.start == start and score >= best_score > 0):
                best, best_score = header, score
    return best


def is_repeated_header(row: Cells, rows: Sequence[Cells], header: Header) -> bool:
    """Return whether a row repeats a row of the header, possibly with a few other texts."""
    shown = [plain_text(cell.text) for cell in row]
    for header_row in rows[header.start : header.end]:
        texts = [plain_text(cell.text) for cell in header_row]
        equal = sum(a == b != "" for a, b in zip(shown, texts, strict=True))
        if shown == texts or (equal > 2 and 2 * equal > sum(map(bool, texts))):
            return True
    return False


def cells_below_header(row: Cells, headings: Sequence[Heading]) -> Cells | None:
    """Return a row without the headings that it repeats if no rule separates them, or None."""
    if len(row) != len(headings):
        return None
    found: list[GridCell] = []
    for cell, heading in zip(row, headings, strict=True):
        text = _text_after(cell.text, heading.text)
        if text is None:
            return None
        found.append(replace(cell, text=text))
    return tuple(found) if any(cell.text for cell in found) else None


def _text_after(text: str, heading: str) -> str | None:
    """Return the text after a heading, or None if the text does not begin with the heading."""
    # A heading may contain spaces or line breaks.
    ends = range(len(heading), min(len(text), 3 * len(heading)) + 1)
    end = next((end for end in ends if plain_text(text[:end]) == heading), None)
    return None if end is None else text[end:].strip()


def _can_be_header(row: Cells) -> bool:
    """Return whether a row has several short texts and no row number."""
    shown = {plain_text(cell.text) for cell in row} - {""}
    return len(shown) > 1 and all(
        len(text) <= _LONGEST and parse_row_number(text) is None for text in shown
    )


def _can_begin_header(rows: Sequence[Cells], start: int, mappings: Mappings | None) -> bool:
    """Return whether a row may begin a header: it has a known heading and repeats no cell above."""
    row = rows[start]
    for place, cell in enumerate(row):
        aside = place > 0 and row[place - 1].text == cell.text
        if cell.continued and not aside and start and rows[start - 1][place].text == cell.text:
            return False
    return any(recognise_heading((cell.text,), mappings).kind for cell in row if not cell.continued)


def _spread_headings(above: Cells, row: Cells) -> Cells:
    """Return a row of a header with its headings repeated over the columns that they span.

    These columns have headings in the next row. Without merged cells, all but the first are empty.
    """
    spread = list(above)
    for place in range(1, len(row)):
        if not above[place].text.strip() and row[place].text.strip() and spread[place - 1].text:
            spread[place] = replace(spread[place - 1], continued=True)
    filled = (place for place, cell in enumerate(row) if cell.text.strip())
    parents = {spread[place].text for place in filled}
    alone = (sum(cell.text == parent for cell in spread) == 1 for parent in parents)
    return above if any(alone) else tuple(spread)


def _is_header_continuation(above: Cells, row: Cells, mappings: Mappings | None) -> bool:
    """Return whether a header continues with a row.

    Each text that the row adds is below a cell that spans columns, or is a known heading.
    """
    if not _can_be_header(row):
        return False
    added = 0
    for place, cell in enumerate(row):
        text = plain_text(cell.text)
        if not text or (cell.continued and text == plain_text(above[place].text)):
            continue
        spanned = any(
            0 <= other < len(row)
            and plain_text(above[other].text) == plain_text(above[place].text)
            and (above[place].continued or above[other].continued)
            for other in (place - 1, place + 1)
        )
        if not spanned and recognise_heading((text,), mappings).confidence < _SURE:
            return False
        added += 1
    return added > 0


def _column_headings(rows: Sequence[Cells], mappings: Mappings | None) -> list[Heading]:
    found: list[Heading] = []
    for column in zip(*rows, strict=True):
        levels = tuple(dict.fromkeys(plain_text(cell.text) for cell in column))
        found.append(recognise_heading(levels, mappings))
    return found


def _resolve_headings(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return the headings without conflicts between columns.

    Of several task columns, those with the highest confidence are kept; there is one column of
    numbers. If there is no task column, a column of projects or targets becomes one.
    """
    found = list(headings)
    tasks = [heading.confidence for heading in found if heading.kind == "task"]
    if not tasks:
        for place, heading in enumerate(found):
            if heading.text in ("项目", "目标", "名称") or (
                heading.kind in ("category", "detail", None)
                and heading.text.endswith(("项目", "目标", "指标", "计划"))
            ):
                found[place] = replace(heading, kind="task", confidence=0.5)
                break
    numbered = False
    for place, heading in enumerate(found):
        if heading.kind == "task" and tasks and heading.confidence < min(0.8, max(tasks)):
            found[place] = replace(heading, kind="detail")
        if heading.kind == "number":
            if numbered:
                found[place] = replace(heading, kind="detail")
            numbered = True
        before = found[place - 1] if place else None
        if not heading.text and before and before.kind == "category":
            found[place] = replace(heading, kind="category", confidence=_SURE)
    return tuple(found)


def _score(header: Header) -> float:
    """Return the score of a header: the confidence of its kinds of columns, weighted."""
    best: dict[Kind, float] = {}
    for heading in header.headings:
        if heading.kind:
            best[heading.kind] = max(best.get(heading.kind, 0.0), heading.confidence)
    return (
        sum(_WEIGHTS.get(kind, 1.0) * sure for kind, sure in best.items())
        + 10.0 * header.is_complete
    )
