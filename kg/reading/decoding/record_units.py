"""Give each record its units: those of merged cells and of headings, without those of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.reading.decoding.record import Record
from kg.reading.decoding.segments import Segment
from kg.tagger.roles import UNITS


def spread_heading_units(records: Sequence[Record]) -> Iterator[Record]:
    """Yield records; if headings above items name their units, only the items, with these units.

    Then each record has either units (a heading) or progress (an item), and the first one units.
    """
    has_units = [bool(record.segments_of(*UNITS)) for record in records]
    has_progress = [bool(record.segments_of("progress")) for record in records]
    mixed = any(a == b for a, b in zip(has_units, has_progress, strict=True))
    if mixed or not any(has_units[:1]) or not any(has_progress):
        yield from records
        return
    heading = records[0]
    for record in records:
        if record.segments_of(*UNITS):
            heading = record
            continue
        record.copy_units(heading)
        record.categories = (*record.categories, *heading.segments_of("task"))
        yield record


def copy_units_down(records: Sequence[Record], headed: bool) -> None:
    """Copy the units of merged cells to the rows below, in place.

    Such a row has the same category and the same other cells as the row above. If units are
    headings, items below have them whatever else they have.
    """
    for above, record in pairwise(records):
        kinds, others = ({role for role in r.parts if r.segments_of(role)} for r in (record, above))
        merged = headed or (kinds < others and others - kinds <= set(UNITS))
        if merged and not record.segments_of(*UNITS) and above.categories == record.categories:
            record.copy_units(above)


def labelled_starts(segments: Sequence[Segment]) -> set[int]:
    """Return the starts of units after a label, and of those in a list with them."""
    labelled: set[int] = set()
    for before, segment in pairwise(segments):
        follows = before.role == "head" or before.start in labelled
        if segment.role in UNITS and follows:
            labelled.add(segment.start)
    return labelled


def remove_units_in_progress(records: Sequence[Record], labelled: set[int]) -> None:
    """Remove units inside or after progress, in place, if most rows have units before it.

    A unit between two segments of progress is part of the sentence; one after them is a signature.
    Those with a label stay.

    Args:
        records: The records.
        labelled: The starts of units with a label.
    """
    telling = [
        record
        for record in records
        if record.segments_of(*UNITS) and record.segments_of("progress")
    ]
    odd = [
        record
        for record in telling
        if _units_after_progress(record) and _units_before_progress(record)
    ]
    behind = [record for record in telling if not _units_before_progress(record)]
    if 2 * (len(odd) + len(behind)) >= len(telling):
        return
    for record in odd:
        progress = record.segments_of("progress")
        inside = [
            unit
            for unit in _units_after_progress(record)
            if unit.start < progress[-1].start and unit.start not in labelled
        ]
        for role in UNITS:
            record.parts[role] = [
                unit
                for unit in record.segments_of(role)
                if unit.start < progress[0].start or unit.start in labelled
            ]
        if inside:
            probability = min(segment.probability for segment in progress)
            whole = Segment("progress", progress[0].start, progress[-1].end, probability)
            record.parts["progress"] = [whole]


def _units_before_progress(record: Record) -> list[Segment]:
    return [
        s for s in record.segments_of(*UNITS) if s.start < record.segments_of("progress")[0].start
    ]


def _units_after_progress(record: Record) -> list[Segment]:
    return [
        s for s in record.segments_of(*UNITS) if s.start > record.segments_of("progress")[0].start
    ]
