"""Where the statements of a build stand on a SPARQL server: the graphs that are ours alone.

Statements stand in the named graphs of what tells them, and each once more in the graph `ALL`,
which is what questions ask: servers differ in what their default graph is, and in how often a union
counts a statement. What is known of the build stands in the graph `BUILD`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.terms import term

ALL = NamedNode("urn:taskkg:all")
BUILD = NamedNode("urn:taskkg:build")


def about_triples(about: Mapping[str, Any]) -> Iterator[Triple]:
    """Yield the statements of the graph `BUILD`.

    Args:
        about: What is known of the build, and `graphs`, the names of its graphs.
    """
    rest = {name: value for name, value in about.items() if name != "reports"}
    told = [(term("rdf:value"), rest)]
    # A literal for each report: servers have limits for how long one is.
    told += [(term("dcterms:hasPart"), entry) for entry in about.get("reports", ())]
    for name, value in told:
        text = json.dumps(value, ensure_ascii=False)
        yield Triple(BUILD, name, Literal(text, datatype=term("rdf:JSON")))


def about_told(statements: Iterable[tuple[NamedNode, Literal]]) -> dict[str, Any]:
    """Return what is known of a build from the properties and values of the graph `BUILD`."""
    about: dict[str, Any] = {}
    reports = []
    for which, told in statements:
        if which == term("dcterms:hasPart"):
            reports.append(json.loads(told.value))
        else:
            about = json.loads(told.value)
    if about:
        about["reports"] = sorted(reports, key=lambda entry: str(entry["identifier"]))
    return about
