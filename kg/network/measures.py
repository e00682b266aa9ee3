"""Measures of a network whose edges have weights: who is tied most, who goes between, what holds.

All algorithms are networkx's. They run on a copy with numbers for nodes, in the order of the names,
so that the same network gives the same figures whatever order it was made in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

# Above so many nodes betweenness is estimated from the ways that begin at so many of them.
EXACT = 1000
SAMPLE = 100
# So many fragile places at most are told with whom they cut off.
CUTS = 50
_SEED = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a node stands in its network.

    Attributes:
        name: The node.
        degree: How many others it is tied to.
        weighted_degree: The weights of its edges, added up.
        betweenness: The share of the shortest ways between two others that go over it.
        group: Number of its community, or None for a node without edges.
    """

    name: str
    degree: int
    weighted_degree: float
    betweenness: float
    group: int | None


@dataclass(frozen=True, slots=True)
class Cut:
    """One node (an articulation point) or two joined nodes (a bridge) that others hang on.

    Attributes:
        names: The node, or the two.
        cut_off: Who loses the rest of the network without it, each part by itself.
    """

    names: tuple[str, ...]
    cut_off: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a network.

    Attributes:
        standings: All nodes, the most tied first.
        sampled: From how many nodes betweenness is estimated, or None where it is exact.
        groups: The communities of nodes with edges, the largest first.
        modularity: How much more weight lies inside the communities than chance would put there.
        points: Articulation points; of more than `CUTS` those that most ways go over.
        point_count: How many there are.
        bridges: Bridges; of more than `CUTS` those whose ends most ways go over.
        bridge_count: How many there are.
    """

    standings: tuple[Standing, ...]
    sampled: int | None
    groups: tuple[tuple[str, ...], ...]
    modularity: float | None
    points: tuple[Cut, ...]
    point_count: int
    bridges: tuple[Cut, ...]
    bridge_count: int


def measure(network: nx.Graph) -> Measures:
    """Measure a network whose edges have a `weight` above zero.

    - Communities: the Louvain method (V. D. Blondel et al., *Fast unfolding of communities in large
      networks*, J. Stat. Mech. P10008, 2008), weighted, with a fixed seed; modularity as M. E. J.
      Newman defines it (*Analysis of weighted networks*, Phys. Rev. E 70, 056131, 2004).
    - Betweenness: see `betweenness`.
    - Bridges and articulation points: edges and nodes without which a component falls apart.

    >>> line = nx.Graph()
    >>> line.add_weighted_edges_from([("a", "b", 1.0), ("b", "c", 0.5)])
    >>> found = measure(line)
    >>> found.standings[0].name, found.standings[0].betweenness, found.points[0].cut_off
    ('b', 1.0, (('c',),))
    """
    plain, names = _plain(network)
    tied = plain.subgraph(sorted(node for node, degree in plain.degree() if degree)).copy()
    between, sampled = betweenness(tied)
    communities = _communities(tied)
    group = {node: number for number, nodes in enumerate(communities, 1) for node in nodes}
    standings = (
        Standing(
            names[node],
            plain.degree(node),
            round(float(plain.degree(node, weight="weight")), 3),
            round(float(between.get(node, 0.0)), 4),
            group.get(node),
        )
        for node in plain
    )
    points = sorted(nx.articulation_points(tied), key=lambda node: (-between[node], node))
    bridges = sorted(
        map(sorted, nx.bridges(tied)),
        key=lambda edge: (-sum(between[node] for node in edge), edge),
    )
    bare = nx.Graph(tied.edges)
    return Measures(
        tuple(sorted(standings, key=lambda one: (-one.weighted_degree, -one.degree, one.name))),
        sampled,
        tuple(_named(nodes, names) for nodes in communities),
        round(nx.community.modularity(tied, communities), 3) if communities else None,
        tuple(_cut(bare, (node,), list(tied.edges(node)), names) for node in points[:CUTS]),
        len(points),
        tuple(_cut(bare, tuple(edge), [tuple(edge)], names) for edge in bridges[:CUTS]),
        len(bridges),
    )


def communities(network: nx.Graph) -> tuple[tuple[str, ...], ...]:
    """Return the communities of the nodes that have edges, the largest first (see `measure`)."""
    plain, names = _plain(network)
    tied = plain.subgraph(sorted(node for node, degree in plain.degree() if degree)).copy()
    return tuple(_named(nodes, names) for nodes in _communities(tied))


def betweenness(network: nx.Graph) -> tuple[dict[int, float], int | None]:
    """Return the betweenness of each node, and from how many it is estimated (None: exact).

    Ways are counted by distance, and the distance of two that are joined is 1 ÷ weight: the
    stronger the tie, the nearer they are (M. E. J. Newman, *Scientific collaboration networks II*,
    Phys. Rev. E 64, 016132, 2001). Above `EXACT` nodes only the ways from `SAMPLE` of them are
    followed (U. Brandes and C. Pich, *Centrality estimation in large networks*, Int. J. Bifurcation
    and Chaos 17, 2303, 2007).
    """
    sampled = SAMPLE if len(network) > EXACT else None
    found = nx.betweenness_centrality(network, k=sampled, weight="distance", seed=_SEED)
    return found, sampled


def _plain(network: nx.Graph) -> tuple[nx.Graph, tuple[str, ...]]:
    """Return a copy with numbers for nodes, and the names that the numbers stand for."""
    names = tuple(sorted(network))
    number = {name: index for index, name in enumerate(names)}
    plain: nx.Graph = nx.Graph()
    plain.add_nodes_from(range(len(names)))
    edges = sorted(
        (*sorted((number[one], number[other])), weight)
        for one, other, weight in network.edges(data="weight")
    )
    for one, other, weight in edges:
        plain.add_edge(one, other, weight=weight, distance=1 / weight)
    return plain, names


def _communities(network: nx.Graph) -> list[list[int]]:
    if not network:
        return []
    return _by_size(nx.community.louvain_communities(network, weight="weight", seed=_SEED))


def _cut(
    network: nx.Graph,
    nodes: tuple[int, ...],
    edges: list[tuple[int, ...]],
    names: tuple[str, ...],
) -> Cut:
    """Return what is cut off, the largest part aside, where a network loses some edges.

    Args:
        network: The network; it is the same again afterwards.
        nodes: The node that loses all its edges, or the two that lose theirs.
        edges: These edges.
        names: What the nodes are called.
    """
    network.remove_edges_from(edges)
    parts: list[set[int]] = []
    for node in sorted({node for edge in edges for node in edge}):
        if nodes != (node,) and not any(node in part for part in parts):
            parts.append(nx.node_connected_component(network, node))
    network.add_edges_from(edges)
    return Cut(_named(nodes, names), tuple(_named(part, names) for part in _by_size(parts)[1:]))


def _by_size(parts: Iterable[set[int]]) -> list[list[int]]:
    return sorted(map(sorted, parts), key=lambda nodes: (-len(nodes), nodes))


def _named(nodes: Iterable[int], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(names[node] for node in nodes)
