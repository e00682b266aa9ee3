"""Convert drafts of tasks, which are rows of tables, to tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from kg.model import Cell
from kg.reading.assemble import RawTask
from kg.reading.categories import Category, inherit_category
from kg.reading.structure.cells import cut_cell
from kg.reading.structure.document import GridCell
from kg.reading.structure.labels import column_label_kind
from kg.reading.structure.markers import Marker, find_marker
from kg.reading.tables.row_cells import DepartmentReader, join_columns
from kg.reading.tables.table_rows import Draft

# Kinds of labels for which a task has a field of its own.
_FIELD_LABELS = ("deadline", "problem", "plan")


def raw_tasks(drafts: Sequence[Draft], wrapped: bool, with_people: bool) -> Iterator[RawTask]:
    """Yield a task for each draft.

    Args:
        drafts: The drafts in order.
        wrapped: Whether the lines of cells are wrapped at the width of the column.
        with_people: Whether names of leaders, which are personal data, are kept.
    """
    named = chain.from_iterable(draft.cells("departments") for draft in drafts)
    departments = DepartmentReader(list(named), wrapped)
    numbers = [draft.number for draft in drafts if draft.number is not None]
    rising = all(a < b for a, b in pairwise(numbers))
    tasks = [join_columns(draft.cells("task"), wrapped) for draft in drafts]
    markers = _own_markers(tasks) if not numbers else {}
    above: Draft | None = None
    answering: list[tuple[str, Sequence[GridCell]]] = []
    for draft, task, category in zip(drafts, tasks, _categories(drafts, wrapped), strict=True):
        marker = markers.get(task.text)
        progress = _progress_columns(draft)
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
        own = _department_columns(draft)
        inherits = (
            not own
            and above is not None
            and _has_inherited_departments(draft, above, bool(numbers))
        )
        answering = answering if inherits else own
        above = draft
        cell, spans = departments.read(answering)
        further_cells = [
            (draft.headings[place].text, found)
            for place in details
            if (found := join_columns([draft.columns[place]], wrapped)).text
        ]
        fields = {column_label_kind(text): found for text, found in reversed(further_cells)}
        yield RawTask(
            number=marker.number if marker else draft.number,
            line=draft.line,
            category=category,
            task=cut_cell(task, marker.end, len(task.text)) if marker else task,
            progress=join_columns([draft.columns[place] for place in progress], wrapped),
            department_cell=cell,
            department_spans=spans,
            notes=("names no department; that of the row above is used",) if inherits else (),
            deadline=fields.get("deadline", Cell("")),
            problem=fields.get("problem", Cell("")),
            plan=fields.get("plan", Cell("")),
            details=tuple(
                (text, found)
                for text, found in further_cells
                if column_label_kind(text) not in _FIELD_LABELS
            ),
        )


def _own_markers(tasks: Sequence[Cell]) -> dict[str, Marker]:
    """Return the markers with which tasks begin by their text if they number all of them, or {}."""
    found = [(task.text, find_marker(task.text)) for task in tasks]
    markers = {text: marker for text, marker in found if marker}
    numbers = [marker.number for _, marker in found if marker]
    return markers if numbers == list(range(1, len(tasks) + 1)) else {}


def _categories(drafts: Sequence[Draft], wrapped: bool) -> Iterator[Category]:
    """Yield the category of each row: from the headings above, its own cells, or the row above."""
    category: Category = ("", None)
    above: Draft | None = None
    for draft in drafts:
        if above is None or (draft.titles, draft.headings) != (above.titles, above.headings):
            category = ("", None)
        cells = draft.cells("category")
        if any(not cell.text and cell.continued for column in cells for cell in column):
            # The task spans the category column: it has no category.
            category = ("", None)
        own = [join_columns([column], wrapped).text for column in cells]
        category = inherit_category(own, category)
        levels = [*draft.titles, *(text for text in category if text)]
        yield (levels[0], levels[1] if len(levels) > 1 else None) if levels else ("", None)
        above = draft


def _department_columns(draft: Draft) -> list[tuple[str, Sequence[GridCell]]]:
    """Return the cells that name departments, each with a label for their role.

    If some columns have a role, the others get a label too, so that they do not take the role of
    the column before. If no cell names a department, the heading above the row is used.
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


def _has_inherited_departments(draft: Draft, above: Draft, numbered: bool) -> bool:
    """Return whether a row without departments has those of the row above, by a merged cell.

    This is so if the department column precedes the task column, or if the row has no number but
    others have.
    """
    if (draft.headings, draft.titles, draft.group) != (above.headings, above.titles, above.group):
        return False
    places: dict[str | None, list[int]] = {}
    for place, heading in enumerate(draft.headings):
        places.setdefault(heading.kind, []).append(place)
    before = max(places.get("departments", [0])) < min(places.get("task", [0]))
    return before or (numbered and draft.number is None)


def _progress_columns(draft: Draft) -> list[int]:
    """Return the progress columns: if they are for several periods, those of the latest one."""
    places = [
        place
        for place, heading in enumerate(draft.headings)
        if heading.kind == "progress" and any(cell.text.strip() for cell in draft.columns[place])
    ]
    months = {place: draft.headings[place].month or 0 for place in places}
    latest = max(months.values(), default=0)
    return [place for place in places if months[place] in (latest, 0)]


def progress_month(draft: Draft) -> int | None:
    """Return the month of a row's progress from the column's heading, or None."""
    months = (draft.headings[place].month for place in _progress_columns(draft))
    return max((month for month in months if month), default=None)
