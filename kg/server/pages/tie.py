"""The page of a tie: why two or more departments depend on each other, and how its weight comes."""

from __future__ import annotations

from typing import Any

from kg.network.neighbours import read_tie
from kg.server.pages.reader import Reader
from kg.server.pages.strands import strand

TEMPLATE = "tie.html"
NEEDS = ("tkg:connects", "tkg:through", "tkg:weight")
_TASKS = 30
# As the rule `shared.rq` has it; docs/ties.md tells why.
_STRENGTHS = {"Project": "1", "Road": "0.5", "Event": "0.5", "Subdistrict": "0.25"}


def told(reader: Reader, iri: str) -> dict[str, Any]:
    """Return what the page of a tie shows."""
    found = read_tie(reader.graph, iri)
    assert found
    kind = reader.kind(found.through)
    return {
        "tie": strand(reader, found, (), _TASKS),
        "departments": reader.sorted(found.departments),
        "waiting": reader.links(iri, "tkg:waiting"),
        "tasks": len(found.tasks),
        "strength": _STRENGTHS.get(kind, "0.75"),
        "weight": reader.one(iri, "tkg:weight"),
        "acts": reader.links(iri, "tkg:act"),
    }
