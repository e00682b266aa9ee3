"""The evidence of facts as RDF: Web Annotation selectors, rules and runs (PROV-O)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import get_args

from kg.graph.mapping.row import Row
from kg.graph.mapping.scope import Scope
from kg.graph.rdf.ntriples import (
    Lines,
    Term,
    fill_pattern,
    iri,
    statement,
    string,
    typed_literal,
    zh,
)
from kg.graph.rdf.terms import iri_text
from kg.model import CellName, Evidence
from kg.sentences import sentence_span
from kg.version import __version__

# Characters of context on either side of a quote, at most.
_AROUND = 200
_RUN = """
    ?run rdf:type tkg:Run ; rdfs:label ?label ; prov:used ?report ;
        prov:wasAssociatedWith ?software .
    ?software rdf:type prov:SoftwareAgent ; rdfs:label ?name ; schema:softwareVersion ?version .
"""
_CELL = """
    ?cell rdf:type tkg:Cell ; tkg:task ?task ; tkg:report ?report ; tkg:column ?column ;
        rdf:value ?text
"""
_EVIDENCE = """
    ?evidence rdf:type tkg:Evidence ; tkg:task ?task ; tkg:report ?report ; tkg:sentence ?sentence ;
        oa:hasSource ?cell ; oa:hasSelector ?quote ; oa:hasSelector ?position ;
        prov:wasGeneratedBy ?run
"""
_SELECTORS = """
    ?quote rdf:type oa:TextQuoteSelector ; oa:exact ?words .
    ?position rdf:type oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
"""
_RULE = "?rule rdf:type tkg:Rule ; rdfs:label ?name"


def run_statements(scope: Scope) -> Iterator[Lines]:
    """Yield the extraction run for one report: what it read, and the software."""
    software = f"taskkg {__version__}"
    yield fill_pattern(
        _RUN,
        run=_run(scope),
        label=string(f"{software}: {scope.report}"),
        report=scope.iri("report", scope.report),
        software=scope.iri("software", "taskkg", __version__),
        name=string(software),
        version=string(__version__),
    )


def cell_statements(row: Row) -> Iterator[Lines]:
    """Yield the cells of a row, with the texts that the selectors refer to."""
    columns: tuple[CellName, ...] = get_args(CellName)
    for column in columns:
        if text := row.content.cell(column).text:
            yield fill_pattern(
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
    """Yield the evidence of a fact.

    Args:
        evidence: The evidence.
        fact: The fact.
        about: Kind and name of the fact, to distinguish facts with the same span.
        row: The row that contains the span.
    """
    scope, cell = row.scope, row.content.cell(evidence.cell)
    span = scope.span_path(evidence)
    thing = scope.iri_at(span, "evidence", *about)
    quote, position = scope.iri_at(span, "quote"), scope.iri_at(span, "position")
    start, end = sentence_span(cell.text, evidence.start, evidence.end)
    start, end = max(start, evidence.start - _AROUND), min(end, evidence.end + _AROUND)
    yield fill_pattern(
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
    # Facts with the same span share these.
    yield fill_pattern(
        _SELECTORS,
        quote=quote,
        words=zh(evidence.quote),
        position=position,
        start=typed_literal(str(evidence.start), "nonNegativeInteger"),
        end=typed_literal(str(evidence.end), "nonNegativeInteger"),
    )
    rule, itself = _rule(scope.base, evidence.rule)
    yield statement(thing, "tkg:rule", rule)
    yield itself
    if evidence.confidence is not None:
        yield statement(thing, "tkg:confidence", typed_literal(str(evidence.confidence), "decimal"))
    line = cell.line_at(evidence.start)
    if line is not None:
        yield statement(thing, "tkg:sourceLine", typed_literal(str(line), "positiveInteger"))


# There are few rules, and many facts for each.
@lru_cache(maxsize=2**10)
def _rule(base: str, name: str) -> tuple[Term, Lines]:
    """Return the IRI of a rule, and its statements."""
    rule = iri(iri_text(base, "rule", name))
    return rule, fill_pattern(_RULE, rule=rule, name=string(name))


def _run(scope: Scope) -> Term:
    return scope.iri("run", scope.report, __version__)
