"""Where the nodes of a network stand on its page, computed before it is opened."""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

# The room that a node takes with its label, in pixels of the page.
_ROOM = np.array([170.0, 92.0])
_PUSHES = 300
_COLUMNS = 10


def positions(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """Return where each node stands, the same for the same graph.

    Each connected part is laid out by force (T. Fruchterman, E. Reingold, 1991), then nodes that
    would cover each other are pushed apart. Below the largest part stand the others, and then,
    in rows, what is tied to nothing.
    """
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    placed: dict[str, tuple[float, float]] = {}
    left = top = 0.0
    for part in (part for part in parts if len(part) > 1):
        nodes = sorted(part)
        spots = _part(graph, nodes)
        spots -= spots.min(axis=0)
        for node, (x, y) in zip(nodes, spots, strict=True):
            placed[node] = (round(left + float(x), 1), round(top + float(y), 1))
        if top:
            left += float(spots[:, 0].max()) + 2 * float(_ROOM[0])
        else:
            top = float(spots[:, 1].max()) + 2 * float(_ROOM[1])
    bottom = max((y for _, y in placed.values()), default=0.0) + 2 * float(_ROOM[1])
    alone = sorted(node for node in graph if node not in placed)
    for index, node in enumerate(alone):
        row, column = divmod(index, _COLUMNS)
        placed[node] = (column * float(_ROOM[0]), bottom + row * float(_ROOM[1]))
    return placed


def _part(graph: nx.Graph, nodes: list[str]) -> NDArray[np.float64]:
    ordered: nx.Graph = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted(tuple(sorted(e)) for e in graph.subgraph(nodes).edges))
    found = nx.spring_layout(ordered, seed=7, iterations=200, k=3 / len(nodes) ** 0.5)
    spots = np.array([found[node] for node in nodes], dtype=np.float64)
    return _apart(spots * _ROOM * len(nodes) ** 0.5 * 0.6)


def _apart(spots: NDArray[np.float64]) -> NDArray[np.float64]:
    """Push nodes apart until none stands in the room of another, or the pushes are used up."""
    for _ in range(_PUSHES):
        gaps = spots[:, None, :] - spots[None, :, :]
        overlap = _ROOM - np.abs(gaps)
        both = (overlap > 0).all(axis=2) & ~np.eye(len(spots), dtype=bool)
        if not both.any():
            break
        # Along the axis on which less is missing, half the way each; ties go by order.
        shorter = (overlap / _ROOM).argmin(axis=2)
        side = np.sign(gaps)
        order = np.sign(np.arange(len(spots))[:, None] - np.arange(len(spots))[None, :])
        side = np.where(side == 0, order[:, :, None], side)
        push = np.zeros_like(gaps)
        for axis in (0, 1):
            chosen = both & (shorter == axis)
            push[:, :, axis] = np.where(chosen, side[:, :, axis] * overlap[:, :, axis] / 2, 0)
        spots = spots + push.sum(axis=1) * 0.5
    return spots
