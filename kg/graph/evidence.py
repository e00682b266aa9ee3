"""The words that facts stand on, as RDF: Web Annotation selectors, rules and runs (PROV-O)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version as version_of
from typing import get_args

from kg.extraction.confidence import confidence
from kg.graph.ntriples import Statement, Term, string, typed, vocabulary, zh
from kg.graph.scope import Scope
from kg.model import CellName, Evidence, Task
from kg.sentences import sentence_span

# What of a text without full stops stands around a quote.
_AROUND = 200

# Read once: the metadata stand in a file.
version = cache(version_of)


def run_statements(scope: Scope) -> Iterator[Statement]:
    """Yield the extraction from one report: what it read and which software did it."""
    run, software = _run(scope), scope.iri("software", "taskkg", version("taskkg"))
    yield run, "rdf:type", vocabulary("tkg:Run")
    yield run, "rdfs:label", string(f"taskkg {version('taskkg')}: {scope.report}")
    yield run, "prov:used", scope.iri("report", scope.report)
    yield run, "prov:wasAssociatedWith", software
    yield software, "rdf:type", vocabulary("prov:SoftwareAgent")
    yield software, "rdfs:label", string(f"taskkg {version('taskkg')}")
    yield software, "schema:softwareVersion", string(version("taskkg"))


def cell_statements(task: Task, subject: Term, scope: Scope) -> Iterator[Statement]:
    """Yield the cells of a task's row with the text in which selectors count."""
    columns: tuple[CellName, ...] = get_args(CellName)
    for column in columns:
        if not task.cell(column).text:
            continue
        thing = _cell(scope, task.number, column)
        yield thing, "rdf:type", vocabulary("tkg:Cell")
        yield thing, "tkg:task", subject
        yield thing, "tkg:report", scope.iri("report", scope.report)
        yield thing, "tkg:column", string(column)
        yield thing, "rdf:value", zh(task.cell(column).text)


def evidence_statements(
    evidence: Evidence,
    fact: Term,
    about: tuple[str, str],
    task: Task,
    subject: Term,
    scope: Scope,
) -> Iterator[Statement]:
    """Yield the words that a fact stands on.

    Args:
        evidence: The words.
        fact: The fact.
        about: Kind and name of the fact, which tell apart facts that share their words.
        task: The task in whose row the words stand.
        subject: The task's IRI.
        scope: Where the report's things belong.
    """
    cell = task.cell(evidence.cell)
    thing = scope.span("evidence", evidence, *about)
    start, end = sentence_span(cell.text, evidence.start, evidence.end)
    start, end = max(start, evidence.start - _AROUND), min(end, evidence.end + _AROUND)
    yield thing, "rdf:type", vocabulary("tkg:Evidence")
    yield thing, "tkg:supports", fact
    yield thing, "tkg:task", subject
    yield thing, "tkg:report", scope.iri("report", scope.report)
    yield thing, "tkg:sentence", zh(cell.text[start:end])
    yield thing, "oa:hasSource", _cell(scope, task.number, evidence.cell)
    yield from _selectors(evidence, thing, scope)
    rule = scope.iri("rule", evidence.rule)
    yield thing, "tkg:rule", rule
    yield rule, "rdf:type", vocabulary("tkg:Rule")
    yield rule, "rdfs:label", string(evidence.rule)
    yield thing, "prov:wasGeneratedBy", _run(scope)
    sure = confidence(about[0], evidence.rule)
    if sure is not None:
        yield thing, "tkg:confidence", typed(str(sure), "decimal")
    line = cell.line_at(evidence.start)
    if line is not None:
        yield thing, "tkg:sourceLine", typed(str(line), "positiveInteger")


def _selectors(evidence: Evidence, thing: Term, scope: Scope) -> Iterator[Statement]:
    """Yield the quote and its position; facts that share their words share them."""
    quote, position = scope.span("quote", evidence), scope.span("position", evidence)
    yield thing, "oa:hasSelector", quote
    yield quote, "rdf:type", vocabulary("oa:TextQuoteSelector")
    yield quote, "oa:exact", zh(evidence.quote)
    yield thing, "oa:hasSelector", position
    yield position, "rdf:type", vocabulary("oa:TextPositionSelector")
    yield position, "oa:start", typed(str(evidence.start), "nonNegativeInteger")
    yield position, "oa:end", typed(str(evidence.end), "nonNegativeInteger")


def _cell(scope: Scope, row: int, column: CellName) -> Term:
    return scope.iri("cell", scope.report, row, column)


def _run(scope: Scope) -> Term:
    return scope.iri("run", scope.report, version("taskkg"))
