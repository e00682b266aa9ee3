"""A report as a store holds it: its rows and the facts that comparing reports needs.

Names of things, dates, parts and obstacles stay in the store, and so do the roles of departments.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from kg.errors import InputError
from kg.graph.numbers import COMPARATORS
from kg.graph.protocol import Graph
from kg.graph.terms import PREFIXES, STATUS, UNKNOWN_PLACE
from kg.history.comparison import Told
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


def identifiers(store: Graph) -> list[str]:
    """Return the identifiers of the reports in a store, sorted."""
    found = _solutions(store, "SELECT ?id WHERE { ?r a tkg:Report ; dcterms:identifier ?id }", None)
    return sorted({_text(solution, "id") for solution in found})


def recall(store: Graph, identifier: str) -> tuple[Told, Mapping[int, Place]]:
    """Return a report of a store, and where its rows stand in its plan.

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
        """Return what a query finds by row; of what stands on several words, the first."""
        found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for solution in ask(query):
            row = numbers[_text(solution, "state")] if _has(solution, "state") else None
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
    told = Told(_report(next(ask(_REPORT)), identifier, rows, facts), tuple(facts))
    places = {
        _number(row, "row"): Place(_number(row, "number"), float(_text(row, "confidence")))
        for row in rows
    }
    return told, places


def _graph(store: Graph, identifier: str) -> NamedNode:
    query = f"""SELECT ?graph WHERE {{ GRAPH ?graph {{
      ?report a tkg:Report ; dcterms:identifier {Literal(identifier)} }} }}"""
    found = next(_solutions(store, query, None), None)
    if found is None:
        known = ", ".join(identifiers(store)) or "none"
        raise InputError(f"{identifier}: is neither a file nor a report of the store ({known})")
    return cast("NamedNode", found["graph"])


def _report(
    found: QuerySolution, identifier: str, rows: list[QuerySolution], facts: list[TaskFacts]
) -> Report:
    code = _text(found, "code") if _has(found, "code") else None
    place = _text(found, "place")
    # The IRI of a task ends in its plan and its number.
    plan = _text(rows[0], "task").split("/")[-2] if rows else identifier
    return Report(
        identifier=identifier,
        plan=plan,
        title=_text(found, "title"),
        jurisdiction=Jurisdiction(code, "" if place == UNKNOWN_PLACE else place),
        year=int(_text(found, "year")) if _has(found, "year") else None,
        as_of=_text(found, "asOf") if _has(found, "asOf") else None,
        tasks=tuple(one.task for one in facts),
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
    is_told = _has(found, "actual")
    judgement: Any = _local(found, "judgement")
    actual_evidence = None
    if is_told and _has(found, "actualQuote"):
        actual_evidence = _evidence(found, evidence.document, evidence.row, "actual")
    return Target(
        indicator=_text(found, "indicator"),
        comparator=_SIGNS[_local(found, "comparator")],
        value=Decimal(_text(found, "value")),
        unit=_text(found, "unit"),
        actual=Decimal(_text(found, "actual")) if is_told else None,
        actual_unit=_text(found, "actualUnit") if is_told else None,
        as_of=_text(found, "asOf") if _has(found, "asOf") else None,
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
    """Yield the answers of one named graph, or of all."""
    found = store.query(query, prefixes=PREFIXES, default_graph=graph)
    assert isinstance(found, QuerySolutions)
    return found


def _has(found: QuerySolution, name: str) -> bool:
    try:
        return found[name] is not None
    except KeyError:
        return False


def _text(found: QuerySolution, name: str) -> str:
    """Return the value of a variable, or an empty text."""
    return cast("NamedNode | Literal", found[name]).value if _has(found, name) else ""


def _number(found: QuerySolution, name: str) -> int:
    return int(_text(found, name))


def _local(found: QuerySolution, name: str) -> str:
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


def _words(thing: str, which: str = "") -> str:
    """Return the pattern for the words that a thing stands on."""

    def name(part: str) -> str:
        return which + part.capitalize() if which else part

    return f"""?{which}evidence tkg:supports ?{thing} ; tkg:rule/rdfs:label ?{name("rule")} ;
      oa:hasSource/tkg:column ?{name("column")} ; oa:hasSelector/oa:exact ?{name("quote")} ;
      oa:hasSelector/oa:start ?{name("start")} ; oa:hasSelector/oa:end ?{name("end")} ."""


_DEPARTMENTS = f"""SELECT * WHERE {{
  ?thing a tkg:Department . {_words("thing")} FILTER(?column = "departments")
  ?evidence tkg:task ?task }} ORDER BY ?task ?start"""
_STATUSES = f"""SELECT * WHERE {{
  ?state a tkg:TaskState ; tkg:status ?thing . {_words("state")} }} ORDER BY ?start"""
_QUANTITIES = f"""SELECT * WHERE {{
  ?thing a tkg:Quantity ; tkg:toldIn ?state ; tkg:value ?value ; tkg:measured ?measured ;
    tkg:approximate ?approximate . {_words("thing")}
  OPTIONAL {{ ?thing tkg:unit ?unit }} }} ORDER BY ?state ?column ?start ?end ?value"""
_TARGETS = f"""SELECT * WHERE {{
  ?thing a tkg:Assessment ; tkg:toldIn ?state ; tkg:assesses ?target ;
    tkg:judgement ?judgement ; tkg:judgementReason ?reason . {_words("target")}
  ?target tkg:indicator/rdfs:label ?indicator ; tkg:value ?value ; tkg:comparator ?comparator .
  OPTIONAL {{ ?target tkg:unit ?unit }}
  OPTIONAL {{ ?thing prov:wasDerivedFrom ?observed . ?observed tkg:value ?actual .
    OPTIONAL {{ ?observed tkg:unit ?actualUnit }} OPTIONAL {{ ?observed tkg:asOf ?asOf }}
    OPTIONAL {{ {_words("observed", "actual")} }} }}
}} ORDER BY ?state ?start"""
