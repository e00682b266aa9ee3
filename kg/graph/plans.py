"""Where the rows of reports stand in their plans, which a store may know already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.graph.digest import Outline
from kg.graph.protocol import Graph
from kg.graph.recall import recall
from kg.history.numbering import Numbered, Place, number_all


def places_of(
    store: Graph, entries: Iterable[Mapping[str, Any]], outlines: Sequence[Outline]
) -> dict[str, Mapping[int, Place]]:
    """Return where the rows of reports stand in their plans, by the reports' identifiers.

    Args:
        store: The store; the numbers that it has stay.
        entries: What is known of its reports, as `build.json` keeps it.
        outlines: The reports; each takes the place of one of the same identifier.
    """
    reports = [made.report for made in outlines]
    plans, new = {report.plan for report in reports}, {report.identifier for report in reports}
    known: dict[str, list[Numbered]] = {}
    for entry in entries:
        if entry["plan"] in plans and entry["identifier"] not in new:
            told, rows = recall(store, entry["identifier"])
            known.setdefault(entry["plan"], []).append(Numbered(told.report, rows))
    return number_all(reports, known, {it.report.identifier: it.decided for it in outlines})
