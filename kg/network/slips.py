"""If a project slips, who is hit: the tasks that name it, their departments, and on over ties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any

import networkx as nx
from pyoxigraph import NamedNode

from kg.graph.protocol import Graph
from kg.network.analysis import department_names
from kg.network.pairs import Sentence, sentence
from kg.network.ties import Tie, ties
from kg.questions.parameters import Parameter, terms
from kg.questions.sparql import select

# What is left of a blow after each tie, before the tie's own weight.
DECAY = 0.5
_NAMED = Parameter(
    "slips",
    (
        *("Project", "Place", "Road", "Organization", "Policy", "Event"),
        *("Subdistrict", "Community", "Task"),
    ),
    "a project, another thing, or a task",
)

Task = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Slipping:
    """A thing that slips: what was asked for, or a part of it.

    Attributes:
        name: Its name.
        iri: Its IRI.
        part: Whether it lies in, or is a part of, what was asked for.
    """

    name: str
    iri: str
    part: bool


@dataclass(frozen=True, slots=True)
class HitTask:
    """A task that names what slips (step 0).

    Attributes:
        report: Identifier of its report.
        task: Its number.
        departments: The departments that answer for it.
        sentences: What it says of it.
    """

    report: str
    task: int
    departments: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """One tie on the way to a department.

    Attributes:
        kind: shared or waiting.
        name: The thing that both tasks name, or what the task waits for.
        weight: Weight of the tie.
        report: Identifier of the report of the task where it leads.
        task: Number of that task; where somebody is awaited, of the task that waits.
        basis: The laws that make competent who is awaited; empty where the report names it.
        sentences: The words on both sides.
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
    """A department that is hit.

    Attributes:
        department: Its name.
        step: 1 where a task of its own names what slips, one more for each tie after that.
        weight: How hard: 1 at step 1; each tie leaves half, times its weight where that is below 1.
        report: Identifier of the report of the task that the way begins at.
        task: Number of that task, which names what slips.
        path: The ties that lead from there to a task of the department; none at step 1.
    """

    department: str
    step: int
    weight: float
    report: str
    task: int
    path: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """Who is hit if something slips.

    Attributes:
        name: What was asked for.
        steps: How many steps were followed.
        things: What slips: everything of that name, and its parts.
        tasks: Step 0: the tasks that name it.
        hits: The departments that are hit: by steps, the hardest hit first.
    """

    name: str
    steps: int
    things: tuple[Slipping, ...]
    tasks: tuple[HitTask, ...]
    hits: tuple[Hit, ...]


def slips(store: Graph, name: str, steps: int = 2) -> Slip:
    """Find who is hit if something slips; `docs/analysis.md` tells how the steps are made.

    Args:
        store: The graph.
        name: A project, place, road, organisation, policy, event, subdistrict, community or task,
            in any form that the graph knows; a number is that of a task.
        steps: How many steps to follow: 1 stops at the departments whose tasks name it.

    Raises:
        InputError: The graph knows no such name; the message names the nearest.
    """
    asked = name.strip()
    found = terms(store, _NAMED, f"任务 {asked}" if asked.isdecimal() else asked)
    things = tuple(_things(store, [term.value for term in found]))
    names = department_names(store)
    answer = _answerable(store, names)
    said = _said(store, [thing.iri for thing in things])
    tasks = tuple(
        HitTask(*task, tuple(answer.get(task, ())), tuple(words))
        for task, words in sorted(said.items())
    )
    hits: dict[str, Hit] = {}
    if said:
        network = task_network(ties(store), names)
        for hit in sorted(_hits(network, sorted(said), answer, steps), key=_order):
            hits.setdefault(hit.department, hit)
    return Slip(asked, steps, things, tasks, tuple(hits.values()))


def task_network(found: Iterable[Tie], names: Mapping[str, str]) -> nx.DiGraph:
    """Return the tasks, by report and number, joined over their ties, by IRI.

    From a tie it goes on to the tasks that name the same thing, and to the departments (by name)
    that are awaited. What it `costs` to take a tie makes the cheapest way that whose weights
    multiply to most.
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


def _hits(
    network: nx.DiGraph, hit: list[Task], answer: Mapping[Task, list[str]], steps: int
) -> Iterator[Hit]:
    """Yield who is hit, step by step and over the strongest way of so many steps; some twice."""
    for path, weight in _ways(network, hit, 2 * (steps - 1)):
        legs = tuple(
            _leg(network.nodes[tie]["tie"], path[at - 1], path[at + 1])
            for at, tie in enumerate(path)
            if at % 2
        )
        end, (report, task) = path[-1], path[0]
        for department in [end] if isinstance(end, str) else answer.get(end, []):
            yield Hit(department, len(legs) + 1, weight, report, task, legs)


def _ways(network: nx.DiGraph, hit: list[Task], longest: int) -> Iterator[tuple[list[Any], float]]:
    """Yield for each task or department that is reached the strongest of the shortest ways."""
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


def _order(hit: Hit) -> tuple[int, float, str, str, int]:
    return hit.step, -hit.weight, hit.department, hit.report, hit.task


def _leg(tie: Tie, one: Task, other: Task | str) -> Leg:
    report, task = one if isinstance(other, str) else other
    said = tuple(sentence(q) for q in tie.quotes if (q.report, q.task) in (one, other))
    return Leg(tie.kind, tie.name, tie.weight, report, task, tie.basis, said)


def _things(store: Graph, iris: list[str]) -> Iterator[Slipping]:
    for iri, name, part in select(store, _WITH_PARTS.replace("?given", _terms(iris))).rows:
        if not part or str(iri) not in iris:
            yield Slipping(str(name), str(iri), bool(part))


def _said(store: Graph, iris: list[str]) -> dict[Task, dict[Sentence, None]]:
    """Return the tasks that name one of some things, or are one of them, with what they say."""
    found: dict[Task, dict[Sentence, None]] = {}
    for report, number, cell, quote, text, line in select(
        store, _SAID.replace("?given", _terms(iris))
    ).rows:
        task = str(report), int(str(number))
        words = Sentence(
            *task, str(cell), str(quote), str(text), None if line is None else int(str(line))
        )
        found.setdefault(task, {})[words] = None
    return found


def _answerable(store: Graph, names: Mapping[str, str]) -> dict[Task, list[str]]:
    found: dict[Task, list[str]] = {}
    for report, number, department in select(store, _ANSWERABLE).rows:
        found.setdefault((str(report), int(str(number))), []).append(names[str(department)])
    return found


def _terms(iris: list[str]) -> str:
    """Return IRIs as the library writes them, for a VALUES clause."""
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
