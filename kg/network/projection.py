"""Networks of departments, things, tasks and places.

Nodes are IRIs with a `label` and a `kind`. Edges have a `weight`; edges between departments also
have the `ties` that they are made of (`kg.network.ties`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import networkx as nx

from kg.graph.stores.protocol import Graph
from kg.kinds import PLACES, SHARED, class_list
from kg.network.ties import Tie, ties_by_pair
from kg.questions.sparql import select

_PLACE_CLASSES = tuple(kind.rdf_class for kind in PLACES)


def departments_network(store: Graph, found: Iterable[Tie]) -> nx.Graph:
    """Return the network of departments; the weight of an edge is the sum of its ties.

    Args:
        store: The graph.
        found: Its ties.
    """
    network = department_nodes(store)
    for (one, other), tied in ties_by_pair(found).items():
        network.add_edge(one, other, ties=tied, weight=round(sum(tie.weight for tie in tied), 3))
    return network


def things_network(store: Graph, found: Iterable[Tie]) -> nx.Graph:
    """Return the network of departments and of the things and tasks that connect them."""
    network = department_nodes(store)
    for tie in found:
        if tie.kind == "waiting":
            continue
        network.add_node(tie.thing, label=tie.name, kind=tie.thing_kind)
        for department in tie.departments:
            network.add_edge(department, tie.thing, ties=(tie,), weight=tie.weight)
    return network


def tasks_network(store: Graph) -> nx.Graph:
    """Return the network of tasks that mention the same things.

    A thing in t tasks adds 1 ÷ (t − 1) to the weight of each pair of them, as in a network of
    authors with common papers (M. E. J. Newman, *Scientific collaboration networks II*, 2001). An
    edge has its `things`: IRI, name, kind and contribution to the weight of each.
    """
    network: nx.Graph = nx.Graph()
    for iri, name in select(store, _TASKS).rows:
        network.add_node(iri, label=name, kind="task")
    naming: dict[tuple[str, str, str], list[str]] = {}
    for thing, name, kind, task in select(store, _NAMED).rows:
        naming.setdefault((str(thing), str(name), str(kind).lower()), []).append(str(task))
    for named, found in naming.items():
        for pair in combinations(found, 2):
            if not network.has_edge(*pair):
                network.add_edge(*pair, weight=0.0, things=[])
            edge, share = network.edges[pair], round(1 / (len(found) - 1), 3)
            edge["weight"] = round(edge["weight"] + share, 3)
            edge["things"].append((*named, share))
    return network


def places_network(store: Graph, kinds: Iterable[str] = _PLACE_CLASSES) -> nx.Graph:
    """Return the network of places and the departments with tasks there.

    The weight of an edge is the number of tasks; it has their numbers as `tasks` and their IRIs as
    `subjects`.

    Args:
        store: The graph.
        kinds: The classes of the vocabulary that count as places.
    """
    network = department_nodes(store)
    wanted = set(kinds)
    for place, name, kind, department, subject, task in select(store, _PLACES).rows:
        if kind not in wanted:
            continue
        network.add_node(place, label=name, kind=str(kind).lower())
        if not network.has_edge(place, department):
            network.add_edge(place, department, tasks=[], subjects=[], weight=0.0)
        edge = network.edges[place, department]
        edge["tasks"].append(task)
        edge["subjects"].append(subject)
        edge["weight"] = float(len(edge["tasks"]))
    return network


def department_nodes(store: Graph) -> nx.Graph:
    """Return a network of all departments without edges."""
    network: nx.Graph = nx.Graph()
    for iri, name in select(store, _DEPARTMENTS).rows:
        network.add_node(iri, label=name, kind="department")
    return network


_DEPARTMENTS = """SELECT ?iri ?name WHERE {
  ?iri a tkg:Department ; skos:prefLabel ?name } ORDER BY ?name ?iri"""
_TASKS = """SELECT ?iri ?name WHERE {
  ?iri a tkg:Task ; tkg:number ?number ; rdfs:label ?name FILTER(LANG(?name) = "zh")
} ORDER BY ?iri"""
_NAMED = f"""SELECT DISTINCT ?thing ?name ?kind ?task WHERE {{
  VALUES ?class {{ {class_list((one for one in SHARED if not one.is_unit), " ")} }}
  ?thing a ?class ; skos:prefLabel ?name . ?task tkg:mentions ?thing .
  BIND(STRAFTER(STR(?class), "#") AS ?kind)
}} ORDER BY ?thing ?task"""
_PLACES = f"""SELECT DISTINCT ?place ?name ?kind ?department ?subject ?task WHERE {{
  VALUES ?class {{ {class_list(PLACES, " ")} }}
  ?place a ?class ; skos:prefLabel ?name . BIND(STRAFTER(STR(?class), "#") AS ?kind)
  ?subject tkg:mentions ?place ; tkg:responsible ?department ; tkg:number ?task .
}} ORDER BY ?place ?department ?task ?subject"""
