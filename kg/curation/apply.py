"""Carry out the entries of a curation file on extracted facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.curation.entries import NAME_KINDS, Entry
from kg.model import (
    TEXT_CELLS,
    CellName,
    Date,
    Evidence,
    Name,
    NameKind,
    Obstacle,
    Quantity,
    Status,
    Target,
    TaskFacts,
)

Valued = Quantity | Date | Target | Obstacle
# Where the facts of a kind stand.
_VALUES = {"quantity": "quantities", "date": "dates", "target": "targets", "obstacle": "obstacles"}


@dataclass(frozen=True, slots=True)
class CuratedFacts:
    """Facts with the decisions of a curation file carried out.

    Attributes:
        facts: The facts of each task.
        applied: The entries that were carried out.
        unmatched: Those that match nothing in the source any more.
    """

    facts: tuple[TaskFacts, ...]
    applied: tuple[Entry, ...]
    unmatched: tuple[Entry, ...]


def apply(facts: Iterable[TaskFacts], entries: Sequence[Entry]) -> CuratedFacts:
    """Return facts with entries carried out in their order, and which of these match nothing.

    The evidence of a fact that an entry decided has the rule `curation:ACTION`.

    Args:
        facts: The facts of each task.
        entries: The decisions.
    """
    current = list(facts)
    applied: list[Entry] = []
    unmatched: list[Entry] = []
    for entry in entries:
        changed = [_applied(found, entry) for found in current]
        if any(new is not old for new, old in zip(changed, current, strict=True)):
            applied.append(entry)
        else:
            unmatched.append(entry)
        current = changed
    return CuratedFacts(tuple(current), tuple(applied), tuple(unmatched))


def _applied(found: TaskFacts, entry: Entry) -> TaskFacts:
    """Return the facts of a task after one entry; the same object where it matches nothing."""
    if entry.task is not None and entry.task != found.task.number:
        return found
    if entry.action == "add":
        return _with_added(found, entry)
    if entry.kind in NAME_KINDS:
        return _with_names(found, entry)
    if entry.kind == "status":
        return _with_status(found, entry)
    if entry.kind == "task":
        return replace(found)  # which task it is, numbering asks
    if entry.kind == "count":
        cells = (found.task.task.text, found.task.progress.text)
        # A new object tells that the entry matches; which list is right, the entry itself says.
        return replace(found) if any(entry.quote in text for text in cells) else found
    return _with_values(found, _VALUES[entry.kind], entry)


def _with_values(found: TaskFacts, field: str, entry: Entry) -> TaskFacts:
    """Return facts with the values that an entry quotes accepted or left out."""
    values: tuple[Valued, ...] = getattr(found, field)
    meant = [entry.quote in value.evidence.quote for value in values]
    if not any(meant):
        return found
    kept = tuple(
        replace(value, evidence=_marked(value.evidence, entry)) if quoted else value
        for value, quoted in zip(values, meant, strict=True)
        if entry.action == "accept" or not quoted
    )
    changes: dict[str, Any] = {field: kept}
    return replace(found, **changes)


def _with_status(found: TaskFacts, entry: Entry) -> TaskFacts:
    if found.status is None:
        return found
    if entry.action == "reject":
        return replace(found, status=None)
    value = entry.to if entry.action == "retype" else found.status.value
    status = Status(value, _marked(found.status.evidence, entry))  # type: ignore[arg-type]
    return replace(found, status=status)


def _with_names(found: TaskFacts, entry: Entry) -> TaskFacts:
    names = [(name, _is_meant(name, entry)) for name in found.names]
    if not any(meant for _, meant in names):
        return found
    changed = [(_changed(name, entry) if meant else name) for name, meant in names]
    return replace(found, names=tuple(_merged(name for name in changed if name is not None)))


def _is_meant(name: Name, entry: Entry) -> bool:
    return name.kind == entry.kind and entry.name in (name.name, name.preferred)


def _changed(name: Name, entry: Entry) -> Name | None:
    evidence = tuple(_marked(place, entry) for place in name.evidence)
    if entry.action == "reject":
        return None
    if entry.action == "rename":
        return replace(name, name=entry.to, thing="", evidence=evidence)
    if entry.action == "merge":
        return replace(name, thing=entry.to, evidence=evidence)
    if entry.action == "retype":
        kind: NameKind = entry.to  # type: ignore[assignment]
        return replace(name, kind=kind, evidence=evidence)
    return replace(name, evidence=evidence)


def _merged(names: Iterable[Name]) -> Iterator[Name]:
    """Yield names, those of the same kind and form as one."""
    found: dict[tuple[NameKind, str], Name] = {}
    for name in names:
        key = (name.kind, name.name)
        if key in found:
            found[key] = replace(found[key], evidence=(*found[key].evidence, *name.evidence))
        else:
            found[key] = name
    yield from found.values()


def _with_added(found: TaskFacts, entry: Entry) -> TaskFacts:
    cells: tuple[CellName, ...] = (entry.cell,) if entry.cell else TEXT_CELLS
    for cell in cells:
        start = found.task.cell(cell).text.find(entry.quote)
        if start >= 0:
            end = start + len(entry.quote)
            evidence = found.task.evidence(cell, start, end, entry.rule)
            kind: NameKind = entry.kind  # type: ignore[assignment]
            added = Name(kind, entry.name, (evidence,))
            return replace(found, names=tuple(_merged([*found.names, added])))
    return found


def _marked(evidence: Evidence, entry: Entry) -> Evidence:
    return replace(evidence, rule=entry.rule)
