"""Fill merged cells that are split by a page break and have their text on one page only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kg.reading.structure.document import GridCell
from kg.reading.tables.table_rows import Draft


@dataclass
class _Run:
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
    runs = _merged_runs(table, place)
    for order in (pairwise(runs), ((b, a) for a, b in pairwise(reversed(runs)))):
        for above, below in order:
            if not (above.last and below.first) or bool(above.text) == bool(below.text):
                continue
            same = outer is None or _column_text(above.rows[-1], outer) == _column_text(
                below.rows[0], outer
            )
            if same and max(len(above.rows), len(below.rows)) > 1:
                blank = below if above.text else above
                blank.text = above.text or below.text
    for run in runs:
        for draft in run.rows:
            if _column_text(draft, place) != run.text:
                line = draft.columns[place][0].line
                draft.columns[place] = [GridCell(run.text, line, continued=True)]


def _merged_runs(table: Sequence[Draft], place: int) -> list[_Run]:
    """Return the merged cells of a column."""
    runs: list[_Run] = []
    page = 0
    for draft in table:
        if runs and draft.columns[place][0].continued:
            runs[-1].rows.append(draft)
        else:
            is_new_page = draft.line != page
            if runs:
                runs[-1].last = is_new_page
            runs.append(_Run([draft], _column_text(draft, place), first=is_new_page))
        page = draft.line
    return runs


def _column_text(draft: Draft, place: int) -> str:
    return "".join(part.text for part in draft.columns[place]).strip()
