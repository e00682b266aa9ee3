"""Map a report and the facts extracted from it to the statements of its graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph.mapping.evidence import cell_statements, evidence_statements, run_statements
from kg.graph.mapping.numbers import (
    date_statements,
    period_statements,
    quantity_statements,
    target_statements,
)
from kg.graph.mapping.row import Row
from kg.graph.mapping.scope import Scope
from kg.graph.rdf.ntriples import (
    Lines,
    Term,
    date_literal,
    en,
    fill_pattern,
    integer,
    iri,
    statement,
    string,
    type_statements,
    typed_literal,
    zh,
)
from kg.graph.rdf.terms import OBSTACLE, ROLE, STATUS, UNKNOWN_PLACE
from kg.kinds import KINDS
from kg.model import (
    Department,
    DepartmentRole,
    Group,
    Name,
    Obstacle,
    Plan,
    Report,
    Status,
    TaskFacts,
    TaskPart,
)

_CLASSES = {kind.key: kind.term for kind in KINDS}
_REPORT = """
    ?report rdf:type tkg:Report ; dcterms:identifier ?identifier ; rdfs:label ?title ;
        dcterms:title ?title ; tkg:jurisdiction ?place .
    ?place rdf:type tkg:Jurisdiction ; rdfs:label ?name .
    ?authority rdf:type tkg:Authority ; rdfs:label ?name ; tkg:jurisdiction ?place .
"""
_TASK = """
    ?task rdf:type tkg:Task ; rdfs:label ?chinese ; rdfs:label ?english ; tkg:number ?number ;
        tkg:reportedIn ?report
"""
_STATE = """
    ?state rdf:type tkg:TaskState ; rdfs:label ?chinese ; rdfs:label ?english ; tkg:task ?task ;
        tkg:report ?report ; tkg:number ?number ; tkg:matchConfidence ?confidence ;
        tkg:promise ?promise ; tkg:progress ?progress
"""
_RESPONSIBILITY = """
    ?task prov:qualifiedAttribution ?responsibility .
    ?responsibility rdf:type tkg:Responsibility ; prov:agent ?agent .
"""
_SCHEME = "?scheme rdf:type skos:ConceptScheme ; rdfs:label ?name"
_CATEGORY = "?category rdf:type tkg:Category ; skos:inScheme ?scheme"
_PART = """
    ?part rdf:type tkg:TaskPart ; tkg:toldIn ?state ; rdfs:label ?title ; tkg:number ?number ;
        tkg:status ?status
"""
_OBSTACLE = "?obstacle rdf:type tkg:Obstacle ; tkg:toldIn ?state"
_STEP = """
    ?task tkg:nextStep ?step .
    ?step rdf:type tkg:NextStep .
