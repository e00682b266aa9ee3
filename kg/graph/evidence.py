"""The words that facts stand on, as RDF: Web Annotation selectors, rules and runs (PROV-O)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import get_args

from kg.graph.ntriples import Lines, Term, filled, iri, statement, string, typed, zh
from kg.graph.row import Row
from kg.graph.scope import Scope
from kg.graph.terms import address
from kg.model import CellName, Evidence
from kg.sentences import sentence_span
from kg.version import __version__

# What of a text without full stops stands around a quote.
_AROUND = 200
_RUN = """
    ?run rdf:type tkg:Run
    ?run rdfs:label ?label
    ?run prov:used ?report
    ?run prov:wasAssociatedWith ?software
    ?software rdf:type prov:SoftwareAgent
    ?software rdfs:label ?name
    ?software schema:softwareVersion ?version
"""
_CELL = """
    ?cell rdf:type tkg:Cell
    ?cell tkg:task ?task
    ?cell tkg:report ?report
    ?cell tkg:column ?column
    ?cell rdf:value ?text
"""
_EVIDENCE = """
    ?evidence rdf:type tkg:Evidence
    ?evidence tkg:task ?task
    ?evidence tkg:report ?report
    ?evidence tkg:sentence ?sentence
    ?evidence oa:hasSource ?cell
    ?evidence oa:hasSelector ?quote
    ?evidence oa:hasSelector ?position
    ?evidence prov:wasGeneratedBy ?run
"""
_SELECTORS = """
    ?quote rdf:type oa:TextQuoteSelector
    ?quote oa:exact ?words
    ?position rdf:type oa:TextPositionSelector
    ?position oa:start ?start
    ?position oa:end ?end
"""
_RULE = """
    ?rule rdf:type tkg:Rule
    ?rule rdfs:label ?name
"""


def run_statements(scope: Scope) -> Iterator[Lines]:
    """Yield the extraction from one report: what it read and which software did it."""
    software = f"taskkg {__version__}"
    yield filled(
        _RUN,
        run=_run(scope),
        label=string(f"{software}: {scope.report}"),
        report=scope.iri("report", scope.report),
        software=scope.iri("software", "taskkg", __version__),
        name=string(software),
        version=string(__version__),
    )


def cell_statements(row: Row) -> Iterator[Lines]:
    """Yield the cells of a row with the text in which selectors count."""
    columns: tuple[CellName, ...] = get_args(CellName)
    for column in columns:
        if text := row.told.cell(column).text:
            yield filled(
                _CELL,
                cell=row.cell(column),
                task=row.task,
                report=row.report,
                column=string(column),
                text=zh(text),
            )


def evidence_statements(
    evidence: Evidence, fact: Term, about: tuple[str, str], row: Row
) -> Iterator[Lines]:
    """Yield the words that a fact stands on.

    Args:
        evidence: The words.
        fact: The fact.
        about: Kind and name of the fact, which tell apart facts that share their words.
        row: The row in which the words stand.
    """
    scope, cell = row.scope, row.told.cell(evidence.cell)
    span = scope.span(evidence)
    thing = scope.at(span, "evidence", *about)
    quote, position = scope.at(span, "quote"), scope.at(span, "position")
    start, end = sentence_span(cell.text, evidence.start, evidence.end)
    start, end = max(start, evidence.start - _AROUND), min(end, evidence.end + _AROUND)
    yield filled(
        _EVIDENCE,
        evidence=thing,
        task=row.task,
        report=row.report,
        sentence=zh(cell.text[start:end]),
        cell=row.cell(evidence.cell),
        quote=quote,
        position=position,
        run=_run(scope),
    )
    yield statement(thing, "tkg:supports", fact)
    # Facts that share their words share these.
    yield filled(
        _SELECTORS,
        quote=quote,
        words=zh(evidence.quote),
        position=position,
        start=typed(str(evidence.start), "nonNegativeInteger"),
        end=typed(str(evidence.end), "nonNegativeInteger"),
    )
    rule, itself = _rule(scope.base, evidence.rule)
    yield statement(thing, "tkg:rule", rule)
    yield itself
    if evidence.confidence is not None:
        yield statement(thing, "tkg:confidence", typed(str(evidence.confidence), "decimal"))
    line = cell.line_at(evidence.start)
    if line is not None:
        yield statement(thing, "tkg:sourceLine", typed(str(line), "positiveInteger"))


# Rules are few, and what they find is much.
@lru_cache(maxsize=2**10)
def _rule(base: str, name: str) -> tuple[Term, Lines]:
    """Return the IRI of a rule, and its statements."""
    rule = iri(address(base, "rule", name))
    return rule, filled(_RULE, rule=rule, name=string(name))


def _run(scope: Scope) -> Term:
    return scope.iri("run", scope.report, __version__)
