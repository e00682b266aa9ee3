"""What a person decided about a report's facts: a named graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.curation.entries import NAME_KINDS, Entry
from kg.graph.literals import zh
from kg.graph.scope import Scope
from kg.graph.terms import graph_name, mint, term
from kg.model import NameKind


def curation_quads(applied: Iterable[Entry], scope: Scope) -> Iterator[Quad]:
    """Yield the decisions that were carried out on a report, with the thing that each is about.

    Args:
        applied: The decisions.
        scope: Where the report's things belong.
    """
    graph = graph_name(scope.base, "curation", scope.report)
    report = mint(scope.base, "report", scope.report)
    for entry in applied:
        about = (entry.action, entry.kind, entry.name or entry.quote, entry.to)
        subject = mint(scope.base, "curation", scope.report, entry.task or "-", *about)
        yield Quad(subject, term("rdf:type"), term("tkg:Decision"), graph)
        yield Quad(subject, term("tkg:action"), Literal(entry.action), graph)
        yield Quad(subject, term("tkg:reason"), zh(entry.reason), graph)
        yield Quad(subject, term("tkg:report"), report, graph)
        if entry.task is not None:
            yield Quad(subject, term("tkg:task"), scope.task(entry.task), graph)
        if entry.quote:
            yield Quad(subject, term("tkg:decidedQuote"), zh(entry.quote), graph)
        if (thing := _thing(entry, scope)) is not None:
            yield Quad(subject, term("tkg:about"), thing, graph)


def _thing(entry: Entry, scope: Scope) -> NamedNode | None:
    """Return the thing that the graph holds after a decision; None if it was left out."""
    if entry.kind not in NAME_KINDS or entry.action == "reject":
        return None
    kind: NameKind = entry.kind  # type: ignore[assignment]
    if entry.action == "retype":
        kind = entry.to  # type: ignore[assignment]
    return scope.thing(kind, entry.to if entry.action in ("rename", "merge") else entry.name)
