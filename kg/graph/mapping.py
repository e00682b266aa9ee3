"""From a report and the facts extracted from it to the statements of its graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph.evidence import cell_statements, evidence_statements, run_statements
from kg.graph.ntriples import (
    Statement,
    Term,
    dated,
    en,
    integer,
    iri,
    string,
    typed,
    vocabulary,
    zh,
)
from kg.graph.numbers import (
    date_statements,
    period_statements,
    quantity_statements,
    target_statements,
)
from kg.graph.scope import Scope
from kg.graph.terms import OBSTACLE, ROLE, STATUS
from kg.model import (
    Department,
    DepartmentRole,
    Group,
    Name,
    NameKind,
    Obstacle,
    Plan,
    Report,
    Status,
    Task,
    TaskFacts,
    TaskPart,
)

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


def report_statements(
    report: Report, facts: Iterable[TaskFacts], scope: Scope
) -> Iterator[Statement]:
    """Yield the statements of a report; some may come more than once.

    Args:
        report: The report.
        facts: What was extracted from each of its tasks.
        scope: Where its things belong.
    """
    yield from _report(report, scope)
    yield from run_statements(scope)
    for found in facts:
        task = found.task
        subject = scope.task(task.number)
        yield from _task(task, subject, scope)
        yield from _state(task, subject, report.as_of, scope)
        for name in found.names:
            yield from _name(name, task, subject, scope)
        for quantity in found.quantities:
            yield from quantity_statements(quantity, task, subject, scope)
        for date in found.dates:
            yield from date_statements(date, task, subject, scope)
        for target in found.targets:
            yield from target_statements(target, task, subject, scope)
        if found.status:
            yield from _status(found.status, task, subject, scope)
        for index, part in enumerate(found.parts, 1):
            yield from _part(part, index, task, subject, scope)
        for obstacle in found.obstacles:
            yield from _obstacle(obstacle, task, subject, scope)
        for plan in found.plans:
            yield from _plan(plan, task, subject, scope)


def _report(report: Report, scope: Scope) -> Iterator[Statement]:
    subject = scope.iri("report", report.identifier)
    place = scope.iri("jurisdiction", scope.place)
    yield subject, "rdf:type", vocabulary("tkg:Report")
    yield subject, "dcterms:identifier", string(report.identifier)
    yield subject, "rdfs:label", zh(report.title or report.identifier)
    yield subject, "dcterms:title", zh(report.title or report.identifier)
    yield subject, "tkg:jurisdiction", place
    yield place, "rdf:type", vocabulary("tkg:Jurisdiction")
    yield place, "rdfs:label", zh(report.jurisdiction.name or scope.place)
    authority = scope.authority()
    yield authority, "rdf:type", vocabulary("tkg:Authority")
    yield authority, "rdfs:label", zh(report.jurisdiction.name or scope.place)
    yield authority, "tkg:jurisdiction", place
    if report.jurisdiction.code:
        yield place, "dcterms:identifier", string(report.jurisdiction.code)
    if report.year is not None:
        year = f"{report.year:04d}"
        period = scope.iri("period", year)
        yield subject, "tkg:year", typed(year, "gYear")
        yield subject, "dcterms:temporal", period
        yield period, "rdf:type", vocabulary("dcterms:PeriodOfTime")
        yield from period_statements(period, year)
    if report.as_of is not None:
        yield subject, "tkg:asOf", dated(report.as_of)


def _task(task: Task, subject: Term, scope: Scope) -> Iterator[Statement]:
    yield subject, "rdf:type", vocabulary("tkg:Task")
    number = scope.in_plan(task.number).number
    yield subject, "rdfs:label", zh(f"任务 {number}")
    yield subject, "rdfs:label", en(f"Task {number}")
    yield subject, "tkg:number", integer(number)
    yield subject, "tkg:reportedIn", scope.iri("report", scope.report)
    yield from _category(task, scope)
    yield from cell_statements(task, subject, scope)
    for department in task.departments:
        yield from _department(department, task, subject, scope)
    for group in task.groups:
        yield from _group(group, task, subject, scope)
    for leader in task.leaders:
        # A person is told by nothing but the name in its IRI.
        person = scope.iri("person", scope.place, leader)
        yield subject, "tkg:leader", person
        yield person, "rdf:type", vocabulary("foaf:Person")


def _state(task: Task, subject: Term, as_of: str | None, scope: Scope) -> Iterator[Statement]:
    """Yield the state of a task in the report; what it tells comes with each fact.

    What holds of the task itself is derived from its latest state (`rules/now.rq`).
    """
    state, (number, confidence) = scope.state(task.number), scope.in_plan(task.number)
    yield state, "rdf:type", vocabulary("tkg:TaskState")
    yield state, "rdfs:label", zh(f"任务 {number}（{scope.report}）")
    yield state, "rdfs:label", en(f"Task {number} ({scope.report})")
    yield state, "tkg:task", subject
    yield state, "tkg:report", scope.iri("report", scope.report)
    yield state, "tkg:number", integer(task.number)
    yield state, "tkg:matchConfidence", typed(str(confidence), "decimal")
    if as_of is not None:
        yield state, "tkg:asOf", dated(as_of)
    yield state, "tkg:promise", zh(task.task.text)
    yield state, "tkg:progress", zh(task.progress.text)


def _department(
    department: Department, task: Task, subject: Term, scope: Scope
) -> Iterator[Statement]:
    preferred = scope.departments.get(department.name, department.name)
    thing = scope.thing("body", preferred)
    yield subject, "tkg:responsible", thing
    yield scope.state(task.number), "tkg:named", thing
    if department.role in ("lead", "cooperating"):
        yield subject, f"tkg:{department.role}", thing
    yield thing, "rdf:type", vocabulary("tkg:Department")
    yield scope.authority(), "org:hasUnit", thing
    for name in (department.name, *department.other_names):
        yield from _labels(thing, preferred, name)
    about = ("department", department.name)
    yield from evidence_statements(department.evidence, thing, about, task, subject, scope)
    yield from _responsibility(thing, preferred, department.role, task, subject, scope)


def _group(group: Group, task: Task, subject: Term, scope: Scope) -> Iterator[Statement]:
    thing = scope.iri("group", scope.place, group.name)
    yield subject, "tkg:group", thing
    yield thing, "rdf:type", vocabulary("tkg:Group")
    yield thing, "rdfs:label", zh(group.name)
    about = ("group", group.name)
    yield from evidence_statements(group.evidence, thing, about, task, subject, scope)
    yield from _responsibility(thing, group.name, group.role, task, subject, scope)


def _responsibility(
    agent: Term,
    name: str,
    role: DepartmentRole | None,
    task: Task,
    subject: Term,
    scope: Scope,
) -> Iterator[Statement]:
    """Yield in which role a department or group answers for a task.

    Who answers in no other role is responsible, whether 责任单位 is written or no role at all.
    """
    number = scope.in_plan(task.number).number
    held = scope.iri("responsibility", scope.plan, number, name)
    yield subject, "prov:qualifiedAttribution", held
    yield held, "rdf:type", vocabulary("tkg:Responsibility")
    yield held, "prov:agent", agent
    yield held, "dcat:hadRole", iri(ROLE + (role or "responsible"))


def _category(task: Task, scope: Scope) -> Iterator[Statement]:
    first, second = task.category
    if not first:
        return
    state = scope.state(task.number)
    scheme = scope.iri("category", scope.plan)
    top = scope.iri("category", scope.plan, first)
    yield scheme, "rdf:type", vocabulary("skos:ConceptScheme")
    yield scheme, "rdfs:label", zh(f"{scope.plan} 工作类目")
    yield from _concept(top, first, scheme)
    yield scheme, "skos:hasTopConcept", top
    if second is None:
        yield top, "tkg:toldIn", state
        return
    lower = scope.iri("category", scope.plan, first, second)
    yield from _concept(lower, second, scheme)
    yield lower, "skos:broader", top
    yield lower, "tkg:toldIn", state


def _concept(subject: Term, label: str, scheme: Term) -> Iterator[Statement]:
    yield subject, "rdf:type", vocabulary("tkg:Category")
    yield subject, "rdf:type", vocabulary("skos:Concept")
    yield subject, "rdfs:label", zh(label)
    yield subject, "skos:prefLabel", zh(label)
    yield subject, "skos:inScheme", scheme


def _name(name: Name, task: Task, subject: Term, scope: Scope) -> Iterator[Statement]:
    preferred = name.preferred
    if name.kind == "body":
        preferred = scope.departments.get(preferred, preferred)
    thing = scope.thing(name.kind, preferred)
    yield subject, "tkg:mentions", thing
    yield thing, "rdf:type", vocabulary(CLASSES[name.kind])
    yield from _labels(thing, preferred, name.name)
    if name.code:
        yield thing, "dcterms:identifier", string(name.code)
        if name.code.startswith(scope.place):
            yield thing, "geo:sfWithin", scope.iri("jurisdiction", scope.place)
    for evidence in name.evidence:
        if evidence.rule == "gazetteer":
            yield from _labels(thing, preferred, evidence.quote)
        yield from evidence_statements(
            evidence, thing, (name.kind, name.name), task, subject, scope
        )


def _labels(thing: Term, preferred: str, written: str) -> Iterator[Statement]:
    """Yield a thing's name, and the form in which a report writes it where that differs."""
    yield thing, "rdfs:label", zh(preferred)
    yield thing, "skos:prefLabel", zh(preferred)
    if written != preferred:
        yield thing, "skos:altLabel", zh(written)


