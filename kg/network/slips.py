"""Find who is affected if a project slips: its tasks, their departments, and those tied to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any

import networkx as nx
from pyoxigraph import NamedNode

from kg.graph.stores.protocol import Graph
from kg.kinds import LEGEND
from kg.network.analysis import department_names
from kg.network.pairs import quote_sentence
from kg.network.ties import Sentence, Tie, ties
from kg.questions.parameters import Parameter, find_terms
from kg.questions.sparql import select

# The factor for each tie on the way, before the weight of the tie.
DECAY = 0.5
_NAMED = Parameter(
    "slips",
    (*(kind.rdf_class for kind in LEGEND), "Task"),
    "a project, another thing, or a task",
)

Task = tuple[str, int]


@dataclass(frozen=True, slots=True)
class SlippingThing:
    """A thing that slips: the requested thing or a part of it.

    Attributes:
        name: Its name.
        iri: Its IRI.
        part: Whether it lies in, or is a part of, the requested thing.
    """

    name: str
    iri: str
    part: bool


@dataclass(frozen=True, slots=True)
class HitTask:
    """A task that mentions what slips (step 0).

    Attributes:
        report: The identifier of its report.
        task: Its number.
        departments: The responsible departments.
        sentences: The quotes that mention it.
    """

    report: str
    task: int
    departments: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """One tie on the path to a department.

    Attributes:
        kind: `shared` or `waiting`.
        name: The thing that both tasks mention, or what the task waits for.
        weight: The weight of the tie.
        report: The identifier of the report of the task that it leads to.
        task: The number of that task; for a waiting tie, of the task that waits.
        basis: The laws that make the awaited department competent; empty if the report names it.
        sentences: The quotes on both sides.
    """

    kind: str
    name: str
    weight: float
    report: str
    task: int
    basis: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A department that is affected.

    Attributes:
        department: Its name.
        step: 1 if one of its tasks mentions what slips; one more for each tie on the path.
        weight: How much: 1 at step 1; each tie halves it and, if its weight is below 1, multiplies
            it by that.
        report: The identifier of the report of the task where the path begins.
        task: The number of that task, which mentions what slips.
        path: The ties from there to a task of the department; empty at step 1.
    """

    department: str
    step: int
    weight: float
    report: str
    task: int
    path: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """Who is affected if something slips.

    Attributes:
        name: The requested name.
        steps: The maximum number of steps.
        things: What slips: all things with that name, and their parts.
        tasks: Step 0: the tasks that mention them.
        hits: The affected departments by step, the most affected first.
    """

    name: str
    steps: int
    things: tuple[SlippingThing, ...]
    tasks: tuple[HitTask, ...]
    hits: tuple[Hit, ...]


def slips(store: Graph, name: str, steps: int = 2) -> Slip:
    """Find who is affected if something slips; `docs/analysis.md` explains the steps.

    Args:
        store: The graph.
        name: A project, place, road, organisation, policy, event, subdistrict, community or task,
            in any known form; a number is the number of a task.
        steps: The maximum number of steps; 1 returns only departments whose tasks mention it.

    Raises:
        InputError: The name is not in the graph; the message lists the nearest names.
    """
    asked = name.strip()
    found = find_terms(store, _NAMED, f"任务 {asked}" if asked.isdecimal() else asked)
    things = tuple(_find_things(store, [term.value for term in found]))
    names = department_names(store)
    answer = _responsible_departments(store, names)
    said = _find_sentences(store, [thing.iri for thing in things])
    tasks = tuple(
        HitTask(*task, tuple(answer.get(task, ())), tuple(words))
        for task, words in sorted(said.items())
    )
    hits: dict[str, Hit] = {}
    if said:
        network = task_network(ties(store), names)
        for hit in sorted(_find_hits(network, sorted(said), answer, steps), key=_sort_key):
            hits.setdefault(hit.department, hit)
    return Slip(asked, steps, things, tasks, tuple(hits.values()))


def task_network(found: Iterable[Tie], names: Mapping[str, str]) -> nx.DiGraph:
    """Return a directed network of tasks, ties and awaited departments.

    Tasks are nodes by report and number, ties by IRI, departments by name. Edges lead from a task
    to its ties, and from a tie to the tasks that mention the same thing and to the departments that
    are awaited. The `cost` of an edge is a negative logarithm, so that the cheapest path has the
    largest product of weights.
    """
    network: nx.DiGraph = nx.DiGraph()
    for tie in found:
        if tie.kind == "joint" or not tie.weight:
            continue
        network.add_node(tie.iri, tie=tie)
        for task in {(quote.report, quote.task): None for quote in tie.quotes}:
            network.add_edge(task, tie.iri, cost=-log(DECAY * min(1.0, tie.weight)))
            if tie.kind == "shared":
                network.add_edge(tie.iri, task, cost=0.0)
        network.add_edges_from(((tie.iri, names[iri]) for iri in sorted(tie.awaited)), cost=0.0)
    return network


