"""Quantities, dates, targets and observations as RDF: QUDT and UCUM units, SOSA, DCAT periods."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg.extraction.measures import standard_measure
from kg.graph.evidence import evidence_statements
from kg.graph.literals import bounds, plain
from kg.graph.ntriples import (
    Statement,
    Term,
    dated,
    en,
    iri,
    string,
    typed,
    vocabulary,
    zh,
)
from kg.graph.scope import Scope
from kg.graph.terms import COMPARATOR, DATE_ROLE, JUDGEMENT, QUDT_UNIT
from kg.model import Comparator, Date, Measure, Quantity, Target, Task

# The sign stands in the names of targets, the code in those of the concepts.
COMPARATORS: dict[Comparator, tuple[str, str]] = {
    ">=": ("≥", "at_least"),
    "<=": ("≤", "at_most"),
    "=": ("", "exactly"),
    "~": ("≈", "about"),
}


def quantity_statements(
    quantity: Quantity, task: Task, subject: Term, scope: Scope
) -> Iterator[Statement]:
    """Yield a quantity of a task."""
    # A range gives two numbers with the same words, so the value is part of the name.
    thing = scope.span("quantity", quantity.evidence, plain(quantity.value))
    yield thing, "tkg:toldIn", scope.state(task.number)
    yield thing, "rdf:type", vocabulary("tkg:Quantity")
    yield from _measure(thing, quantity.value, quantity.unit, quantity.measure)
    yield thing, "tkg:measured", zh(quantity.what)
    yield thing, "tkg:approximate", typed(str(quantity.approximate).lower(), "boolean")
    about = ("quantity", plain(quantity.value))
    yield from evidence_statements(quantity.evidence, thing, about, task, subject, scope)


def date_statements(date: Date, task: Task, subject: Term, scope: Scope) -> Iterator[Statement]:
    """Yield a date of a task."""
    thing = scope.span("date", date.evidence, date.iso)
    yield thing, "tkg:toldIn", scope.state(task.number)
    yield thing, "rdf:type", vocabulary("tkg:ReportedDate")
    yield thing, "tkg:iso", string(date.iso)
    yield from period_statements(thing, date.iso)
    yield thing, "tkg:dateRole", iri(DATE_ROLE + date.role)
    about = ("date", date.iso)
    yield from evidence_statements(date.evidence, thing, about, task, subject, scope)


def period_statements(thing: Term, iso: str) -> Iterator[Statement]:
    """Yield the first and the last day of an ISO date."""
    first, last = bounds(iso)
    yield thing, "dcat:startDate", typed(first, "date")
    yield thing, "dcat:endDate", typed(last, "date")


def target_statements(
    target: Target, task: Task, subject: Term, scope: Scope
) -> Iterator[Statement]:
    """Yield a target of a task with its indicator, and what the report judges and observes."""
    # What is promised is part of the plan; what is judged and observed belongs to one report.
    sign, code = COMPARATORS[target.comparator]
    key = (target.indicator, f"{sign}{plain(target.value)}{target.unit}")
    thing = scope.iri("target", scope.plan, scope.in_plan(task.number).number, *key)
    state = scope.state(task.number)
    indicator = scope.iri("indicator", scope.place, target.indicator)
    yield thing, "tkg:toldIn", state
    yield thing, "rdf:type", vocabulary("tkg:Target")
    yield thing, "tkg:indicator", indicator
    yield indicator, "rdf:type", vocabulary("tkg:Indicator")
    yield indicator, "rdfs:label", zh(target.indicator)
    yield thing, "tkg:comparator", iri(COMPARATOR + code)
    measure = standard_measure(target.value, target.unit)
    yield from _measure(thing, target.value, target.unit, measure)
    about = ("target", key[1])
    yield from evidence_statements(target.evidence, thing, about, task, subject, scope)
    judged = scope.iri("assessment", scope.report, task.number, *key)
    yield judged, "tkg:toldIn", state
    yield judged, "rdf:type", vocabulary("tkg:Assessment")
    yield judged, "tkg:assesses", thing
    yield judged, "tkg:task", subject
    yield judged, "tkg:report", scope.iri("report", scope.report)
    yield judged, "tkg:judgement", iri(JUDGEMENT + target.judgement)
    yield judged, "tkg:judgementReason", en(target.reason)
    # It stands on the same words.
    yield scope.span("evidence", target.evidence, *about), "tkg:supports", judged
    if target.actual is None:
        return
    observed = scope.iri("observation", scope.report, task.number, *key)
    yield judged, "prov:wasDerivedFrom", observed
    yield observed, "rdf:type", vocabulary("tkg:Observation")
    yield observed, "sosa:hasFeatureOfInterest", subject
    yield observed, "sosa:observedProperty", indicator
    unit = target.actual_unit or target.unit
    measure = standard_measure(target.actual, unit)
    yield from _measure(observed, target.actual, unit, measure)
    if target.as_of:
        yield observed, "tkg:asOf", dated(target.as_of)
    if target.actual_evidence:
        about = ("observation", key[1])
        yield from evidence_statements(
            target.actual_evidence, observed, about, task, subject, scope
        )


def _measure(
    subject: Term, value: Decimal, unit: str, measure: Measure | None
) -> Iterator[Statement]:
    """Yield a number in its unit as written, and in the standard unit where there is one."""
    yield subject, "tkg:value", typed(plain(value), "decimal")
    if unit:
        yield subject, "tkg:unit", string(unit)
    if measure:
        yield subject, "tkg:standardValue", typed(plain(measure.value), "decimal")
        yield subject, "tkg:ucum", string(measure.ucum)
        yield subject, "qudt:hasUnit", iri(QUDT_UNIT + measure.qudt)
