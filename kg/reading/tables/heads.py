"""Find the header of a table of cells: one row or several, below titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from kg.reading.structure.document import GridCell
from kg.reading.structure.furniture import parse_row_number
from kg.reading.tables.columns import Column
from kg.reading.tables.headings import Heading, Kind, Mappings, plain, recognise

Cells = tuple[GridCell, ...]

_FARTHEST, _DEEPEST = 30, 3
_LONGEST = 40
_SURE = 0.6
_WORTH: dict[Kind, float] = {"task": 3.0, "progress": 2.0, "departments": 2.0}


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a table.

    Attributes:
        start: Index of its first row.
        end: Index of the row behind it.
        headings: What each column means.
    """

    start: int
    end: int
    headings: tuple[Heading, ...]

    @property
    def kinds(self) -> frozenset[Kind]:
        """What its columns hold."""
        return frozenset(heading.kind for heading in self.headings if heading.kind)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those of them that a report has."""
        return tuple(column for column in get_args(Column) if column in self.kinds)

    @property
    def is_whole(self) -> bool:
        """Whether a responsibility table has such columns: tasks, and how far they are or whose."""
        return "task" in self.kinds and bool(self.kinds & {"progress", "departments"})


def find_head(rows: Sequence[Cells], mappings: Mappings | None = None) -> Head | None:
    """Return the header that tells most, whole or not, or None where no row heads columns.

    Args:
        rows: The rows of the table.
        mappings: What a person said about headings.
    """
    best: Head | None = None
    worth = 0.0
    for start in range(min(len(rows), _FARTHEST)):
        if not _may_head(rows[start]) or not _begins(rows, start, mappings):
            continue
        for end in range(start + 1, min(start + _DEEPEST, len(rows)) + 1):
            if end > start + 1 and not _goes_on(rows[end - 2], rows[end - 1], mappings):
                break
            head = Head(start, end, _settled(_headings(rows[start:end], mappings)))
            found = _worth(head)
            if found > worth or (best and best.start == start and found >= worth > 0):
                best, worth = head, found
    return best


def repeats(row: Cells, rows: Sequence[Cells], head: Head) -> bool:
    """Tell whether a row is a row of the header again, maybe with a few other texts over it."""
    shown = [plain(cell.text) for cell in row]
    for heads in rows[head.start : head.end]:
        again = [plain(cell.text) for cell in heads]
        same = sum(a == b != "" for a, b in zip(shown, again, strict=True))
        if shown == again or (same > 2 and 2 * same > sum(map(bool, again))):
            return True
    return False


def below_head(row: Cells, headings: Sequence[Heading]) -> Cells | None:
    """Return what a row shows below the header again where no rule parts the two, or None."""
    if len(row) != len(headings):
        return None
    found: list[GridCell] = []
    for cell, heading in zip(row, headings, strict=True):
        text = _behind(cell.text, heading.text)
        if text is None:
            return None
        found.append(replace(cell, text=text))
    return tuple(found) if any(cell.text for cell in found) else None


def _behind(text: str, heading: str) -> str | None:
    """Return what stands behind a heading in a text, or None where the text begins otherwise."""
    # A heading may be spaced out, or wrap.
    ends = range(len(heading), min(len(text), 3 * len(heading)) + 1)
    end = next((end for end in ends if plain(text[:end]) == heading), None)
    return None if end is None else text[end:].strip()


def _may_head(row: Cells) -> bool:
    """Tell whether a row has short texts, not only one, and none that numbers it."""
    shown = {plain(cell.text) for cell in row} - {""}
    return len(shown) > 1 and all(
        len(text) <= _LONGEST and parse_row_number(text) is None for text in shown
    )


def _begins(rows: Sequence[Cells], start: int, mappings: Mappings | None) -> bool:
    """Tell whether a row may be the first of a header: it heads something, and no cell goes on."""
    row = rows[start]
    for place, cell in enumerate(row):
        aside = place > 0 and row[place - 1].text == cell.text
        if cell.continued and not aside and start and rows[start - 1][place].text == cell.text:
            return False
    return any(recognise((cell.text,), mappings).kind for cell in row if not cell.continued)


def _goes_on(above: Cells, row: Cells, mappings: Mappings | None) -> bool:
    """Tell whether a header goes on with this row, below the one above.

    What it adds stands below cells that span columns, or heads columns by itself.
    """
    if not _may_head(row):
        return False
    added = 0
    for place, cell in enumerate(row):
        text = plain(cell.text)
        if not text or (cell.continued and text == plain(above[place].text)):
            continue
        spanned = any(
            0 <= other < len(row)
            and plain(above[other].text) == plain(above[place].text)
            and (above[place].continued or above[other].continued)
            for other in (place - 1, place + 1)
        )
        if not spanned and recognise((text,), mappings).confidence < _SURE:
            return False
        added += 1
    return added > 0


def _headings(rows: Sequence[Cells], mappings: Mappings | None) -> list[Heading]:
    found: list[Heading] = []
    for column in zip(*rows, strict=True):
        levels = tuple(dict.fromkeys(plain(cell.text) for cell in column))
        found.append(recognise(levels, mappings))
    return found


def _settled(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return the headings so that no two columns claim what only one can be.

    Of columns taken for tasks the sure ones count, or the surest; there is one of numbers. Where
    none is taken for tasks, one of projects or targets is.
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


def _worth(head: Head) -> float:
    """Return how much a header tells: what its columns are, each kind once."""
    best: dict[Kind, float] = {}
    for heading in head.headings:
        if heading.kind:
            best[heading.kind] = max(best.get(heading.kind, 0.0), heading.confidence)
    return sum(_WORTH.get(kind, 1.0) * sure for kind, sure in best.items()) + 10.0 * head.is_whole
