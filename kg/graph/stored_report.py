"""Load a report from a store: its rows, and the facts that are compared between reports.

Names of things, dates, parts, obstacles and roles of departments are not loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from kg.errors import InputError
from kg.graph.mapping.numbers import COMPARATORS
from kg.graph.rdf.terms import PREFIXES, STATUS, UNKNOWN_PLACE
from kg.graph.stores.protocol import Graph
from kg.history.comparison import ReportFacts
from kg.history.place import Place
from kg.model import (
    Cell,
    Department,
    Evidence,
    Jurisdiction,
    Quantity,
    Report,
    Status,
    Target,
    Task,
    TaskFacts,
)

_SIGNS = {code: comparator for comparator, (_, code) in COMPARATORS.items()}


def report_identifiers(store: Graph) -> list[str]:
    """Return the identifiers of the reports in a store, sorted."""
    found = _solutions(store, "SELECT ?id WHERE { ?r a tkg:Report ; dcterms:identifier ?id }", None)
    return sorted({_text(solution, "id") for solution in found})


def load_report(store: Graph, identifier: str) -> tuple[ReportFacts, Mapping[int, Place]]:
    """Return a report of a store, and the places of its rows in the plan.

    Args:
        store: The store.
        identifier: Identifier of the report.

    Raises:
        InputError: The store holds no such report.
    """
    graph = _graph(store, identifier)

    def ask(query: str) -> Iterator[QuerySolution]:
        return _solutions(store, query, graph)

    rows = list(ask(_ROWS))
    numbers = {_text(row, "state"): _number(row, "row") for row in rows}
    by_task = {_text(row, "task"): _number(row, "row") for row in rows}

    def gather(query: str, make: Callable[[QuerySolution, Evidence], Any]) -> dict[int, list[Any]]:
        """Return the results of a query by row; of a thing with several evidences, the first."""
        found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for solution in ask(query):
            row = numbers[_text(solution, "state")] if _has_value(solution, "state") else None
            row = by_task[_text(solution, "task")] if row is None else row
            evidence = _evidence(solution, identifier, row)
            found[row].setdefault(_text(solution, "thing"), make(solution, evidence))
        return {row: list(things.values()) for row, things in found.items()}

    departments = gather(_DEPARTMENTS, lambda _, evidence: Department(evidence.quote, evidence))
    states = gather(_STATUSES, _status)
    quantities = gather(_QUANTITIES, _quantity)
    targets = gather(_TARGETS, _target)
    facts = []
    for row in rows:
        number = _number(row, "row")
        task = Task(
            document=identifier,
            number=number,
            category=("", None),
            task=Cell(_text(row, "promise")),
            progress=Cell(_text(row, "progress")),
            department_cell=Cell(_text(row, "cell")),
            departments=tuple(departments.get(number, ())),
        )
        status = states.get(number, [None])[0]
        counted, promised = (tuple(found.get(number, ())) for found in (quantities, targets))
        facts.append(TaskFacts(task, (), counted, (), promised, status))
    report = ReportFacts(_report(next(ask(_REPORT)), identifier, rows, facts), tuple(facts))
    places = {
        _number(row, "row"): Place(_number(row, "number"), float(_text(row, "confidence")))
        for row in rows
    }
    return report, places


def _graph(store: Graph, identifier: str) -> NamedNode:
    query = f"""SELECT ?graph WHERE {{ GRAPH ?graph {{
      ?report a tkg:Report ; dcterms:identifier {Literal(identifier)} }} }}"""
    found = next(_solutions(store, query, None), None)
    if found is None:
        known = ", ".join(report_identifiers(store)) or "none"
        raise InputError(
            f"{identifier}: is neither a file nor a report of the store (it holds: {known})"
        )
    return cast("NamedNode", found["graph"])


def _report(
    found: QuerySolution, identifier: str, rows: list[QuerySolution], facts: list[TaskFacts]
) -> Report:
    code = _text(found, "code") if _has_value(found, "code") else None
    place = _text(found, "place")
    # The IRI of a task ends in its plan and its number.
    plan = _text(rows[0], "task").split("/")[-2] if rows else identifier
    return Report(
        identifier=identifier,
        plan=plan,
        title=_text(found, "title"),
        jurisdiction=Jurisdiction(code, "" if place == UNKNOWN_PLACE else place),
        year=int(_text(found, "year")) if _has_value(found, "year") else None,
        as_of=_text(found, "asOf") if _has_value(found, "asOf") else None,
        tasks=tuple(found.task for found in facts),
    )


def _status(found: QuerySolution, evidence: Evidence) -> Status:
    value: Any = _text(found, "thing").removeprefix(STATUS)
    return Status(value, evidence)


def _quantity(found: QuerySolution, evidence: Evidence) -> Quantity:
    return Quantity(
        value=Decimal(_text(found, "value")),
        unit=_text(found, "unit"),
        what=_text(found, "measured"),
        approximate=_text(found, "approximate") == "true",
        evidence=evidence,
    )


def _target(found: QuerySolution, evidence: Evidence) -> Target:
    has_actual = _has_value(found, "actual")
    judgement: Any = _local_name(found, "judgement")
    actual_evidence = None
    if has_actual and _has_value(found, "actualQuote"):
        actual_evidence = _evidence(found, evidence.document, evidence.row, "actual")
    return Target(
        indicator=_text(found, "indicator"),
        comparator=_SIGNS[_local_name(found, "comparator")],
        value=Decimal(_text(found, "value")),
        unit=_text(found, "unit"),
        actual=Decimal(_text(found, "actual")) if has_actual else None,
        actual_unit=_text(found, "actualUnit") if has_actual else None,
        as_of=_text(found, "asOf") if _has_value(found, "asOf") else None,
        judgement=judgement,
        reason=_text(found, "reason"),
        evidence=evidence,
        actual_evidence=actual_evidence,
    )


def _evidence(found: QuerySolution, document: str, row: int, which: str = "") -> Evidence:
    def name(part: str) -> str:
        return which + part.capitalize() if which else part

    cell: Any = _text(found, name("column"))
    start, end = _number(found, name("start")), _number(found, name("end"))
    quote, rule = _text(found, name("quote")), _text(found, name("rule"))
    return Evidence(document, row, cell, start, end, quote, rule)


def _solutions(store: Graph, query: str, graph: NamedNode | None) -> Iterator[QuerySolution]:
    """Yield the solutions from one named graph, or from all statements."""
    found = store.query(query, prefixes=PREFIXES, default_graph=graph)
    assert isinstance(found, QuerySolutions)
    return found


def _has_value(found: QuerySolution, name: str) -> bool:
    try:
        return found[name] is not None
    except KeyError:
        return False


def _text(found: QuerySolution, name: str) -> str:
    """Return the value of a variable, or an empty string."""
    return cast("NamedNode | Literal", found[name]).value if _has_value(found, name) else ""


def _number(found: QuerySolution, name: str) -> int:
    return int(_text(found, name))


def _local_name(found: QuerySolution, name: str) -> str:
    return _text(found, name).rpartition("/")[2]


_REPORT = """SELECT ?title ?place ?code ?year ?asOf WHERE {
  ?report a tkg:Report ; dcterms:title ?title ; tkg:jurisdiction ?district .
  ?district rdfs:label ?place
  OPTIONAL { ?district dcterms:identifier ?code } OPTIONAL { ?report tkg:year ?year }
  OPTIONAL { ?report tkg:asOf ?asOf } }"""
_ROWS = """SELECT ?state ?task ?row ?number ?confidence ?promise ?progress ?cell WHERE {
  ?state a tkg:TaskState ; tkg:task ?task ; tkg:number ?row ; tkg:matchConfidence ?confidence ;
    tkg:promise ?promise ; tkg:progress ?progress .
  ?task tkg:number ?number .
  OPTIONAL { ?any a tkg:Cell ; tkg:task ?task ; tkg:column "departments" ; rdf:value ?cell }
} ORDER BY ?row"""


def _evidence_pattern(thing: str, which: str = "") -> str:
    """Return the query pattern for the evidence of a thing."""

    def name(part: str) -> str:
        return which + part.capitalize() if which else part

    return f"""?{which}evidence tkg:supports ?{thing} ; tkg:rule/rdfs:label ?{name("rule")} ;
      oa:hasSource/tkg:column ?{name("column")} ; oa:hasSelector/oa:exact ?{name("quote")} ;
      oa:hasSelector/oa:start ?{name("start")} ; oa:hasSelector/oa:end ?{name("end")} ."""


_DEPARTMENTS = f"""SELECT * WHERE {{
  ?thing a tkg:Department . {_evidence_pattern("thing")} FILTER(?column = "departments")
  ?evidence tkg:task ?task }} ORDER BY ?task ?start"""
_STATUSES = f"""SELECT * WHERE {{
  ?state a tkg:TaskState ; tkg:status ?thing . {_evidence_pattern("state")} }} ORDER BY ?start"""
_QUANTITIES = f"""SELECT * WHERE {{
  ?thing a tkg:Quantity ; tkg:toldIn ?state ; tkg:value ?value ; tkg:measured ?measured ;
    tkg:approximate ?approximate . {_evidence_pattern("thing")}
  OPTIONAL {{ ?thing tkg:unit ?unit }} }} ORDER BY ?state ?column ?start ?end ?value"""
_TARGETS = f"""SELECT * WHERE {{
  ?thing a tkg:Assessment ; tkg:toldIn ?state ; tkg:assesses ?target ;
    tkg:judgement ?judgement ; tkg:judgementReason ?reason . {_evidence_pattern("target")}
  ?target tkg:indicator/rdfs:label ?indicator ; tkg:value ?value ; tkg:comparator ?comparator .
  OPTIONAL {{ ?target tkg:unit ?unit }}
  OPTIONAL {{ ?thing prov:wasDerivedFrom ?observed . ?observed tkg:value ?actual .
    OPTIONAL {{ ?observed tkg:unit ?actualUnit }} OPTIONAL {{ ?observed tkg:asOf ?asOf }}
    OPTIONAL {{ {_evidence_pattern("observed", "actual")} }} }}
}} ORDER BY ?state ?start"""
