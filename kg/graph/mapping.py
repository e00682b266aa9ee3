"""From a report and the facts extracted from it to RDF: one named graph for each report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.extraction.confidence import confidence
from kg.graph.literals import bounds, date_literal, plain, typed, zh
from kg.graph.scope import Scope
from kg.graph.terms import JUDGEMENT, OBSTACLE, QUDT_UNIT, STATUS, graph_name, mint, term
from kg.model import (
    Date,
    Evidence,
    Measure,
    Name,
    NameKind,
    Obstacle,
    Quantity,
    Report,
    Status,
    Target,
    Task,
    TaskFacts,
    TaskPart,
)
from kg.sentences import sentence_span

_AROUND = 200

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


def report_quads(report: Report, facts: Iterable[TaskFacts], scope: Scope) -> Iterator[Quad]:
    """Yield the quads of a report; some may come more than once.

    Args:
        report: The report.
        facts: What was extracted from each of its tasks.
        scope: Where its things belong.
    """
    graph = graph_name(scope.base, "report", scope.report)
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
        for index, part in enumerate(found.parts, 1):
            yield from _part(part, index, task, subject, scope)
        for obstacle in found.obstacles:
            yield from _obstacle(obstacle, task, subject, scope)


def _report(report: Report, scope: Scope) -> Iterator[Statement]:
    subject = mint(scope.base, "report", report.identifier)
    place = mint(scope.base, "jurisdiction", scope.place)
    yield subject, "rdf:type", term("tkg:Report")
    yield subject, "dcterms:identifier", Literal(report.identifier)
    yield subject, "rdfs:label", zh(report.title or report.identifier)
    yield subject, "tkg:jurisdiction", place
    yield place, "rdf:type", term("tkg:Jurisdiction")
    yield place, "rdfs:label", zh(report.jurisdiction.name or scope.place)
    if report.jurisdiction.code:
        yield place, "dcterms:identifier", Literal(report.jurisdiction.code)
    if report.year is not None:
        yield subject, "tkg:year", typed(f"{report.year:04d}", "gYear")
    if report.as_of is not None:
        yield subject, "tkg:asOf", date_literal(report.as_of)


def _task(task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    yield subject, "rdf:type", term("tkg:Task")
    yield subject, "rdfs:label", zh(f"任务 {task.number}")
    yield subject, "rdfs:label", Literal(f"Task {task.number}", language="en")
    yield subject, "tkg:number", typed(str(task.number), "integer")
    yield subject, "tkg:reportedIn", mint(scope.base, "report", scope.report)
    yield subject, "tkg:promise", zh(task.task.text)
    yield subject, "tkg:progress", zh(task.progress.text)
    yield from _category(task, subject, scope)
    for department in task.departments:
        preferred = scope.departments.get(department.name, department.name)
        thing = scope.thing("body", preferred)
        yield subject, "tkg:responsible", thing
        yield thing, "rdf:type", term("tkg:Department")
        yield from _labels(thing, preferred, department.name)
        about = ("department", department.name)
        yield from _evidence(department.evidence, thing, about, task, subject, scope)


def _category(task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    first, second = task.category
    if not first:
        return
    scheme = mint(scope.base, "category", scope.plan)
    top = mint(scope.base, "category", scope.plan, first)
    yield scheme, "rdf:type", term("skos:ConceptScheme")
    yield scheme, "rdfs:label", zh(f"{scope.plan} 工作类目")
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
    yield subject, "rdfs:label", zh(label)
    yield subject, "skos:prefLabel", zh(label)
    yield subject, "skos:inScheme", scheme


def _name(name: Name, task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    preferred = name.preferred
    if name.kind == "body":
        preferred = scope.departments.get(preferred, preferred)
    thing = scope.thing(name.kind, preferred)
    yield subject, "tkg:mentions", thing
    yield thing, "rdf:type", term(CLASSES[name.kind])
    yield from _labels(thing, preferred, name.name)
    if name.code:
        yield thing, "dcterms:identifier", Literal(name.code)
    for evidence in name.evidence:
        if evidence.rule == "gazetteer":
            yield from _labels(thing, preferred, evidence.quote)
        yield from _evidence(evidence, thing, (name.kind, name.name), task, subject, scope)


def _labels(thing: NamedNode, preferred: str, written: str) -> Iterator[Statement]:
    """Yield a thing's name, and the form in which a report writes it where that differs."""
    yield thing, "rdfs:label", zh(preferred)
    yield thing, "skos:prefLabel", zh(preferred)
    if written != preferred:
        yield thing, "skos:altLabel", zh(written)


