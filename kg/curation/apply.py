"""Apply the entries of a curation file to extracted facts."""

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

ValueFact = Quantity | Date | Target | Obstacle
# The attributes of `TaskFacts` for these kinds of facts.
_VALUES = {"quantity": "quantities", "date": "dates", "target": "targets", "obstacle": "obstacles"}


@dataclass(frozen=True, slots=True)
class CuratedFacts:
    """Facts to which the entries of a curation file were applied.

    Attributes:
        facts: The facts of each task.
        applied: The entries that were applied.
        unmatched: The entries that no longer match anything in the source.
    """

    facts: tuple[TaskFacts, ...]
    applied: tuple[Entry, ...]
    unmatched: tuple[Entry, ...]


def apply_entries(facts: Iterable[TaskFacts], entries: Sequence[Entry]) -> CuratedFacts:
    """Apply entries to facts in their order, and find those that match nothing.

    Facts that an entry matches get the rule `curation:ACTION` in their evidence.

    Args:
        facts: The facts of each task.
        entries: The decisions.
    """
    current = list(facts)
    applied: list[Entry] = []
    unmatched: list[Entry] = []
    for entry in entries:
        changed = [_apply_entry(found, entry) for found in current]
        if any(new is not old for new, old in zip(changed, current, strict=True)):
            applied.append(entry)
        else:
            unmatched.append(entry)
        current = changed
    return CuratedFacts(tuple(current), tuple(applied), tuple(unmatched))


def _apply_entry(found: TaskFacts, entry: Entry) -> TaskFacts:
    """Return the facts of a task after one entry; the same object if the entry matches nothing."""
    if entry.task is not None and entry.task != found.task.number:
        return found
    if entry.action == "add":
        return _add_name(found, entry)
    if entry.kind in NAME_KINDS:
        return _decide_names(found, entry)
    if entry.kind == "status":
        return _decide_status(found, entry)
    if entry.kind == "task":
        return replace(found)  # `kg.history.numbering` uses the entry
    if entry.kind == "count":
        cells = (found.task.task.text, found.task.progress.text)
        # A new object means that the entry matches; `find_doubts` uses the entry.
        return replace(found) if any(entry.quote in text for text in cells) else found
    return _decide_values(found, _VALUES[entry.kind], entry)


def _decide_values(found: TaskFacts, field: str, entry: Entry) -> TaskFacts:
    """Return facts with the values that an entry quotes accepted or removed."""
    values: tuple[ValueFact, ...] = getattr(found, field)
    meant = [entry.quote in value.evidence.quote for value in values]
    if not any(meant):
        return found
    kept = tuple(
        replace(value, evidence=_mark_evidence(value.evidence, entry)) if quoted else value
        for value, quoted in zip(values, meant, strict=True)
        if entry.action == "accept" or not quoted
    )
    changes: dict[str, Any] = {field: kept}
    return replace(found, **changes)


def _decide_status(found: TaskFacts, entry: Entry) -> TaskFacts:
    if found.status is None:
        return found
    if entry.action == "reject":
        return replace(found, status=None)
    value = entry.to if entry.action == "retype" else found.status.value
    status = Status(value, _mark_evidence(found.status.evidence, entry))  # type: ignore[arg-type]
    return replace(found, status=status)


def _decide_names(found: TaskFacts, entry: Entry) -> TaskFacts:
    names = [(name, _is_meant(name, entry)) for name in found.names]
    if not any(meant for _, meant in names):
        return found
    changed = [(_change_name(name, entry) if meant else name) for name, meant in names]
    return replace(found, names=tuple(_merge_names(name for name in changed if name is not None)))


def _is_meant(name: Name, entry: Entry) -> bool:
    return name.kind == entry.kind and entry.name in (name.name, name.preferred)


def _change_name(name: Name, entry: Entry) -> Name | None:
    evidence = tuple(_mark_evidence(place, entry) for place in name.evidence)
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


def _merge_names(names: Iterable[Name]) -> Iterator[Name]:
    """Yield names, with the evidence of those of the same kind and name merged."""
    found: dict[tuple[NameKind, str], Name] = {}
    for name in names:
        key = (name.kind, name.name)
        if key in found:
            found[key] = replace(found[key], evidence=(*found[key].evidence, *name.evidence))
        else:
            found[key] = name
    yield from found.values()


def _add_name(found: TaskFacts, entry: Entry) -> TaskFacts:
    cells: tuple[CellName, ...] = (entry.cell,) if entry.cell else TEXT_CELLS
    for cell in cells:
        start = found.task.cell(cell).text.find(entry.quote)
        if start >= 0:
            end = start + len(entry.quote)
            evidence = found.task.evidence(cell, start, end, entry.rule)
            kind: NameKind = entry.kind  # type: ignore[assignment]
            added = Name(kind, entry.name, (evidence,))
            return replace(found, names=tuple(_merge_names([*found.names, added])))
    return found


def _mark_evidence(evidence: Evidence, entry: Entry) -> Evidence:
    return replace(evidence, rule=entry.rule)
