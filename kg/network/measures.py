"""Measures of a weighted network: degrees, betweenness, communities, bridges, articulation points.

All algorithms are from networkx. They run on a copy whose nodes are numbers in the order of their
names, so that the results do not depend on the order in which the network was built.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

# Above `EXACT` nodes betweenness is estimated from the paths that begin at `SAMPLE` of them.
EXACT = 1000
SAMPLE = 100
# Maximum number of articulation points and of bridges that are returned with those they cut off.
CUTS = 50
_SEED = 0


@dataclass(frozen=True, slots=True)
class NodeMeasures:
    """The measures of a node.

    Attributes:
        name: The node.
        degree: The number of its edges.
        weighted_degree: The sum of the weights of its edges.
        betweenness: The share of shortest paths between two others that pass through it.
        group: The number of its community, or None for a node without edges.
    """

    name: str
    degree: int
    weighted_degree: float
    betweenness: float
    group: int | None


@dataclass(frozen=True, slots=True)
class Cut:
    """A node (articulation point) or an edge (bridge) whose removal disconnects the network.

    Attributes:
        names: The node, or the two ends of the edge.
        cut_off: The nodes that are cut off from the largest part, part by part.
    """

    names: tuple[str, ...]
    cut_off: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a network.

    Attributes:
        nodes: All nodes, ordered by weighted degree.
        sampled: From how many nodes betweenness is estimated, or None if it is exact.
        groups: The communities of nodes with edges, the largest first.
        modularity: The modularity of the communities, or None without edges.
        points: Articulation points, at most `CUTS`, ordered by betweenness.
        point_count: The number of articulation points.
        bridges: Bridges, at most `CUTS`, ordered by the betweenness of their ends.
        bridge_count: The number of bridges.
    """

    nodes: tuple[NodeMeasures, ...]
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
    - Bridges and articulation points: edges and nodes whose removal disconnects a component.

    >>> line = nx.Graph()
    >>> line.add_weighted_edges_from([("a", "b", 1.0), ("b", "c", 0.5)])
    >>> found = measure(line)
    >>> found.nodes[0].name, found.nodes[0].betweenness, found.points[0].cut_off
    ('b', 1.0, (('c',),))
    """
    plain, names = _number_nodes(network)
    tied = plain.subgraph(sorted(node for node, degree in plain.degree() if degree)).copy()
    between, sampled = betweenness(tied)
    communities = _find_communities(tied)
    group = {node: number for number, nodes in enumerate(communities, 1) for node in nodes}
    standings = (
        NodeMeasures(
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
        tuple(_node_names(nodes, names) for nodes in communities),
        round(nx.community.modularity(tied, communities), 3) if communities else None,
        tuple(
            _find_cut_off(bare, (node,), list(tied.edges(node)), names) for node in points[:CUTS]
        ),
        len(points),
        tuple(_find_cut_off(bare, tuple(edge), [tuple(edge)], names) for edge in bridges[:CUTS]),
        len(bridges),
    )


def communities(network: nx.Graph) -> tuple[tuple[str, ...], ...]:
    """Return the communities of the nodes with edges, the largest first (see `measure`)."""
    plain, names = _number_nodes(network)
    tied = plain.subgraph(sorted(node for node, degree in plain.degree() if degree)).copy()
    return tuple(_node_names(nodes, names) for nodes in _find_communities(tied))


def betweenness(network: nx.Graph) -> tuple[dict[int, float], int | None]:
    """Return the betweenness of each node, and from how many nodes it is estimated (None: exact).

    The length of an edge is 1 ÷ weight, so that strong ties are short (M. E. J. Newman, *Scientific
    collaboration networks II*, Phys. Rev. E 64, 016132, 2001). Above `EXACT` nodes only the paths
    from `SAMPLE` of them are used (U. Brandes and C. Pich, *Centrality estimation in large
    networks*, Int. J. Bifurcation and Chaos 17, 2303, 2007).
    """
    sampled = SAMPLE if len(network) > EXACT else None
    found = nx.betweenness_centrality(network, k=sampled, weight="distance", seed=_SEED)
    return found, sampled


def _number_nodes(network: nx.Graph) -> tuple[nx.Graph, tuple[str, ...]]:
    """Return a copy of a network with numbers as nodes, and the names of the nodes by number."""
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


def _find_communities(network: nx.Graph) -> list[list[int]]:
    if not network:
        return []
    return _sort_by_size(nx.community.louvain_communities(network, weight="weight", seed=_SEED))


def _find_cut_off(
    network: nx.Graph,
    nodes: tuple[int, ...],
    edges: list[tuple[int, ...]],
    names: tuple[str, ...],
) -> Cut:
    """Return the parts, except the largest, that are cut off if edges are removed.

    Args:
        network: The network; it is restored afterwards.
        nodes: The articulation point, or the two ends of the bridge.
        edges: The edges to remove.
        names: The names of the nodes.
    """
    network.remove_edges_from(edges)
    parts: list[set[int]] = []
    for node in sorted({node for edge in edges for node in edge}):
        if nodes != (node,) and not any(node in part for part in parts):
            parts.append(nx.node_connected_component(network, node))
    network.add_edges_from(edges)
    return Cut(
        _node_names(nodes, names),
        tuple(_node_names(part, names) for part in _sort_by_size(parts)[1:]),
    )


def _sort_by_size(parts: Iterable[set[int]]) -> list[list[int]]:
    return sorted(map(sorted, parts), key=lambda nodes: (-len(nodes), nodes))


def _node_names(nodes: Iterable[int], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(names[node] for node in nodes)