def _status(status: Status, task: Task, subject: Term, scope: Scope) -> Iterator[Statement]:
    concept, state = iri(STATUS + status.value), scope.state(task.number)
    about = ("status", status.value)
    yield state, "tkg:status", concept
    yield from evidence_statements(status.evidence, concept, about, task, subject, scope)
    yield scope.span("evidence", status.evidence, *about), "tkg:supports", state


def _part(
    part: TaskPart, index: int, task: Task, subject: Term, scope: Scope
) -> Iterator[Statement]:
    thing = scope.iri("part", scope.report, task.number, index)
    status = part.status
    yield thing, "tkg:toldIn", scope.state(task.number)
    yield thing, "rdf:type", vocabulary("tkg:TaskPart")
    yield thing, "rdfs:label", zh(part.title)
    yield thing, "tkg:number", integer(index)
    yield thing, "tkg:status", iri(STATUS + status.value)
    yield from evidence_statements(
        status.evidence, thing, ("part", str(index)), task, subject, scope
    )


def _obstacle(obstacle: Obstacle, task: Task, subject: Term, scope: Scope) -> Iterator[Statement]:
    thing = scope.span("obstacle", obstacle.evidence)
    yield thing, "tkg:toldIn", scope.state(task.number)
    yield thing, "rdf:type", vocabulary("tkg:Obstacle")
    yield thing, "rdfs:label", zh(obstacle.what)
    yield thing, "tkg:obstacleKind", iri(OBSTACLE + obstacle.kind)
    if obstacle.affected:
        yield thing, "tkg:affected", zh(obstacle.affected)
    yield from evidence_statements(obstacle.evidence, thing, ("obstacle", ""), task, subject, scope)


def _plan(plan: Plan, task: Task, subject: Term, scope: Scope) -> Iterator[Statement]:
    thing = scope.span("step", plan.evidence)
    yield subject, "tkg:nextStep", thing
    yield thing, "rdf:type", vocabulary("tkg:NextStep")
    yield thing, "rdfs:label", zh(plan.what)
    yield from evidence_statements(plan.evidence, thing, ("plan", ""), task, subject, scope)
