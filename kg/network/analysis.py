"""Analyse how the departments of a graph are connected and who must coordinate with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from kg.graph.stores.protocol import Graph
from kg.network import projection
from kg.network.measures import Cut, measure
from kg.network.pairs import Dependency, dependencies, unexpected_dependencies
from kg.network.ties import ties
from kg.questions.sparql import select


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of departments and of pairs with ties.

    Attributes:
        departments: The number of departments.
        tied: The number of departments with ties.
        pairs: The number of pairs with ties.
        joint: Pairs with a joint task.
        shared: Pairs whose different tasks mention the same thing.
        waiting: Pairs of which one waits for the other.
        without_joint: Pairs with ties but without a joint task.
        components: The number of connected components of departments with ties.
    """

    departments: int
    tied: int
    pairs: int
    joint: int
    shared: int
    waiting: int
    without_joint: int
    components: int


@dataclass(frozen=True, slots=True)
class Department:
    """A department and its position in the network.

    Attributes:
        name: Its name, with its district if departments of several districts have the same name.
        iri: Its IRI.
        degree: The number of departments that it has ties with.
        weighted_degree: The sum of the weights of its ties.
        betweenness: The share of shortest paths between two others that pass through it.
        group: The number of its group, or None if it has no ties.
    """

    name: str
    iri: str
    degree: int
    weighted_degree: float
    betweenness: float
    group: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Departments with more ties among each other than with the rest.

    Attributes:
        number: Its number; the largest group is 1.
        size: The number of its members.
        members: Their names.
    """

    number: int
    size: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The analysis of a network of departments.

    Attributes:
        reports: The titles of the reports.
        overview: Counts of departments and ties.
        departments: All departments, those with the strongest ties first.
        betweenness_sampled: From how many departments betweenness is estimated; None if exact.
        groups: The communities, the largest first.
        modularity: How clearly the groups are separated: 0 as by chance, 1 at most.
        articulation_points: Departments whose removal disconnects others, with those cut off.
        articulation_point_count: The number of articulation points.
        bridges: Pairs whose tie connects two parts of the network, with those cut off without it.
        bridge_count: The number of bridges.
        must_talk: Pairs with strong ties but no joint task, the strongest first.
        surprising: Those of them that are unexpected.
        isolated: Departments without ties.
    """

    reports: tuple[str, ...]
    overview: Overview
    departments: tuple[Department, ...]
    betweenness_sampled: int | None
    groups: tuple[Group, ...]
    modularity: float | None
    articulation_points: tuple[Cut, ...]
    articulation_point_count: int
    bridges: tuple[Cut, ...]
    bridge_count: int
    must_talk: tuple[Dependency, ...]
    surprising: tuple[Dependency, ...]
    isolated: tuple[str, ...]


def analyse(store: Graph) -> Analysis:
    """Analyse the network of a graph's departments; `docs/analysis.md` explains the figures.

    Args:
        store: The graph.
    """
    network = department_network(store)
    found = measure(network)
    group = {node.name: node.group for node in found.nodes}
    headings = {
        (str(report), int(str(number))): str(name)
        for report, number, name in select(store, _HEADINGS).rows
    }
    pairs = dependencies(network, group, headings)
    return Analysis(
        tuple(str(title) for (title,) in select(store, _TITLES).rows),
        _build_overview(network),
        tuple(
            Department(
                one.name,
                network.nodes[one.name]["iri"],
                one.degree,
                one.weighted_degree,
                one.betweenness,
                one.group,
            )
            for one in found.nodes
        ),
        found.sampled,
        tuple(Group(n, len(names), names) for n, names in enumerate(found.groups, 1)),
        found.modularity,
        found.points,
        found.point_count,
        found.bridges,
        found.bridge_count,
        pairs,
        unexpected_dependencies(pairs),
        tuple(one.name for one in found.nodes if one.group is None),
    )


def department_network(store: Graph) -> nx.Graph:
    """Return the network of departments by name; nodes have an `iri`, edges have `ties`."""
    network = projection.departments_network(store, ties(store))
    for iri in network:
        network.nodes[iri]["iri"] = iri
    return nx.relabel_nodes(network, department_names(store))


def department_names(store: Graph) -> Mapping[str, str]:
    """Return the name of each department by IRI, with its district if the name is not unique."""
    found = [(str(iri), str(name), where) for iri, name, where in select(store, _NAMES).rows]
    same = Counter(name for _, name, _ in found)
    return {
        iri: name if same[name] == 1 else f"{name}（{where or iri}）" for iri, name, where in found
    }


def _build_overview(network: nx.Graph) -> Overview:
    kinds = [{tie.kind for tie in tied} for _, _, tied in network.edges(data="ties")]
    tied = [name for name, degree in network.degree() if degree]
    return Overview(
        departments=len(network),
        tied=len(tied),
        pairs=len(kinds),
        joint=sum("joint" in found for found in kinds),
        shared=sum("shared" in found for found in kinds),
        waiting=sum("waiting" in found for found in kinds),
        without_joint=sum("joint" not in found for found in kinds),
        components=nx.number_connected_components(network.subgraph(tied)),
    )


_TITLES = (
    "SELECT DISTINCT ?title WHERE { ?report a tkg:Report ; rdfs:label ?title } ORDER BY ?title"
)
_NAMES = """SELECT ?iri ?name (MIN(?place) AS ?where) WHERE {
  ?iri a tkg:Department ; skos:prefLabel ?name .
  OPTIONAL { ?authority org:hasUnit ?iri ; rdfs:label ?place }
} GROUP BY ?iri ?name ORDER BY ?name ?iri"""
_HEADINGS = """SELECT DISTINCT ?report ?number ?name WHERE {
  ?task a tkg:Task ; tkg:number ?number ; tkg:latestState/tkg:report/dcterms:identifier ?report ;
    tkg:category/skos:broader* ?heading .
  ?heading skos:prefLabel ?name FILTER NOT EXISTS { ?heading skos:broader ?any }
} ORDER BY ?report ?number ?name"""
