"""Group segments into the records of a table or a list; each record is a task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from kg.reading.decoding.record import SINGLE, Record
from kg.reading.decoding.record_units import (
    copy_units_down,
    labelled_starts,
    remove_units_in_progress,
    spread_heading_units,
)
from kg.reading.decoding.segments import Segment
from kg.tagger.roles import UNITS, Role

# Roles that may precede the task in its record.
_FRONT: tuple[Role, ...] = ("number", "category", *UNITS, "leader", "deadline", "remark", "target")
_ABOUT: tuple[Role, ...] = ("head", "title")
_MOST = 0.6
# With so many tasks that have units but no number, numbered lines may be their headings.
_UNNUMBERED = 2
# At least so many adjacent headings are the header row of a table.
_HEADS = 3


def find_records(segments: Sequence[Segment]) -> list[Record]:
    """Group segments into records.

    A record begins with the role that opens the first record, and with a number or a task if the
    current record has one already. If tasks are numbered, a task without a number continues the
    one before it, unless that has units or progress.
    """
    body = list(_label_sections(list(_body_segments(segments))))
    opener = _opening_role(body)
    numbered = _is_numbered(body)
    records, rest = _collect_records(body, opener, numbered)
    if opener and (rest.segments_of(*UNITS, "progress") or _ends_with_units(body)):
        # The last cells have no task, so rows do not begin with that role.
        opener = None
        first = next((s.start for s in body if s.role in SINGLE), 0)
        below = [s for s in body if s.start >= first or s.role == "category"]
        records, _ = _collect_records(below, opener, numbered)
    remove_units_in_progress(records, labelled_starts(segments))
    tabular = any(size >= _HEADS for role, size in _role_runs(segments) if role == "head")
    if tabular or opener in UNITS:
        copy_units_down(records, headed=opener in UNITS)
    return list(spread_heading_units(records))


def _collect_records(
    body: Sequence[Segment], opener: Role | None, numbered: bool
) -> tuple[list[Record], Record]:
    """Return the records in the body of a document, and what is left without a task at its end.

    Args:
        body: The segments of rows and items.
        opener: The role with which records begin, or None if it is the task or its number.
        numbered: Whether tasks are numbered.
    """
    records: list[Record] = []
    current = Record()
    category: tuple[Segment, ...] = ()
    together = False
    for segment, following in zip(body, [*body[1:], None], strict=False):
        role = segment.role
        if role == "category":
            if current.segments_of("progress") and not current.segments_of("task"):
                # It sums up the section above the heading.
                current = Record()
            category = (*category, segment) if together else (segment,)
            together = True
            continue
        together = False
        if not records and not current.parts and role not in ("task", *_FRONT):
            # Text before the first task, such as the results of a whole section.
            continue
        last = current.segments_of(role)[-1:] if role in SINGLE else []
        bare = numbered and not current.segments_of(*UNITS, "progress")
        goes_on = role == "task" and bool(last) and (bare or last[0].end == segment.start)
        opens = role == opener or (role == "number" and following and following.role == "task")
        has_task = bool(current.segments_of("task"))
        # Text below another heading does not continue that of the task above the heading.
        is_apart = has_task and category != current.categories and current.segments_of(role)
        if (last and not goes_on) or (opens and has_task) or is_apart:
            if has_task:
                records.append(current)
            current, has_task = Record(), False
        if not has_task:
            current.categories = category
        current.add(segment)
    if current.segments_of("task"):
        records.append(current)
        current = Record()
    return records, current


def _body_segments(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the segments of rows and items, without the numbers of labels and headings.

    （二）责任单位 does not begin an item; 一、目标任务：建桥 does.
    """
    for place, segment in enumerate(segments):
        if segment.role in _ABOUT:
            continue
        roles = [found.role for found in segments[place + 1 : place + 3]]
        is_label = roles[:1] == ["head"] and roles[1:] not in (["task"], ["target"])
        if segment.role != "number" or not (is_label or roles[:1] == ["category"]):
            yield segment


def _label_sections(body: Sequence[Segment]) -> Iterator[Segment]:
    """Yield segments; numbered lines above several tasks with units of their own become headings.

    （一）扩大投资 is a heading if two tasks with units, and without numbers, follow it somewhere.
    """
    same: dict[Role, Role] = {"lead": "unit", "cooperating": "unit", "target": "task"}
    roles = [same.get(segment.role, segment.role) for segment in body]
    runs = [role for role, _ in groupby(roles)]
    unnumbered = sum(runs[at : at + 3] == ["unit", "task", "unit"] for at in range(len(runs)))
    items = [at for at, role in enumerate(roles) if roles[at : at + 2] == ["number", "task"]]
    heads = {at for at in items if roles[at : at + 3] == ["number", "task", "task"]}
    if unnumbered < _UNNUMBERED or not items or len(heads) != len(items):
        yield from body
        return
    for at, segment in enumerate(body):
        if at - 1 in heads:
            yield replace(segment, role="category")
        elif at not in heads:
            begins = at - 2 in heads or (roles[at] == "task" and roles[at - 1 : at] == ["unit"])
            yield replace(segment, role="task") if begins else segment


def _role_runs(segments: Sequence[Segment]) -> Iterator[tuple[Role, int]]:
    """Yield the role and the length of each run of segments with the same role."""
    for role, run in groupby(segments, key=lambda segment: segment.role):
        yield role, len(list(run))


def _is_numbered(body: Sequence[Segment]) -> bool:
    """Return whether at least half of the tasks follow a number."""
    roles = [segment.role for segment in body]
    pairs = list(pairwise(roles)).count(("number", "task"))
    return pairs > 0 and 2 * pairs >= roles.count("task")


def _ends_with_units(body: Sequence[Segment]) -> bool:
    """Return whether units follow the last numbered task, as they do if they end each item."""
    roles = [segment.role for segment in body]
    numbered = [at for at, pair in enumerate(pairwise(roles)) if pair == ("number", "task")]
    return bool(numbered) and any(role in UNITS for role in roles[numbered[-1] :])


def _opening_role(body: Sequence[Segment]) -> Role | None:
    """Return the role with which records begin, or None if it is the task or its number.

    A role that occurs more often than tasks, such as that of remarks, begins no records.
    """
    runs = Counter(role for role, _ in _role_runs(body))
    for segment in body:
        if segment.role in ("task", "number"):
            return None
        often = segment.role == "remark" and runs["remark"] > runs["task"]
        if segment.role in _FRONT and segment.role != "category" and not often:
            return segment.role
    return None


def split_doubtful(records: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Return the records that are tasks, and those that probably are not.

    If most records have progress or units, one that has neither is a heading, a sentence of a
    letter, or a part of another task.
    """
    telling = [bool(record.segments_of("progress", *UNITS)) for record in records]
    if sum(telling) < _MOST * len(records):
        return list(records), []
    pairs = list(zip(records, telling, strict=True))
    return [record for record, tells in pairs if tells], [r for r, tells in pairs if not tells]
