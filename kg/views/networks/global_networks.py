"""Networks of the whole graph: departments, things, tasks, subdistricts and roads, headings."""

from __future__ import annotations

import networkx as nx

from kg.graph.stores.protocol import Graph
from kg.network import projection
from kg.network.ties import ties, ties_by_pair
from kg.questions.sparql import select
from kg.views.networks.edges import add_responsible, add_ties, thing_data, tie_evidence
from kg.views.networks.node_details import Quotes


def departments_network(store: Graph, words: Quotes) -> nx.MultiGraph:
    """Return the network of departments, with an edge for each kind of tie between two."""
    network = nx.MultiGraph(projection.department_nodes(store))
    for pair, tied in ties_by_pair(ties(store)).items():
        for kind in ("joint", "shared", "waiting"):
            alike = [tie for tie in tied if tie.kind == kind]
            if alike:
                network.add_edge(
                    *pair,
                    tie=kind,
                    weight=round(sum(tie.weight for tie in alike), 3),
                    things=[thing_data(tie) for tie in alike],
                    evidence=[one for tie in alike for one in tie_evidence(tie, pair, words)],
                    awaited=next(
                        (iri for tie in alike for iri in pair if iri in tie.awaited), None
                    ),
                )
    for iri, weight in network.degree(weight="weight"):
        network.nodes[iri]["weight"] = round(float(weight), 2)
    return network


def things_network(store: Graph, words: Quotes) -> nx.Graph:
    """Return the network of departments and the tasks, things and obstacles that connect them."""
    network = projection.department_nodes(store)
    add_ties(network, ties(store), words)
    return network


def tasks_network(store: Graph, words: Quotes) -> nx.Graph:
    """Return the network of tasks that mention the same things."""
    network = projection.tasks_network(store)
    for one, other, edge in network.edges(data=True):
        named = edge["things"]
        edge["tie"] = "shared"
        edge["evidence"] = [
            proof | {"about": name}
            for iri, name, *_ in named
            for task in (one, other)
            for proof in words.mentions.get((iri, task), ())
        ]
        edge["things"] = [
            {"name": name, "kind": kind, "weight": weight, "tasks": []}
            for _, name, kind, weight in named
        ]
    return network


def streets_network(store: Graph, words: Quotes) -> nx.Graph:
    """Return the network of subdistricts, communities, roads and departments with tasks there."""
    network = projection.places_network(store, ("Subdistrict", "Community", "Road"))
    for one, other, edge in network.edges(data=True):
        place = other if network.nodes[one]["kind"] == "department" else one
        edge["tie"] = "mentions"
        edge["evidence"] = [
            proof for task in edge["subjects"] for proof in words.mentions.get((place, task), ())
        ]
    for part, whole in select(store, _WITHIN).rows:
        if part in network and whole in network:
            network.add_edge(part, whole, tie="within", weight=1.0, evidence=[])
    network.remove_nodes_from(list(nx.isolates(network)))
    return network


def categories_network(store: Graph, words: Quotes) -> nx.Graph:  # noqa: ARG001
    """Return the network of headings, the tasks under them and the responsible departments."""
    network: nx.Graph = nx.Graph()
    for iri, name, above in select(store, _HEADINGS).rows:
        network.add_node(iri, label=name, kind="category")
        if above:
            network.add_edge(iri, above, tie="category", weight=2.0, evidence=[])
    for task, name, heading in select(store, _UNDER).rows:
        network.add_node(task, label=name, kind="task")
        network.add_edge(task, heading, tie="category", weight=1.0, evidence=[])
    add_responsible(store, network)
    return network


_WITHIN = """SELECT ?part ?whole WHERE {
  ?part geo:sfWithin ?whole . ?whole a tkg:NamedThing } ORDER BY ?part ?whole"""
_HEADINGS = """SELECT ?iri ?name ?above WHERE {
  ?iri a tkg:Category ; skos:prefLabel ?name OPTIONAL { ?iri skos:broader ?above }
} ORDER BY DESC(BOUND(?above)) ?iri"""
_UNDER = """SELECT ?task ?name ?heading WHERE {
  ?task tkg:category ?heading ; rdfs:label ?name FILTER(LANG(?name) = "zh")
} ORDER BY ?task"""
