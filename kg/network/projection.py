"""From the graph to networks: departments, things, tasks and places, and what ties them.

In every network a node is an IRI with its `label` and `kind`; an edge has a `weight`, and where
departments are tied the `ties` that it stands on (`kg.network.ties`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import networkx as nx
from pyoxigraph import Store

from kg.network.ties import Tie, between
from kg.questions.sparql import select


def departments(store: Store, found: Iterable[Tie]) -> nx.Graph:
    """Return departments joined by what ties them; the weights of their ties are added up.

    Args:
        store: The graph.
        found: Its ties.
    """
    network = _departments(store)
    for (one, other), tied in between(found).items():
        network.add_edge(one, other, ties=tied, weight=round(sum(tie.weight for tie in tied), 3))
    return network


def things(store: Store, found: Iterable[Tie]) -> nx.Graph:
    """Return departments joined to the things and tasks that tie them to others."""
    network = _departments(store)
    for tie in found:
        if tie.kind == "waiting":
            continue
        network.add_node(tie.thing, label=tie.name, kind=tie.thing_kind)
        for department in tie.departments:
            network.add_edge(department, tie.thing, ties=(tie,), weight=tie.weight)
    return network


def tasks(store: Store) -> nx.Graph:
    """Return tasks joined by the things that both name.

    A thing that t tasks name adds 1 ÷ (t − 1) to the weight of each two of them, as each of t
    authors shares a paper with t − 1 others (M. E. J. Newman, *Scientific collaboration networks
    II*, 2001). An edge has the names of its `things`.
    """
    network: nx.Graph = nx.Graph()
    for iri, name in select(store, _TASKS).rows:
        network.add_node(iri, label=name, kind="task")
    naming: dict[tuple[str, str], list[str]] = {}
    for thing, name, task in select(store, _NAMED).rows:
        naming.setdefault((str(thing), str(name)), []).append(str(task))
    for (_, name), named in naming.items():
        for pair in combinations(named, 2):
            if not network.has_edge(*pair):
                network.add_edge(*pair, weight=0.0, things=[])
            edge = network.edges[pair]
            edge["weight"] = round(edge["weight"] + 1 / (len(named) - 1), 3)
            edge["things"].append(name)
    return network


def places(store: Store) -> nx.Graph:
    """Return subdistricts, communities, roads and places joined to the departments at work there.

    The weight of an edge is the number of tasks, whose `tasks` are its numbers.
    """
    network = _departments(store)
    for place, name, kind, department, task in select(store, _PLACES).rows:
        network.add_node(place, label=name, kind=str(kind).lower())
        if not network.has_edge(place, department):
            network.add_edge(place, department, tasks=[], weight=0.0)
        edge = network.edges[place, department]
        edge["tasks"].append(task)
        edge["weight"] = float(len(edge["tasks"]))
    return network


def _departments(store: Store) -> nx.Graph:
    network: nx.Graph = nx.Graph()
    for iri, name in select(store, _DEPARTMENTS).rows:
        network.add_node(iri, label=name, kind="department")
    return network


_DEPARTMENTS = """SELECT ?iri ?name WHERE {
  ?iri a tkg:Department ; skos:prefLabel ?name } ORDER BY ?name ?iri"""
_TASKS = """SELECT ?iri ?name WHERE {
  ?iri a tkg:Task ; tkg:number ?number ; rdfs:label ?name FILTER(LANG(?name) = "zh")
} ORDER BY ?iri"""
_NAMED = """SELECT DISTINCT ?thing ?name ?task WHERE {
  VALUES ?class { tkg:Project tkg:Organization tkg:Place tkg:Policy tkg:Road tkg:Event }
  ?thing a ?class ; skos:prefLabel ?name . ?task tkg:mentions ?thing } ORDER BY ?thing ?task"""
_PLACES = """SELECT DISTINCT ?place ?name ?kind ?department ?task WHERE {
  VALUES ?class { tkg:Subdistrict tkg:Community tkg:Road tkg:Place }
  ?place a ?class ; skos:prefLabel ?name . BIND(STRAFTER(STR(?class), "#") AS ?kind)
  ?subject tkg:mentions ?place ; tkg:responsible ?department ; tkg:number ?task .
} ORDER BY ?place ?department ?task"""
