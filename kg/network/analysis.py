"""The analysis of a graph's departments: how they are tied, and who must talk to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from kg.graph.protocol import Graph
from kg.network import projection
from kg.network.measures import Cut, measure
from kg.network.pairs import Dependency, dependencies, surprising
from kg.network.ties import ties
from kg.questions.sparql import select


@dataclass(frozen=True, slots=True)
class Overview:
    """How many departments are tied, and how.

    Attributes:
        departments: All departments.
        tied: Those that are tied to another.
        pairs: Pairs of departments that are tied.
        joint: Pairs that answer for a task together.
        shared: Pairs whose different tasks name the same thing.
        waiting: Pairs of which one waits for the other.
        without_joint: Pairs that are tied and answer for no task together.
        components: Into how many parts that nothing joins the tied departments fall.
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
    """A department and where it stands.

    Attributes:
        name: Its name; with its district where departments of several have the same.
        iri: Its IRI.
        degree: How many others it is tied to.
        weighted_degree: The weights of its ties, added up.
        betweenness: The share of the shortest ways between two others that go over it.
        group: Number of its group, or None where it is tied to nobody.
    """

    name: str
    iri: str
    degree: int
    weighted_degree: float
    betweenness: float
    group: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Departments that are tied to each other more than to the rest.

    Attributes:
        number: Its number; the largest is 1.
        size: How many departments it has.
        members: Their names.
    """

    number: int
    size: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the network of departments tells.

    Attributes:
        reports: Titles of the reports.
        overview: How many departments are tied, and how.
        departments: All departments, the most tied first.
        betweenness_sampled: From how many departments betweenness is estimated; None: exact.
        groups: The communities, the largest first.
        modularity: How clearly the groups stand apart: 0 as by chance, 1 at most.
        articulation_points: Departments without which others lose touch, with whom they cut off.
        articulation_point_count: How many there are.
        bridges: Pairs that hold two parts together, with whom they would cut off.
        bridge_count: How many there are.
        must_talk: Pairs with strong ties and no task together, the strongest first.
        surprising: Those of them that nobody would expect.
        isolated: Departments that are tied to nobody.
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
    """Analyse the network of a graph's departments; `docs/analysis.md` tells what it means.

    Args:
        store: The graph.
    """
    network = department_network(store)
    found = measure(network)
    group = {one.name: one.group for one in found.standings}
    headings = {
        (str(report), int(str(number))): str(name)
        for report, number, name in select(store, _HEADINGS).rows
    }
    pairs = dependencies(network, group, headings)
    return Analysis(
        tuple(str(title) for (title,) in select(store, _TITLES).rows),
        _overview(network),
        tuple(
            Department(
                one.name,
                network.nodes[one.name]["iri"],
                one.degree,
                one.weighted_degree,
                one.betweenness,
                one.group,
            )
            for one in found.standings
        ),
        found.sampled,
        tuple(Group(n, len(names), names) for n, names in enumerate(found.groups, 1)),
        found.modularity,
        found.points,
        found.point_count,
        found.bridges,
        found.bridge_count,
        pairs,
        surprising(pairs),
        tuple(one.name for one in found.standings if one.group is None),
    )


def department_network(store: Graph) -> nx.Graph:
    """Return the departments of a graph by name, each with its `iri`, joined by what ties them."""
    network = projection.departments(store, ties(store))
    for iri in network:
        network.nodes[iri]["iri"] = iri
    return nx.relabel_nodes(network, department_names(store))


def department_names(store: Graph) -> Mapping[str, str]:
    """Return a name for each department, by IRI: with its district where it is not the only one."""
    found = [(str(iri), str(name), where) for iri, name, where in select(store, _NAMES).rows]
    same = Counter(name for _, name, _ in found)
    return {
        iri: name if same[name] == 1 else f"{name}（{where or iri}）" for iri, name, where in found
    }


def _overview(network: nx.Graph) -> Overview:
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