"""
_LABELS = "?thing rdfs:label ?name ; skos:prefLabel ?name"


def report_statements(report: Report, facts: Iterable[TaskFacts], scope: Scope) -> Iterator[Lines]:
    """Yield the statements of a report; there may be duplicates.

    Args:
        report: The report.
        facts: The facts extracted from each of its tasks.
        scope: The scope of its IRIs.
    """
    yield from _report(report, scope)
    yield from run_statements(scope)
    for found in facts:
        row = Row.of(found.task, scope)
        yield from _task(row)
        yield from _state(row, report.as_of)
        for name in found.names:
            yield from _name(name, row)
        for quantity in found.quantities:
            yield from quantity_statements(quantity, row)
        for date in found.dates:
            yield from date_statements(date, row)
        for target in found.targets:
            yield from target_statements(target, row)
        if found.status:
            yield from _status(found.status, row)
        for index, part in enumerate(found.parts, 1):
            yield from _part(part, index, row)
        for obstacle in found.obstacles:
            yield from _obstacle(obstacle, row)
        for plan in found.plans:
            yield from _plan(plan, row)


def _report(report: Report, scope: Scope) -> Iterator[Lines]:
    subject = scope.iri("report", report.identifier)
    place = scope.iri("jurisdiction", scope.place)
    yield fill_pattern(
        _REPORT,
        report=subject,
        identifier=string(report.identifier),
        title=zh(report.title or report.identifier),
        place=place,
        name=zh(report.jurisdiction.name or UNKNOWN_PLACE),
        authority=scope.authority(),
    )
    if report.jurisdiction.code:
        yield statement(place, "dcterms:identifier", string(report.jurisdiction.code))
    if report.year is not None:
        year = f"{report.year:04d}"
        period = scope.iri("period", year)
        yield statement(subject, "tkg:year", typed_literal(year, "gYear"))
        yield statement(subject, "dcterms:temporal", period)
        yield from type_statements(period, "dcterms:PeriodOfTime")
        yield from period_statements(period, year)
    if report.as_of is not None:
        yield statement(subject, "tkg:asOf", date_literal(report.as_of))


def _task(row: Row) -> Iterator[Lines]:
    yield fill_pattern(
        _TASK,
        task=row.task,
        chinese=zh(f"任务 {row.place.number}"),
        english=en(f"Task {row.place.number}"),
        number=integer(row.place.number),
        report=row.report,
    )
    yield from _category(row)
    yield from cell_statements(row)
    for department in row.content.departments:
        yield from _department(department, row)
    for group in row.content.groups:
        yield from _group(group, row)
    for leader in row.content.leaders:
        # A person has no other data than the name in its IRI.
        person = row.scope.iri("person", row.scope.place, leader)
        yield statement(row.task, "tkg:leader", person)
        yield from type_statements(person, "foaf:Person")


def _state(row: Row, as_of: str | None) -> Iterator[Lines]:
    """Yield the state of a task in the report; each fact links to it.

    The current facts of the task itself are derived from its latest state (`rules/now.rq`).
    """
    report = row.scope.report
    yield fill_pattern(
        _STATE,
        state=row.state,
        chinese=zh(f"任务 {row.place.number}（{report}）"),
        english=en(f"Task {row.place.number} ({report})"),
        task=row.task,
        report=row.report,
        number=integer(row.content.number),
        confidence=typed_literal(str(row.place.confidence), "decimal"),
        promise=zh(row.content.task.text),
        progress=zh(row.content.progress.text),
    )
    if as_of is not None:
        yield statement(row.state, "tkg:asOf", date_literal(as_of))


def _department(department: Department, row: Row) -> Iterator[Lines]:
    scope = row.scope
    preferred = scope.departments.get(department.name, department.name)
    thing = scope.named_thing("body", preferred)
    yield statement(row.task, "tkg:responsible", thing)
    yield statement(row.state, "tkg:named", thing)
    if department.role in ("lead", "cooperating"):
        yield statement(row.task, f"tkg:{department.role}", thing)
    yield from type_statements(thing, "tkg:Department")
    yield statement(scope.authority(), "org:hasUnit", thing)
    for name in (department.name, *department.other_names):
        yield from _labels(thing, preferred, name)
    about = ("department", department.name)
    yield from evidence_statements(department.evidence, thing, about, row)
    yield from _responsibility(thing, preferred, department.role, row)


def _group(group: Group, row: Row) -> Iterator[Lines]:
    thing = row.scope.iri("group", row.scope.place, group.name)
    yield statement(row.task, "tkg:group", thing)
    yield from type_statements(thing, "tkg:Group")
    yield statement(thing, "rdfs:label", zh(group.name))
    yield from evidence_statements(group.evidence, thing, ("group", group.name), row)
    yield from _responsibility(thing, group.name, group.role, row)


def _responsibility(
    agent: Term, name: str, role: DepartmentRole | None, row: Row
) -> Iterator[Lines]:
    """Yield the role of a department or group in a task; by default it is responsible."""
    responsibility = row.scope.iri("responsibility", row.scope.plan, row.place.number, name)
    yield fill_pattern(_RESPONSIBILITY, task=row.task, responsibility=responsibility, agent=agent)
    yield statement(responsibility, "dcat:hadRole", iri(ROLE + (role or "responsible")))


def _category(row: Row) -> Iterator[Lines]:
    scope, (first, second) = row.scope, row.content.category
    if not first:
        return
    scheme = scope.iri("category", scope.plan)
    top = scope.iri("category", scope.plan, first)
    yield fill_pattern(_SCHEME, scheme=scheme, name=zh(f"{scope.plan} 工作类目"))
    yield from _concept(top, first, scheme)
    yield statement(scheme, "skos:hasTopConcept", top)
    if second is None:
        yield statement(top, "tkg:toldIn", row.state)
        return
    lower = scope.iri("category", scope.plan, first, second)
    yield from _concept(lower, second, scheme)
    yield statement(lower, "skos:broader", top)
    yield statement(lower, "tkg:toldIn", row.state)


def _concept(category: Term, name: str, scheme: Term) -> Iterator[Lines]:
    yield fill_pattern(_CATEGORY, category=category, scheme=scheme)
    yield from _labels(category, name, name)


def _name(name: Name, row: Row) -> Iterator[Lines]:
    scope, preferred = row.scope, name.preferred
    if name.kind == "body":
        preferred = scope.departments.get(preferred, preferred)
    thing = scope.named_thing(name.kind, preferred)
    yield statement(row.task, "tkg:mentions", thing)
    yield from type_statements(thing, _CLASSES[name.kind])
    yield from _labels(thing, preferred, name.name)
    if name.code:
        yield statement(thing, "dcterms:identifier", string(name.code))
        if name.code.startswith(scope.place):
            yield statement(thing, "geo:sfWithin", scope.iri("jurisdiction", scope.place))
    for evidence in name.evidence:
        if evidence.rule == "gazetteer":
            yield from _labels(thing, preferred, evidence.quote)
        yield from evidence_statements(evidence, thing, (name.kind, name.name), row)


def _labels(thing: Term, preferred: str, written: str) -> Iterator[Lines]:
    """Yield a thing's name, and the form in which a report writes it if that differs."""
    yield fill_pattern(_LABELS, thing=thing, name=zh(preferred))
    if written != preferred:
        yield statement(thing, "skos:altLabel", zh(written))


