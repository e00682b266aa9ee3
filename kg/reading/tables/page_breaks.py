"""Fill merged cells that are split by a page break and have their text on one page only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kg.reading.structure.document import GridCell
from kg.reading.tables.table_rows import Draft


@dataclass
class _MergedCell:
    """A merged cell.

    Attributes:
        rows: The rows that it spans.
        text: Its text.
        first: Whether it is the first of a page.
        last: Whether it is the last of a page.
    """

    rows: list[Draft]
    text: str
    first: bool = False
    last: bool = False


def fill_page_breaks(drafts: Sequence[Draft]) -> None:
    """Fill blank cells above and below page breaks with the text of the other part of the cell.

    A merged cell of categories or departments has its text once, often in the middle of its rows:
    on its first page or on a later one.
    """
    for headings, rows in groupby(drafts, key=lambda draft: draft.headings):
        table = list(rows)
        outer: int | None = None
        for place, heading in enumerate(headings):
            if heading.kind == "category":
                _fill_column(table, place, outer)
                outer = place
            elif heading.kind == "departments":
                _fill_column(table, place, None)


def _fill_column(table: Sequence[Draft], place: int, outer: int | None) -> None:
    """Fill a column at page breaks where a cell is merged and the outer category is the same."""
    merged = _merged_cells(table, place)
    for order in (pairwise(merged), ((b, a) for a, b in pairwise(reversed(merged)))):
        for above, below in order:
            if not (above.last and below.first) or bool(above.text) == bool(below.text):
                continue
            same = outer is None or _column_text(above.rows[-1], outer) == _column_text(
                below.rows[0], outer
            )
            if same and max(len(above.rows), len(below.rows)) > 1:
                blank = below if above.text else above
                blank.text = above.text or below.text
    for cell in merged:
        for draft in cell.rows:
            if _column_text(draft, place) != cell.text:
                line = draft.columns[place][0].line
                draft.columns[place] = [GridCell(cell.text, line, continued=True)]


def _merged_cells(table: Sequence[Draft], place: int) -> list[_MergedCell]:
    """Return the merged cells of a column."""
    merged: list[_MergedCell] = []
    page = 0
    for draft in table:
        if merged and draft.columns[place][0].continued:
            merged[-1].rows.append(draft)
        else:
            is_new_page = draft.line != page
            if merged:
                merged[-1].last = is_new_page
            merged.append(_MergedCell([draft], _column_text(draft, place), first=is_new_page))
        page = draft.line
    return merged


def _column_text(draft: Draft, place: int) -> str:
    return "".join(part.text for part in draft.columns[place]).strip()
