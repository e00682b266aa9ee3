"""The page of a tie: why departments depend on each other, and how its weight is computed."""

from __future__ import annotations

from typing import Any

from kg.network.neighbours import read_tie
from kg.server.parts.reader import Reader
from kg.server.parts.ties import tie_details

TEMPLATE = "tie.html"
REQUIRED_PATHS = ("tkg:connects", "tkg:through", "tkg:weight")
_MAX_TASKS = 30
# The strengths of the rule `shared.rq`, which docs/ties.md explains.
STRENGTHS = {"Project": "1", "Road": "0.5", "Event": "0.5", "Subdistrict": "0.25"}
DEFAULT_STRENGTH = "0.75"


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return the context of a tie's page."""
    found = read_tie(reader.graph, iri)
    assert found
    kind = reader.class_of(found.through)
    return {
        "tie": tie_details(reader, found, (), _MAX_TASKS),
        "departments": reader.sorted_links(found.departments),
        "waiting": reader.links(iri, "tkg:waiting"),
        "tasks": len(found.tasks),
        "strength": STRENGTHS.get(kind, DEFAULT_STRENGTH),
        "weight": reader.value(iri, "tkg:weight"),
        "acts": reader.links(iri, "tkg:act"),
    }
