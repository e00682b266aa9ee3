"""The named graphs in which a SPARQL server holds a build.

Each statement is in the named graph of its source and once more in the graph `ALL`, which is what
questions query: servers differ in what their default graph is, and in how often a union counts a
statement. The graph `BUILD` holds the metadata of the build.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.rdf.terms import term

ALL = NamedNode("urn:taskkg:all")
BUILD = NamedNode("urn:taskkg:build")


def about_triples(about: Mapping[str, Any]) -> Iterator[Triple]:
    """Yield the statements of the graph `BUILD`.

    Args:
        about: The metadata of the build, and `graphs`, the names of its graphs.
    """
    rest = {name: value for name, value in about.items() if name != "reports"}
    values = [(term("rdf:value"), rest)]
    # One literal for each report, since servers limit the length of a literal.
    values += [(term("dcterms:hasPart"), entry) for entry in about.get("reports", ())]
    for predicate, value in values:
        text = json.dumps(value, ensure_ascii=False)
        yield Triple(BUILD, predicate, Literal(text, datatype=term("rdf:JSON")))


def read_about(statements: Iterable[tuple[NamedNode, Literal]]) -> dict[str, Any]:
    """Return the metadata of a build from the predicates and objects of the graph `BUILD`."""
    about: dict[str, Any] = {}
    reports = []
    for predicate, literal in statements:
        if predicate == term("dcterms:hasPart"):
            reports.append(json.loads(literal.value))
        else:
            about = json.loads(literal.value)
    if about:
        about["reports"] = sorted(reports, key=lambda entry: str(entry["identifier"]))
    return about
