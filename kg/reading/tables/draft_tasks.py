"""From drafts of tasks, the rows of tables, to tasks: what each column tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from kg.model import Cell
from kg.reading.assemble import RawTask
from kg.reading.categories import Category, inherit_category
from kg.reading.structure.document import GridCell
from kg.reading.structure.joined import Departments, join
from kg.reading.structure.labels import labelled_by
from kg.reading.tables.table_rows import Draft

# Columns with a cell of their own in a task.
_APART = ("deadline", "problem", "plan")


def raw_tasks(drafts: Sequence[Draft], wrapped: bool, with_people: bool) -> Iterator[RawTask]:
    """Yield the tasks that drafts tell.

    Args:
        drafts: The drafts in order.
        wrapped: Whether a line of a cell ends where its column does, not where its author said.
        with_people: Whether names of leaders, which are personal data, are kept.
    """
    named = chain.from_iterable(draft.cells("departments") for draft in drafts)
    departments = Departments(list(named), wrapped)
    numbers = [draft.number for draft in drafts if draft.number is not None]
    rising = all(a < b for a, b in pairwise(numbers))
    above: Draft | None = None
    answering: list[tuple[str, Sequence[GridCell]]] = []
    for draft, category in zip(drafts, _categories(drafts, wrapped), strict=True):
        progress = _progress_places(draft)
        further = [p for p, h in enumerate(draft.headings) if h.kind == "category"][2:]
        details = [
            place
            for place, heading in enumerate(draft.headings)
            if heading.kind in ("detail", None)
            or (heading.kind == "leader" and with_people)
            or (heading.kind == "progress" and place not in progress)
            or (heading.kind == "number" and not rising)
            or (heading.kind == "category" and place in further)
        ]
        own = _departments(draft)
        inherits = not own and above is not None and _inherits(draft, above, bool(numbers))
        answering = answering if inherits else own
        above = draft
        cell, spans = departments.read(answering)
        further_cells = [
            (draft.headings[place].text, found)
            for place in details
            if (found := join([draft.columns[place]], wrapped)).text
        ]
        apart = {labelled_by(text): found for text, found in reversed(further_cells)}
        yield RawTask(
            number=draft.number,
            line=draft.line,
            category=category,
            task=join(draft.cells("task"), wrapped),
            progress=join([draft.columns[place] for place in progress], wrapped),
            department_cell=cell,
            department_spans=spans,
            notes=("names no department; that of the row above is taken",) if inherits else (),
            deadline=apart.get("deadline", Cell("")),
            problem=apart.get("problem", Cell("")),
            plan=apart.get("plan", Cell("")),
            details=tuple(one for one in further_cells if labelled_by(one[0]) not in _APART),
        )


def _categories(drafts: Sequence[Draft], wrapped: bool) -> Iterator[Category]:
    """Yield the categories of each row: those above it, then its own, or of the row above."""
    category: Category = ("", None)
    above: Draft | None = None
    for draft in drafts:
        if above is None or (draft.titles, draft.headings) != (above.titles, above.headings):
            category = ("", None)
        cells = draft.cells("category")
        if any(not cell.text and cell.continued for column in cells for cell in column):
            # The task spans the column of categories: it is in none.
            category = ("", None)
        own = [join([column], wrapped).text for column in cells]
        category = inherit_category(own, category)
        levels = [*draft.titles, *(text for text in category if text)]
        yield (levels[0], levels[1] if len(levels) > 1 else None) if levels else ("", None)
        above = draft


def _departments(draft: Draft) -> list[tuple[str, Sequence[GridCell]]]:
    """Return the cells that name departments, each with the label that tells their role.

    Where some columns tell a role, those that tell none have a label too, so that no role is taken
    from the column before. The heading above the row stands for all where no column names any.
    """
    columns: list[tuple[str, Sequence[GridCell]]] = [
        (heading.role, cells)
        for heading, cells in zip(draft.headings, draft.columns, strict=True)
        if heading.kind == "departments" and any(cell.text.strip() for cell in cells)
    ]
    if not columns:
        return [("", [draft.group])] if draft.group else []
    if any(role for role, _ in columns):
        return [(role or "责任单位", cells) for role, cells in columns]
    return columns


def _inherits(draft: Draft, above: Draft, numbered: bool) -> bool:
    """Tell whether a row without departments has those of the row above: a cell was merged there.

    Such a row has no number where others have, or its departments would stand before its task.
    """
    if (draft.headings, draft.titles, draft.group) != (above.headings, above.titles, above.group):
        return False
    places: dict[str | None, list[int]] = {}
    for place, heading in enumerate(draft.headings):
        places.setdefault(heading.kind, []).append(place)
    before = max(places.get("departments", [0])) < min(places.get("task", [0]))
    return before or (numbered and draft.number is None)


def _progress_places(draft: Draft) -> list[int]:
    """Return the columns that tell the progress: of several periods, the latest that is told."""
    places = [
        place
        for place, heading in enumerate(draft.headings)
        if heading.kind == "progress" and any(cell.text.strip() for cell in draft.columns[place])
    ]
    months = {place: draft.headings[place].month or 0 for place in places}
    latest = max(months.values(), default=0)
    return [place for place in places if months[place] in (latest, 0)]


def month_of(draft: Draft) -> int | None:
    """Return the month up to which the progress of a row is told, where a heading tells it."""
    months = (draft.headings[place].month for place in _progress_places(draft))
    return max((month for month in months if month), default=None)