def _find_hits(
    network: nx.DiGraph, hit: list[Task], answer: Mapping[Task, list[str]], steps: int
) -> Iterator[Hit]:
    """Yield the affected departments with their strongest paths; some occur several times."""
    for path, weight in _strongest_paths(network, hit, 2 * (steps - 1)):
        legs = tuple(
            _build_leg(network.nodes[tie]["tie"], path[at - 1], path[at + 1])
            for at, tie in enumerate(path)
            if at % 2
        )
        end, (report, task) = path[-1], path[0]
        for department in [end] if isinstance(end, str) else answer.get(end, []):
            yield Hit(department, len(legs) + 1, weight, report, task, legs)


def _strongest_paths(
    network: nx.DiGraph, hit: list[Task], longest: int
) -> Iterator[tuple[list[Any], float]]:
    """Yield the strongest of the shortest paths to each task or department."""
    reached = nx.DiGraph(network)
    reached.add_nodes_from(hit)
    layers = dict(enumerate(nx.bfs_layers(reached, hit)))
    layer = {node: n for n, nodes in layers.items() if n <= longest for node in nodes}
    onward = nx.subgraph_view(
        reached,
        filter_node=layer.__contains__,
        filter_edge=lambda one, other: layer[other] == layer[one] + 1,
    )
    costs, paths = nx.multi_source_dijkstra(onward, hit, weight="cost")
    for node, path in paths.items():
        if len(path) % 2:
            yield path, round(exp(-costs[node]), 3)


def _sort_key(hit: Hit) -> tuple[int, float, str, str, int]:
    return hit.step, -hit.weight, hit.department, hit.report, hit.task


def _build_leg(tie: Tie, one: Task, other: Task | str) -> Leg:
    report, task = one if isinstance(other, str) else other
    said = tuple(quote_sentence(q) for q in tie.quotes if (q.report, q.task) in (one, other))
    return Leg(tie.kind, tie.name, tie.weight, report, task, tie.basis, said)


def _find_things(store: Graph, iris: list[str]) -> Iterator[SlippingThing]:
    for iri, name, part in select(store, _WITH_PARTS.replace("?given", _join_terms(iris))).rows:
        if not part or str(iri) not in iris:
            yield SlippingThing(str(name), str(iri), bool(part))


def _find_sentences(store: Graph, iris: list[str]) -> dict[Task, dict[Sentence, None]]:
    """Return the tasks that mention one of some things, or are one of them, with their quotes."""
    found: dict[Task, dict[Sentence, None]] = {}
    for report, number, cell, quote, text, line in select(
        store, _SAID.replace("?given", _join_terms(iris))
    ).rows:
        task = str(report), int(str(number))
        words = Sentence(
            *task, str(cell), str(quote), str(text), None if line is None else int(str(line))
        )
        found.setdefault(task, {})[words] = None
    return found


def _responsible_departments(store: Graph, names: Mapping[str, str]) -> dict[Task, list[str]]:
    found: dict[Task, list[str]] = {}
    for report, number, department in select(store, _ANSWERABLE).rows:
        found.setdefault((str(report), int(str(number))), []).append(names[str(department)])
    return found


def _join_terms(iris: list[str]) -> str:
    """Return IRIs as serialised by the library, for a VALUES clause."""
    return " ".join(str(NamedNode(iri)) for iri in iris)


_WITH_PARTS = """SELECT DISTINCT ?iri ?name ?part WHERE {
  {
    VALUES ?iri { ?given }
    BIND(false AS ?part)
  } UNION {
    VALUES ?whole { ?given }
    ?iri (geo:sfWithin|dcterms:isPartOf|dcterms:spatial)+ ?whole ; a tkg:NamedThing .
    BIND(true AS ?part)
  }
  ?iri rdfs:label ?name FILTER(LANG(?name) = "zh")
} ORDER BY ?part ?name ?iri"""
_SAID = """SELECT DISTINCT ?report ?number ?cell ?quote ?sentence ?line WHERE {
  VALUES ?thing { ?given }
  {
    ?evidence tkg:supports ?thing ; tkg:task ?task ; tkg:report ?document ;
      tkg:sentence ?sentence ; oa:hasSource/tkg:column ?cell ; oa:hasSelector/oa:exact ?quote ;
      oa:hasSelector/oa:start ?start .
    OPTIONAL { ?evidence tkg:sourceLine ?line }
  } UNION {
    ?thing tkg:promise ?sentence ; tkg:latestState/tkg:report ?document .
    BIND(?thing AS ?task) BIND(?sentence AS ?quote) BIND("task" AS ?cell) BIND(0 AS ?start)
  }
  ?task a tkg:Task ; tkg:number ?number .
  ?document dcterms:identifier ?report .
} ORDER BY ?report ?number ?cell ?start ?quote"""
_ANSWERABLE = """SELECT DISTINCT ?report ?number ?department WHERE {
  ?task a tkg:Task ; tkg:number ?number ; tkg:responsible ?department ;
    tkg:reportedIn/dcterms:identifier ?report } ORDER BY ?report ?number ?department"""
