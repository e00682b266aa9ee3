"""Communities of a large network, which a page shows folded at first."""

from __future__ import annotations

import networkx as nx

# Communities with more nodes are divided, so that an unfolded one can be displayed.
LARGEST = 250
_LOOSE = 4


def communities(graph: nx.Graph) -> list[list[str]]:
    """Return the communities of a graph, the largest first.

    They are found with the Louvain method (V. Blondel et al., *Fast unfolding of communities in
    large networks*, 2008) with a fixed seed and sorted nodes. Components with fewer than four nodes
    are merged into groups.
    """
    summed: dict[tuple[str, str], float] = {}
    for first, second, about in graph.edges(data=True):
        pair = (first, second) if first < second else (second, first)
        summed[pair] = summed.get(pair, 0.0) + float(about.get("weight", 1) or 1)
    whole: nx.Graph = nx.Graph()
    whole.add_nodes_from(graph)
    whole.add_weighted_edges_from((*pair, weight) for pair, weight in summed.items())
    parts = list(nx.connected_components(whole))
    loose = sorted(node for part in parts if len(part) < _LOOSE for node in part)
    tied = whole.subgraph(node for part in parts if len(part) >= _LOOSE for node in part)
    groups = [loose[at : at + LARGEST] for at in range(0, len(loose), LARGEST)]
    groups += _divide(tied)
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def _divide(graph: nx.Graph) -> list[list[str]]:
    """Divide a graph with the Louvain method, and too large communities again."""
    if not graph:
        return []
    ordered: nx.Graph = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_weighted_edges_from(
        sorted((*sorted(edge[:2]), edge[2]["weight"]) for edge in graph.edges(data=True))
    )
    found = [sorted(group) for group in nx.community.louvain_communities(ordered, seed=7)]
    groups: list[list[str]] = []
    for group in found:
        if len(group) <= LARGEST:
            groups.append(group)
        elif len(found) > 1:
            groups += _divide(ordered.subgraph(group))
        else:
            # There are no communities: divide the nodes in breadth-first order.
            walk = list(nx.bfs_tree(ordered, group[0], sort_neighbors=sorted))
            groups += [walk[at : at + LARGEST] for at in range(0, len(walk), LARGEST)]
    return groups