def _quantity(
    quantity: Quantity, task: Task, subject: NamedNode, scope: Scope
) -> Iterator[Statement]:
    # A range gives two numbers with the same words, so the value is part of the name.
    thing = scope.span("quantity", quantity.evidence, plain(quantity.value))
    yield subject, "tkg:quantity", thing
    yield thing, "rdf:type", term("tkg:Quantity")
    yield from _measure(thing, quantity.value, quantity.unit)
    if quantity.measure:
        yield from _standard(thing, quantity.measure)
    yield thing, "tkg:indicator", zh(quantity.what)
    yield thing, "tkg:approximate", typed(str(quantity.approximate).lower(), "boolean")
    about = ("quantity", plain(quantity.value))
    yield from _evidence(quantity.evidence, thing, about, task, subject, scope)


def _date(date: Date, task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    thing = scope.span("date", date.evidence, date.iso)
    first, last = bounds(date.iso)
    yield subject, "tkg:date", thing
    yield thing, "rdf:type", term("tkg:ReportedDate")
    yield thing, "tkg:iso", Literal(date.iso)
    yield thing, "tkg:from", typed(first, "date")
    yield thing, "tkg:until", typed(last, "date")
    yield thing, "tkg:role", Literal(date.role)
    yield from _evidence(date.evidence, thing, ("date", date.iso), task, subject, scope)


def _target(target: Target, task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    # What is promised is part of the plan; what is observed belongs to one report.
    key = (target.indicator, f"{plain(target.value)}{target.unit}")
    thing = mint(scope.base, "target", scope.plan, task.number, *key)
    yield subject, "tkg:target", thing
    yield thing, "rdf:type", term("tkg:Target")
    yield thing, "tkg:indicator", zh(target.indicator)
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
        yield observed, "tkg:asOf", date_literal(target.as_of)
    if target.actual_evidence:
        about = ("observation", key[1])
        yield from _evidence(target.actual_evidence, observed, about, task, subject, scope)


def _status(status: Status, task: Task, subject: NamedNode, scope: Scope) -> Iterator[Statement]:
    concept = NamedNode(STATUS + status.value)
    yield subject, "tkg:status", concept
    yield from _evidence(status.evidence, concept, ("status", status.value), task, subject, scope)


def _part(
    part: TaskPart, index: int, task: Task, subject: NamedNode, scope: Scope
) -> Iterator[Statement]:
    thing = mint(scope.base, "part", scope.report, task.number, index)
    status = part.status
    yield subject, "tkg:part", thing
    yield thing, "rdf:type", term("tkg:TaskPart")
    yield thing, "rdfs:label", zh(part.title)
    yield thing, "tkg:number", typed(str(index), "integer")
    yield thing, "tkg:status", NamedNode(STATUS + status.value)
    yield from _evidence(status.evidence, thing, ("part", str(index)), task, subject, scope)


def _obstacle(
    obstacle: Obstacle, task: Task, subject: NamedNode, scope: Scope
) -> Iterator[Statement]:
    thing = scope.span("obstacle", obstacle.evidence)
    yield subject, "tkg:obstacle", thing
    yield thing, "rdf:type", term("tkg:Obstacle")
    yield thing, "rdfs:label", zh(obstacle.what)
    yield thing, "tkg:obstacleKind", NamedNode(OBSTACLE + obstacle.kind)
    if obstacle.affected:
        yield thing, "tkg:affected", zh(obstacle.affected)
    yield from _evidence(obstacle.evidence, thing, ("obstacle", ""), task, subject, scope)


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
    # A text without full stops is no sentence: some words on either side do.
    start, end = max(start, evidence.start - _AROUND), min(end, evidence.end + _AROUND)
    yield thing, "rdf:type", term("tkg:Evidence")
    yield thing, "tkg:supports", fact
    yield thing, "tkg:task", subject
    yield thing, "tkg:report", mint(scope.base, "report", scope.report)
    yield thing, "tkg:cell", Literal(evidence.cell)
    yield thing, "oa:exact", zh(evidence.quote)
    yield thing, "oa:start", typed(str(evidence.start), "nonNegativeInteger")
    yield thing, "oa:end", typed(str(evidence.end), "nonNegativeInteger")
    yield thing, "tkg:sentence", zh(cell.text[start:end])
    yield thing, "tkg:rule", Literal(evidence.rule)
    sure = confidence(about[0], evidence.rule)
    if sure is not None:
        yield thing, "tkg:confidence", typed(str(sure), "decimal")
    line = cell.line_at(evidence.start)
    if line is not None:
        yield thing, "tkg:sourceLine", typed(str(line), "positiveInteger")


def _measure(subject: NamedNode, value: Decimal, unit: str) -> Iterator[Statement]:
    yield subject, "tkg:value", typed(plain(value), "decimal")
    if unit:
        yield subject, "tkg:unit", Literal(unit)


def _standard(subject: NamedNode, measure: Measure) -> Iterator[Statement]:
    yield subject, "tkg:standardValue", typed(plain(measure.value), "decimal")
    yield subject, "tkg:ucum", Literal(measure.ucum)
    yield subject, "qudt:hasUnit", NamedNode(QUDT_UNIT + measure.qudt)