def _status(status: Status, row: Row) -> Iterator[Lines]:
    concept, about = iri(STATUS + status.value), ("status", status.value)
    yield statement(row.state, "tkg:status", concept)
    yield from evidence_statements(status.evidence, concept, about, row)
    evidence = row.iri_at(status.evidence, "evidence", *about)
    yield statement(evidence, "tkg:supports", row.state)


def _part(part: TaskPart, index: int, row: Row) -> Iterator[Lines]:
    thing = row.scope.iri("part", row.scope.report, row.content.number, index)
    yield fill_pattern(
        _PART,
        part=thing,
        state=row.state,
        title=zh(part.title),
        number=integer(index),
        status=iri(STATUS + part.status.value),
    )
    yield from evidence_statements(part.status.evidence, thing, ("part", str(index)), row)


def _obstacle(obstacle: Obstacle, row: Row) -> Iterator[Lines]:
    thing = row.iri_at(obstacle.evidence, "obstacle")
    yield fill_pattern(_OBSTACLE, obstacle=thing, state=row.state)
    yield statement(thing, "rdfs:label", zh(obstacle.what))
    yield statement(thing, "tkg:obstacleKind", iri(OBSTACLE + obstacle.kind))
    if obstacle.affected:
        yield statement(thing, "tkg:affected", zh(obstacle.affected))
    yield from evidence_statements(obstacle.evidence, thing, ("obstacle", ""), row)


def _plan(plan: Plan, row: Row) -> Iterator[Lines]:
    thing = row.iri_at(plan.evidence, "step")
    yield fill_pattern(_STEP, task=row.task, step=thing)
    yield statement(thing, "rdfs:label", zh(plan.what))
    yield from evidence_statements(plan.evidence, thing, ("plan", ""), row)
