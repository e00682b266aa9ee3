"""Give the rows of a merged cell that a page breaks the text that it shows on one page only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kg.reading.structure.document import GridCell
from kg.reading.tables.table_rows import Draft


@dataclass
class _Run:
    """A cell: the rows that it spans, its text, and whether a page begins or ends with it."""

    rows: list[Draft]
    text: str
    first: bool = False
    last: bool = False


def fill_over_pages(drafts: Sequence[Draft]) -> None:
    """Fill the blank cells above and below page breaks from the rest of the cell they belong to.

    A merged cell of categories or departments shows its text once, often in the middle of all its
    rows: on the first of its pages, or on a later one.
    """
    for headings, rows in groupby(drafts, key=lambda draft: draft.headings):
        table = list(rows)
        outer: int | None = None
        for place, heading in enumerate(headings):
            if heading.kind == "category":
                _fill(table, place, outer)
                outer = place
            elif heading.kind == "departments":
                _fill(table, place, None)


def _fill(table: Sequence[Draft], place: int, outer: int | None) -> None:
    """Fill one column, where merged cells stand in it and the outer category goes on."""
    runs = _runs(table, place)
    for order in (pairwise(runs), ((b, a) for a, b in pairwise(reversed(runs)))):
        for above, below in order:
            if not (above.last and below.first) or bool(above.text) == bool(below.text):
                continue
            same = outer is None or _text(above.rows[-1], outer) == _text(below.rows[0], outer)
            if same and max(len(above.rows), len(below.rows)) > 1:
                blank = below if above.text else above
                blank.text = above.text or below.text
    for run in runs:
        for draft in run.rows:
            if _text(draft, place) != run.text:
                line = draft.columns[place][0].line
                draft.columns[place] = [GridCell(run.text, line, continued=True)]


def _runs(table: Sequence[Draft], place: int) -> list[_Run]:
    """Return the cells of a column; one that goes on from a broken row belongs to that row's."""
    runs: list[_Run] = []
    page = 0
    for draft in table:
        if runs and draft.columns[place][0].continued:
            runs[-1].rows.append(draft)
        else:
            turned = draft.line != page
            if runs:
                runs[-1].last = turned
            runs.append(_Run([draft], _text(draft, place), first=turned))
        page = draft.line
    return runs


def _text(draft: Draft, place: int) -> str:
    return "".join(part.text for part in draft.columns[place]).strip()
