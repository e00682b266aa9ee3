"""Write the graph as a performance report in StratML (ISO 17469-1; Part 2, version 2.1).

A category is a goal, a task an objective, a department a stakeholder who performs it, a target a
performance indicator with a target result and an actual result. The order of elements follows the
schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import XMLGenerator

from pyoxigraph import Literal, NamedNode, Store

from kg.graph.rdf.literals import date_bounds
from kg.publishing.columns import Column, Table
from kg.publishing.formats.tables import follow, rows
from kg.publishing.formats.xml_writer import document, element, text

_NAMESPACE = "http://www.stratml.net/PerformancePlanOrReport"
_ROLES = (("tkg:lead", "牵头"), ("tkg:cooperating", "配合"), ("tkg:responsible", "责任"))

_GOALS = Table(
    "goals",
    "类目",
    "Categories",
    ("tkg:Category",),
    (
        Column("iri", "标识", "IRI", "", "anyURI"),
        Column("above", "上级类目", "Category above", "skos:broader/skos:prefLabel"),
        Column("name", "名称", "Name", "skos:prefLabel"),
    ),
    order=("iri",),
)


def write_stratml(store: Store, path: Path) -> int:
    """Write the report and return the number of objectives."""
    count = 0
    with (
        document(path) as xml,
        element(xml, "PerformancePlanOrReport", xmlns=_NAMESPACE, Type="Performance_Report"),
    ):
        text(xml, "Name", "；".join(_distinct_values(store, "tkg:Report", "dcterms:title")))
        with element(xml, "StrategicPlanCore"):
            for authority in _distinct_values(store, "tkg:Authority", ""):
                with element(xml, "Organization"):
                    text(xml, "Name", _first_value(store, NamedNode(authority), "rdfs:label"))
                    text(xml, "Identifier", _identifier(authority))
            for index, (iri, name, tasks) in enumerate(_goals(store), 1):
                with element(xml, "Goal"):
                    text(xml, "Name", name)
                    text(xml, "Description", f"{name}：{len(tasks)}项任务")
                    text(xml, "Identifier", _identifier(iri))
                    text(xml, "SequenceIndicator", str(index))
                    for task in tasks:
                        _write_objective(xml, store, task)
                count += len(tasks)
        with element(xml, "AdministrativeInformation"):
            periods = "dcterms:temporal/dcat:startDate", "dcterms:temporal/dcat:endDate"
            starts, ends = (_distinct_values(store, "tkg:Report", period) for period in periods)
            _write_optional(xml, "StartDate", min(starts, default=""))
            _write_optional(xml, "EndDate", max(ends, default=""))
    return count


def _goals(store: Store) -> Iterator[tuple[str, str, list[NamedNode]]]:
    """Yield each category with its tasks in the order of the report, and one for other tasks."""
    goals = []
    for iri, above, name in rows(store, _GOALS):
        tasks = _sort_tasks(store, follow(store, NamedNode(iri), "^tkg:category"))
        if tasks:
            goals.append((iri, f"{above} / {name}" if above else name, tasks))
    yield from sorted(goals, key=lambda goal: int(_first_value(store, goal[2][0], "tkg:number")))
    tasks = _sort_tasks(store, map(NamedNode, _distinct_values(store, "tkg:Task", "")))
    if rest := [task for task in tasks if not follow(store, task, "tkg:category")]:
        yield "", "其他任务", rest


def _write_objective(xml: XMLGenerator, store: Store, task: NamedNode) -> None:
    number = _first_value(store, task, "tkg:number")
    with element(xml, "Objective"):
        text(xml, "Name", _first_value(store, task, "rdfs:label@zh"))
        text(xml, "Description", _first_value(store, task, "tkg:promise"))
        text(xml, "Identifier", _identifier(task.value))
        text(xml, "SequenceIndicator", number)
        for department, role in _stakeholders(store, task):
            with element(xml, "Stakeholder"):
                text(xml, "Name", department)
                with element(xml, "Role"):
                    text(xml, "Name", role)
                    text(xml, "RoleType", "Performer")
        status = _first_value(store, task, "tkg:status/skos:prefLabel@zh")
        progress = _first_value(store, task, "tkg:progress")
        _write_optional(xml, "OtherInformation", f"【{status}】{progress}" if status else progress)
        targets = follow(store, task, "tkg:target")
        for index, target in enumerate(sorted(map(_value, targets)), 1):
            _write_indicator(xml, store, NamedNode(target), f"{number}.{index}")


def _write_indicator(xml: XMLGenerator, store: Store, target: NamedNode, sequence: str) -> None:
    with element(xml, "PerformanceIndicator", PerformanceIndicatorType="Quantitative"):
        text(xml, "SequenceIndicator", sequence)
        text(xml, "MeasurementDimension", _first_value(store, target, "tkg:indicator/rdfs:label"))
        text(xml, "UnitOfMeasurement", _first_value(store, target, "tkg:unit"))
        text(xml, "Identifier", _identifier(target.value))
        with element(xml, "MeasurementInstance"):
            for name, thing in (
                ("TargetResult", target),
                *(("ActualResult", node) for node in follow(store, target, "tkg:observation")),
            ):
                assert isinstance(thing, NamedNode)
                with element(xml, name):
                    words = _first_value(store, thing, "^tkg:supports/oa:hasSelector/oa:exact")
                    text(xml, "Description", words)
                    text(xml, "NumberOfUnits", _first_value(store, thing, "tkg:value"))
                    if until := _first_value(store, thing, "tkg:asOf"):
                        text(xml, "EndDate", date_bounds(until)[1])
        judgement = _first_value(store, target, "tkg:judgement/skos:prefLabel@zh")
        _write_optional(xml, "OtherInformation", judgement)


def _stakeholders(store: Store, task: NamedNode) -> Iterator[tuple[str, str]]:
    """Yield each department once, with the first of its roles."""
    seen: set[str] = set()
    for path, role in _ROLES:
        names = {_value(node) for node in follow(store, task, f"{path}/skos:prefLabel")}
        yield from ((name, role) for name in sorted(names - seen))
        seen |= names


def _sort_tasks(store: Store, tasks: Iterable[object]) -> list[NamedNode]:
    found = {task for task in tasks if isinstance(task, NamedNode)}
    return sorted(found, key=lambda it: (int(_first_value(store, it, "tkg:number")), it.value))


def _distinct_values(store: Store, name: str, path: str) -> list[str]:
    """Return the distinct values of a path from all things of a class, sorted."""
    table = Table("", "", "", (name,), (Column("value", "", "", path),), order=("value",))
    return list(dict.fromkeys(value for (value,) in rows(store, table) if value))


def _first_value(store: Store, thing: NamedNode, path: str) -> str:
    return min(map(_value, follow(store, thing, path)), default="")


def _value(node: object) -> str:
    assert isinstance(node, NamedNode | Literal)
    return node.value


def _identifier(iri: str) -> str:
    """Return an identifier that is valid as an XML ID: a UUID (RFC 9562, version 5) of the IRI."""
    return f"_{uuid5(NAMESPACE_URL, iri)}"


def _write_optional(xml: XMLGenerator, name: str, content: str) -> None:
    if content:
        text(xml, name, content)
