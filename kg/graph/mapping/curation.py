"""Decisions of a curation file as RDF, in a named graph of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.curation.entries import NAME_KINDS, Entry
from kg.graph.mapping.scope import Scope
from kg.graph.rdf.ntriples import Lines, Term, statement, string, type_statements, zh
from kg.model import NameKind


def curation_statements(applied: Iterable[Entry], scope: Scope) -> Iterator[Lines]:
    """Yield the decisions that were applied to a report, each with the thing that it is about.

    Args:
        applied: The decisions.
        scope: The scope of the report's IRIs.
    """
    report = scope.iri("report", scope.report)
    for entry in applied:
        about = (entry.action, entry.kind, entry.name or entry.quote, entry.to)
        subject = scope.iri("curation", scope.report, entry.task or "-", *about)
        yield from type_statements(subject, "tkg:Decision")
        yield statement(subject, "tkg:action", string(entry.action))
        yield statement(subject, "tkg:reason", zh(entry.reason))
        yield statement(subject, "tkg:report", report)
        if entry.task is not None:
            yield statement(subject, "tkg:task", scope.task(entry.task))
        if entry.quote:
            yield statement(subject, "tkg:decidedQuote", zh(entry.quote))
        if (thing := _thing(entry, scope)) is not None:
            yield statement(subject, "tkg:about", thing)


def _thing(entry: Entry, scope: Scope) -> Term | None:
    """Return the thing that the graph holds after a decision; None if it was rejected."""
    if entry.kind not in NAME_KINDS or entry.action == "reject":
        return None
    kind: NameKind = entry.kind  # type: ignore[assignment]
    if entry.action == "retype":
        kind = entry.to  # type: ignore[assignment]
    return scope.named_thing(kind, entry.to if entry.action in ("rename", "merge") else entry.name)
