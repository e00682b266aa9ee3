"""Split the progress of rows from the cells of the last column, by the header row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from kg.reading.decoding.header_row import column_roles
from kg.reading.decoding.record import Record
from kg.reading.decoding.segments import Segment
from kg.reading.structure.flat_document import FlatDocument
from kg.tagger.roles import Role

# Columns of free text that may be beside the progress.
_TEXTS: tuple[Role, ...] = ("plan", "problem", "remark")


def split_last_cells(
    document: FlatDocument, segments: Sequence[Segment], records: Sequence[Record]
) -> None:
    """Make the last line of progress the cell of the last column where that is missing, in place.

    The header row has a column of plans, problems or remarks behind the progress, and at least half
    of the rows have such a cell.

    Args:
        document: The document.
        segments: Its segments.
        records: Its records.
    """
    runs = groupby(segments, key=lambda segment: segment.role)
    headers = ([document.cell(s.start, s.end).text for s in run] for r, run in runs if r == "head")
    columns = next(filter(None, map(column_roles, headers)), [])
    if columns[-2:-1] != ["progress"] or columns[-1] not in _TEXTS:
        return
    last = columns[-1]
    lacking = [record for record in records if not record.segments_of(last)]
    if 2 * len(lacking) > len(records):
        return
    for record in lacking:
        for progress in record.segments_of("progress")[-1:]:
            cut = document.text.rfind("\n", progress.start, progress.end) + 1
            if cut:
                record.parts["progress"][-1] = replace(progress, end=cut)
                record.add(replace(progress, role=last, start=cut))
