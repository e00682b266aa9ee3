"""Where the rows of reports stand in their plan, which a store may know already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.graph.digest import Outline
from kg.graph.protocol import Graph
from kg.graph.recall import recall
from kg.history.numbering import Numbered, number_all
from kg.history.place import Place


def places_of(
    store: Graph, known: Iterable[str], outlines: Sequence[Outline]
) -> dict[str, Mapping[int, Place]]:
    """Return where the rows of reports stand in their plan, by the reports' identifiers.

    Args:
        store: The store.
        known: Identifiers of those of its reports of the plan that stay, with their numbers.
        outlines: The reports, all of one plan.
    """
    recalled = [recall(store, identifier) for identifier in known]
    numbered = [Numbered(told.report, rows) for told, rows in recalled]
    reports = [made.report for made in outlines]
    decided = {made.report.identifier: made.decided for made in outlines}
    return number_all(reports, {report.plan: numbered for report in reports}, decided)
