"""Quantities, dates, targets and observations as RDF: QUDT and UCUM units, SOSA, DCAT periods."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.numbers.measures import standard_measure
from kg.graph.mapping.evidence import evidence_statements
from kg.graph.mapping.row import Row
from kg.graph.rdf.literals import canonical_decimal, date_bounds
from kg.graph.rdf.ntriples import (
    Lines,
    Term,
    date_literal,
    decimal,
    en,
    fill_pattern,
    iri,
    statement,
    string,
    type_statements,
    typed_literal,
    zh,
)
from kg.graph.rdf.terms import COMPARATOR, DATE_ROLE, JUDGEMENT, QUDT_UNIT
from kg.model import Comparator, Date, Measure, Quantity, Target

# For each comparator the sign in IRIs of targets, and the name of its concept.
COMPARATORS: dict[Comparator, tuple[str, str]] = {
    ">=": ("≥", "at_least"),
    "<=": ("≤", "at_most"),
    "=": ("", "exactly"),
    "~": ("≈", "about"),
}
_QUANTITY = "?quantity rdf:type tkg:Quantity ; tkg:toldIn ?state ; tkg:value ?value"
_DATE = "?date rdf:type tkg:ReportedDate ; tkg:toldIn ?state ; tkg:iso ?iso"
_PERIOD = "?period dcat:startDate ?first ; dcat:endDate ?last"
_TARGET = """
    ?target rdf:type tkg:Target ; tkg:toldIn ?state ; tkg:indicator ?indicator ;
        tkg:comparator ?comparator ; tkg:value ?value
"""
_ASSESSMENT = """
    ?assessment rdf:type tkg:Assessment ; tkg:toldIn ?state ; tkg:assesses ?target ;
        tkg:task ?task ; tkg:report ?report
"""
_OBSERVATION = """
    ?observation rdf:type tkg:Observation ; sosa:hasFeatureOfInterest ?task ;
        sosa:observedProperty ?indicator
"""


def quantity_statements(quantity: Quantity, row: Row) -> Iterator[Lines]:
    """Yield a quantity of a task."""
    # A range gives two numbers at the same span, so the value is part of the IRI.
    about = ("quantity", canonical_decimal(quantity.value))
    thing = row.iri_at(quantity.evidence, "quantity", about[1])
    yield fill_pattern(_QUANTITY, quantity=thing, state=row.state, value=decimal(quantity.value))
    yield statement(thing, "tkg:measured", zh(quantity.what))
    approximate = typed_literal(str(quantity.approximate).lower(), "boolean")
    yield statement(thing, "tkg:approximate", approximate)
    yield from _unit_statements(thing, quantity.unit, quantity.measure)
    yield from evidence_statements(quantity.evidence, thing, about, row)


def date_statements(date: Date, row: Row) -> Iterator[Lines]:
    """Yield a date of a task."""
    thing = row.iri_at(date.evidence, "date", date.iso)
    yield fill_pattern(_DATE, date=thing, state=row.state, iso=string(date.iso))
    yield from period_statements(thing, date.iso)
    yield statement(thing, "tkg:dateRole", iri(DATE_ROLE + date.role))
    yield from evidence_statements(date.evidence, thing, ("date", date.iso), row)


def period_statements(period: Term, iso: str) -> Iterator[Lines]:
    """Yield the first and the last day of an ISO date."""
    first, last = date_bounds(iso)
    yield fill_pattern(
        _PERIOD, period=period, first=typed_literal(first, "date"), last=typed_literal(last, "date")
    )


def target_statements(target: Target, row: Row) -> Iterator[Lines]:
    """Yield a target of a task with its indicator, its assessment and its observation."""
    # A target belongs to the plan; its assessment and observation belong to one report.
    scope, number = row.scope, row.content.number
    sign, code = COMPARATORS[target.comparator]
    key = (target.indicator, f"{sign}{canonical_decimal(target.value)}{target.unit}")
    thing = scope.iri("target", scope.plan, row.place.number, *key)
    indicator = scope.iri("indicator", scope.place, target.indicator)
    yield fill_pattern(
        _TARGET,
        target=thing,
        state=row.state,
        indicator=indicator,
        comparator=iri(COMPARATOR + code),
        value=decimal(target.value),
    )
    yield from type_statements(indicator, "tkg:Indicator")
    yield statement(indicator, "rdfs:label", zh(target.indicator))
    yield from _unit_statements(thing, target.unit, standard_measure(target.value, target.unit))
    about = ("target", key[1])
    yield from evidence_statements(target.evidence, thing, about, row)
    judged = scope.iri("assessment", scope.report, number, *key)
    yield fill_pattern(
        _ASSESSMENT,
        assessment=judged,
        state=row.state,
        target=thing,
        task=row.task,
        report=row.report,
    )
    yield statement(judged, "tkg:judgement", iri(JUDGEMENT + target.judgement))
    yield statement(judged, "tkg:judgementReason", en(target.reason))
    # The assessment has the same evidence as the target.
    yield statement(row.iri_at(target.evidence, "evidence", *about), "tkg:supports", judged)
    if target.actual is None:
        return
    observed = scope.iri("observation", scope.report, number, *key)
    yield statement(judged, "prov:wasDerivedFrom", observed)
    yield fill_pattern(_OBSERVATION, observation=observed, task=row.task, indicator=indicator)
    unit = target.actual_unit or target.unit
    yield statement(observed, "tkg:value", decimal(target.actual))
    yield from _unit_statements(observed, unit, standard_measure(target.actual, unit))
    if target.as_of:
        yield statement(observed, "tkg:asOf", date_literal(target.as_of))
    if target.actual_evidence:
        about = ("observation", key[1])
        yield from evidence_statements(target.actual_evidence, observed, about, row)


def _unit_statements(thing: Term, unit: str, measure: Measure | None) -> Iterator[Lines]:
    """Yield the unit of a number as written, and its value in the standard unit, if any."""
    if unit:
        yield statement(thing, "tkg:unit", string(unit))
    if measure:
        yield statement(thing, "tkg:standardValue", decimal(measure.value))
        yield statement(thing, "tkg:ucum", string(measure.ucum))
        yield statement(thing, "qudt:hasUnit", iri(QUDT_UNIT + measure.qudt))
