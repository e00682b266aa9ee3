"""The places of the rows of reports in their plan, given the reports that a store holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.graph.digest import Outline
from kg.graph.stored_report import load_report
from kg.graph.stores.protocol import Graph
from kg.history.numbering import NumberedReport, number_reports
from kg.history.place import Place


def find_row_places(
    store: Graph, known: Iterable[str], outlines: Sequence[Outline]
) -> dict[str, Mapping[int, Place]]:
    """Return the places of the rows of reports in their plan, by the reports' identifiers.

    Args:
        store: The store.
        known: Identifiers of the plan's reports in the store that stay; they keep their numbers.
        outlines: The reports, all of one plan.
    """
    loaded = [load_report(store, identifier) for identifier in known]
    numbered = [NumberedReport(stored.report, rows) for stored, rows in loaded]
    reports = [outline.report for outline in outlines]
    decided = {outline.report.identifier: outline.decided_numbers for outline in outlines}
    return number_reports(reports, {report.plan: numbered for report in reports}, decided)
