"""From a report and the facts extracted from it to RDF: one named graph for each report."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.terms import JUDGEMENT, STATUS, graph_name, mint, term
from kg.model import (
    Date,
    Evidence,
    Name,
    NameKind,
    Quantity,
    Report,
    Status,
    Target,
    Task,
    TaskFacts,
)
from kg.sentences import sentence_span

CLASSES: dict[NameKind, str] = {
    "subdistrict": "tkg:Subdistrict",
    "community": "tkg:Community",
    "road": "tkg:Road",
    "place": "tkg:Place",
    "project": "tkg:Project",
    "organization": "tkg:Organization",
    "body": "tkg:PublicBody",
    "policy": "tkg:Policy",
    "event": "tkg:Event",
}

Value = NamedNode | Literal
Statement = tuple[NamedNode, str, Value]

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-Q([1-4]))?")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the things of one report belong.

    Attributes:
        base: The base of all IRIs.
        place: The district's code, or its name where no code is known.
        plan: Identifier of the plan.
        report: Identifier of the report.
    """

    base: str
    place: str
    plan: str
    report: str

    @classmethod
    def of(cls, report: Report, base: str) -> Scope:
        """Return the scope of a report."""
        district = report.jurisdiction
        return cls(
            base, district.code or district.name or report.plan, report.plan, report.identifier
        )

    def task(self, number: int) -> NamedNode:
        """Return the IRI of a task."""
        return mint(self.base, "task", self.plan, number)

    def thing(self, kind: NameKind, name: str) -> NamedNode:
        """Return the IRI of a named thing; a body is a department wherever it is named."""
        return mint(self.base, "department" if kind == "body" else kind, self.place, name)

    def span(self, kind: str, evidence: Evidence, *more: str) -> NamedNode:
        """Return the IRI of what stands at a span of a cell."""
        position = f"{evidence.start}-{evidence.end}"
        return mint(self.base, kind, self.report, evidence.row, evidence.cell, position, *more)


def report_quads(report: Report, facts: Iterable[TaskFacts], base: str) -> Iterator[Quad]:
    """Yield the quads of a report; some may come more than once.

    Args:
        report: The report.
        facts: What was extracted from each of its tasks.
        base: The base of all IRIs.
    """
    scope = Scope.of(report, base)
    graph = graph_name(base, "report", report.identifier)
    for subject, predicate, value in _statements(report, facts, scope):
        yield Quad(subject, term(predicate), value, graph)


def _statements(report: Report, facts: Iterable[TaskFacts], scope: Scope) -> Iterator[Statement]:
    yield from _report(report, scope)
    for found in facts:
        task = found.task
        subject = scope.task(task.number)
        yield from _task(task, subject, scope)
        for name in found.names:
            yield from _name(name, task, subject, scope)
        for quantity in found.quantities:
            yield from _quantity(quantity, task, subject, scope)
        for date in found.dates:
            yield from _date(date, task, subject, scope)
        for target in found.targets:
            yield from _target(target, task, subject, scope)
        if found.status:
            yield from _status(found.status, task, subject, scope)


def _report(report: Report, scope: Scope) -> Iterator[Statement]:
    subject = mint(scope.base, "report", report.identifier)
    place = mint(scope.base, "jurisdiction", scope.place)
    yield subject, "rdf:type", term("tkg:Report")
    yield subject, "dcterms:identifier", Literal(report.identifier)
    yield subject, "rdfs:label", _zh(report.title or report.identifier)
    yield subject, "tkg:jurisdiction", place
    yield place, "rdf:type", term("tkg:Jurisdiction")
    yield place, "rdfs:label", _zh(report.jurisdiction.name or scope.place)
    if report.jurisdiction.code:
        yield place, "dcterms:identifier", Literal(report.jurisdiction.code)
    if report.year is not None:
        yield subject, "tkg:year", _typed(f"{report.year:04d}", "gYear")
    if report.as_of is not None:
        yield subject, "tkg:asOf", _date_literal(report.as_of)


def _task(task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    yield subject, "rdf:type", term("tkg:Task")
    yield subject, "rdfs:label", _zh(f"任务 {task.number}")
    yield subject, "rdfs:label", Literal(f"Task {task.number}", language="en")
    yield subject, "tkg:number", _typed(str(task.number), "integer")
    yield subject, "tkg:reportedIn", mint(scope.base, "report", scope.report)
    yield subject, "tkg:promise", _zh(task.task.text)
    yield subject, "tkg:progress", _zh(task.progress.text)
    yield from _category(task, subject, scope)
    for department in task.departments:
        thing = scope.thing("body", department.name)
        yield subject, "tkg:responsible", thing
        yield thing, "rdf:type", term("tkg:Department")
        yield thing, "rdfs:label", _zh(department.name)
        about = ("department", department.name)
        yield from _evidence(department.evidence, thing, about, task, subject, scope)


def _category(task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    first, second = task.category
    if not first:
        return
    scheme = mint(scope.base, "category", scope.plan)
    top = mint(scope.base, "category", scope.plan, first)
    yield scheme, "rdf:type", term("skos:ConceptScheme")
    yield scheme, "rdfs:label", _zh(f"{scope.plan} 工作类目")
    yield from _concept(top, first, scheme)
    yield scheme, "skos:hasTopConcept", top
    if second is None:
        yield subject, "tkg:category", top
        return
    lower = mint(scope.base, "category", scope.plan, first, second)
    yield from _concept(lower, second, scheme)
    yield lower, "skos:broader", top
    yield subject, "tkg:category", lower


def _concept(subject: NamedNode, label: str, scheme: NamedNode) -> Iterator[Statement]:
    yield subject, "rdf:type", term("tkg:Category")
    yield subject, "rdf:type", term("skos:Concept")
    yield subject, "rdfs:label", _zh(label)
    yield subject, "skos:prefLabel", _zh(label)
    yield subject, "skos:inScheme", scheme


def _name(name: Name, task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    thing = scope.thing(name.kind, name.name)
    yield subject, "tkg:mentions", thing
    yield thing, "rdf:type", term(CLASSES[name.kind])
    yield thing, "rdfs:label", _zh(name.name)
    for evidence in name.evidence:
        yield from _evidence(evidence, thing, (name.kind, name.name), task, subject, scope)


def _quantity(
    quantity: Quantity, task: Task, subject: NamedNode, scope: Scope
) -> Iterator[Statement]:
    # A range gives two numbers with the same words, so the value is part of the name.
    thing = scope.span("quantity", quantity.evidence, _plain(quantity.value))
    yield subject, "tkg:quantity", thing
    yield thing, "rdf:type", term("tkg:Quantity")
    yield from _measure(thing, quantity.value, quantity.unit)
    yield thing, "tkg:indicator", _zh(quantity.what)
    yield thing, "tkg:approximate", _typed(str(quantity.approximate).lower(), "boolean")
    about = ("quantity", _plain(quantity.value))
    yield from _evidence(quantity.evidence, thing, about, task, subject, scope)


def _date(date: Date, task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    thing = scope.span("date", date.evidence, date.iso)
    first, last = bounds(date.iso)
    yield subject, "tkg:date", thing
    yield thing, "rdf:type", term("tkg:ReportedDate")
    yield thing, "tkg:iso", Literal(date.iso)
    yield thing, "tkg:from", _typed(first, "date")
    yield thing, "tkg:until", _typed(last, "date")
    yield thing, "tkg:role", Literal(date.role)
    yield from _evidence(date.evidence, thing, ("date", date.iso), task, subject, scope)


def _target(target: Target, task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    # What is promised is part of the plan; what is observed belongs to one report.
    key = (target.indicator, f"{_plain(target.value)}{target.unit}")
    thing = mint(scope.base, "target", scope.plan, task.number, *key)
    yield subject, "tkg:target", thing
    yield thing, "rdf:type", term("tkg:Target")
    yield thing, "tkg:indicator", _zh(target.indicator)
    yield thing, "tkg:comparator", Literal(target.comparator)
    yield from _measure(thing, target.value, target.unit)
    yield thing, "tkg:judgement", NamedNode(JUDGEMENT + target.judgement)
    yield thing, "tkg:judgementReason", Literal(target.reason, language="en")
    yield from _evidence(target.evidence, thing, ("target", key[1]), task, subject, scope)
    if target.actual is None:
        return
    observed = mint(scope.base, "observation", scope.report, task.number, *key)
    yield thing, "tkg:observation", observed
    yield observed, "rdf:type", term("tkg:Observation")
    yield from _measure(observed, target.actual, target.actual_unit or target.unit)
    if target.as_of:
        yield observed, "tkg:asOf", _date_literal(target.as_of)
    if target.actual_evidence:
        about = ("observation", key[1])
        yield from _evidence(target.actual_evidence, observed, about, task, subject, scope)


def _status(status: Status, task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    concept = NamedNode(STATUS + status.value)
    yield subject, "tkg:status", concept
    yield from _evidence(status.evidence, concept, ("status", status.value), task, subject, scope)


def _evidence(
    evidence: Evidence,
    fact: NamedNode,
    about: tuple[str, str],
    task: Task,
    subject: NamedNode,
    scope: Scope,
) -> Iterator[Statement]:
    """Yield the words that a fact stands on; `about` tells apart facts that share their words."""
    cell = task.cell(evidence.cell)
    thing = scope.span("evidence", evidence, *about)
    start, end = sentence_span(cell.text, evidence.start, evidence.end)
    yield thing, "rdf:type", term("tkg:Evidence")
    yield thing, "tkg:supports", fact
    yield thing, "tkg:task", subject
    yield thing, "tkg:report", mint(scope.base, "report", scope.report)
    yield thing, "tkg:cell", Literal(evidence.cell)
    yield thing, "oa:exact", _zh(evidence.quote)
    yield thing, "oa:start", _typed(str(evidence.start), "nonNegativeInteger")
    yield thing, "oa:end", _typed(str(evidence.end), "nonNegativeInteger")
    yield thing, "tkg:sentence", _zh(cell.text[start:end])
    yield thing, "tkg:rule", Literal(evidence.rule)
    line = cell.line_at(evidence.start)
    if line is not None:
        yield thing, "tkg:sourceLine", _typed(str(line), "positiveInteger")


def _measure(subject: NamedNode, value: Decimal, unit: str) -> Iterator[Statement]:
    yield subject, "tkg:value", _typed(_plain(value), "decimal")
    if unit:
        yield subject, "tkg:unit", Literal(unit)


def bounds(iso: str) -> tuple[str, str]:
    """Return the first and the last day of an ISO year, month, day, quarter or interval of these.

    >>> bounds("2019-Q3"), bounds("2020-02"), bounds("2019-09-19/2019-09-27")
    (('2019-07-01', '2019-09-30'), ('2020-02-01', '2020-02-29'), ('2019-09-19', '2019-09-27'))
    """
    first, _, last = iso.partition("/")
    if last:
        return bounds(first)[0], bounds(last)[1]
    match = _ISO.fullmatch(iso)
    if match is None:
        raise ValueError(f"not an ISO date: {iso}")
    year, month, day, quarter = match.groups()
    if day:
        return iso, iso
    begin, end = (int(quarter) * 3 - 2, int(quarter) * 3) if quarter else (1, 12)
    if month:
        begin = end = int(month)
    days = calendar.monthrange(int(year), end)[1]
    return f"{year}-{begin:02d}-01", f"{year}-{end:02d}-{days}"


def _date_literal(iso: str) -> Literal:
    """Return a year, month or day as its XSD type; anything longer by its last day."""
    types = {4: "gYear", 7: "gYearMonth", 10: "date"}
    if len(iso) in types and "Q" not in iso:
        return _typed(iso, types[len(iso)])
    return _typed(bounds(iso)[1], "date")


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=term(f"xsd:{datatype}"))


def _zh(text: str) -> Literal:
    return Literal(text, language="zh")


def _plain(value: Decimal) -> str:
    """Return a decimal in the canonical form of XSD, so that equal values give equal terms."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
