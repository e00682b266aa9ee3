"""Compute the positions of the nodes of a page.

The layout is deterministic and does not depend on the order of the nodes. Small graphs are laid out
as a whole, large ones by communities, each in a disc (see `communities`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.views.communities import communities
from kg.views.packing import pack

# Maximum number of nodes of a graph that is laid out as a whole, with room for labels.
LARGEST_WHOLE = 300
# The ratio of width to height of a layout.
ASPECT = 1.55
# The distance of nodes in a disc: the largest node and a gap.
_PITCH = 64.0
_PUSHES = 160
_STEPS = 80
# Fewer steps inside a disc, where only the ring and the angle are used.
_STEPS_IN_DISC = 12

Array = NDArray[np.float64]
Spot = tuple[float, float]


class Disc(NamedTuple):
    """A community of nodes and its disc."""

    members: tuple[str, ...]
    x: float
    y: float
    radius: float


def radius(weight: float) -> float:
    """Return the radius of a node in pixels; the area grows with the weight.

    >>> radius(0), radius(9), radius(1000)
    (8.0, 14.0, 24.0)
    """
    return float(min(8 + 2 * max(weight, 0) ** 0.5, 24.0))


def arrange(graph: nx.Graph) -> tuple[dict[str, Spot], list[Disc]]:
    """Return the position of each node and, for a large graph, the discs of its communities."""
    if len(graph) <= LARGEST_WHOLE:
        return _lay_out_parts(graph, {node: _label_room(graph.nodes[node]) for node in graph}), []
    groups = communities(graph)
    spots, centres = _lay_out_groups(graph, groups, _PITCH)
    return spots, [
        Disc(tuple(group), round(x, 1), round(y, 1), round(_disc_radius(len(group), _PITCH), 1))
        for group, (x, y) in zip(groups, centres, strict=True)
    ]


def positions(graph: nx.Graph) -> dict[str, Spot]:
    """Return the position of each node in pixels."""
    return arrange(graph)[0]


def _label_room(about: Mapping[str, object]) -> Spot:
    """Return the size of a node with its label, which is shortened to 16 characters."""
    text = min(max(len(str(about.get("label", ""))), 4), 16)
    return text * 12.0 + 24, 66.0


def _lay_out_parts(graph: nx.Graph, rooms: Mapping[str, Spot]) -> dict[str, Spot]:
    """Lay out each connected component, and pack the components side by side."""
    parts = sorted((sorted(part) for part in nx.connected_components(nx.Graph(graph))), key=str)
    laid = [_lay_out_part(graph, part, np.array([rooms[node] for node in part])) for part in parts]
    sizes = []
    for part, spots in zip(parts, laid, strict=True):
        half = np.array([rooms[node] for node in part]) / 2
        spots -= (spots - half).min(axis=0)
        sizes.append(tuple((spots + half).max(axis=0)))
    placed: dict[str, Spot] = {}
    for part, spots, corner in zip(parts, laid, pack(sizes, ASPECT), strict=True):
        for node, (x, y) in zip(part, spots + corner, strict=True):
            placed[node] = (round(float(x), 1), round(float(y), 1))
    return {node: placed[node] for node in sorted(placed)}


def _lay_out_groups(
    graph: nx.Graph, groups: Sequence[Sequence[str]], pitch: float
) -> tuple[dict[str, Spot], list[Spot]]:
    """Lay out groups as discs, and the nodes inside each; return their positions and the centres.

    The groups are laid out as the nodes of a smaller graph.
    """
    of = {node: index for index, group in enumerate(groups) for node in group}
    # Names with leading zeros sort in the order of the groups.
    names = [f"{index:06}" for index in range(len(groups))]
    between: nx.Graph = nx.Graph()
    between.add_nodes_from(names)
    for first, second in graph.edges():
        one, two = names[of[first]], names[of[second]]
        if one != two:
            known = between.get_edge_data(one, two, {"weight": 0})["weight"]
            between.add_edge(one, two, weight=known + 1)
    widths = {
        name: 2 * _disc_radius(len(group), pitch) + pitch
        for name, group in zip(names, groups, strict=True)
    }
    if len(groups) <= LARGEST_WHOLE:
        found = _lay_out_parts(between, {name: (width, width) for name, width in widths.items()})
    else:
        found, _ = _lay_out_groups(between, communities(between), max(widths.values()))
    centres = [found[name] for name in names]
    spots = {}
    for group, centre in zip(groups, centres, strict=True):
        for node, (x, y) in zip(
            group, _lay_out_on_rings(graph, group, pitch) + centre, strict=True
        ):
            spots[node] = (round(float(x), 1), round(float(y), 1))
    return {node: spots[node] for node in sorted(spots)}, centres


def _lay_out_part(graph: nx.Graph, nodes: list[str], rooms: Array) -> Array:
    """Lay out a connected component by stress; rotate it, stretch it and remove overlaps."""
    spots = _lay_out_by_stress(graph, nodes)
    if len(nodes) > 2:
        # Rotate the longest axis to the horizontal.
        spots = spots @ np.linalg.svd(spots, full_matrices=False)[2].T
    extent = np.ptp(spots, axis=0) if len(nodes) > 1 else np.ones(2)
    stretch = float(np.clip((extent[0] / max(extent[1], 1e-9) / ASPECT) ** 0.5, 0.7, 1.4))
    spots *= np.array([1 / stretch, stretch])
    area = float(np.prod(np.maximum(np.ptp(spots, axis=0), 0.5)))
    spots *= (1.3 * float(rooms.prod(axis=1).sum()) / area) ** 0.5
    return _enlarge(_push_apart(spots, rooms), float(min(rooms.min(), 56.0)))


def _lay_out_by_stress(graph: nx.Graph, nodes: Sequence[str], rounds: int = _STEPS) -> Array:
    """Return positions whose distances approximate the graph distances between nodes.

    Stress majorization (E. Gansner, Y. Koren, S. North, *Graph Drawing by Stress Majorization*,
    2004), starting from classical scaling. It needs n × n numbers, so it is meant for hundreds of
    nodes.
    """
    count = len(nodes)
    steps = _distances(graph, nodes)
    noise = np.random.default_rng(7).normal(scale=0.05, size=(count, 2))
    if count < 3:
        line: Array = np.arange(count)[:, None] * np.array([1.0, 0.0])
        return line
    squares = -0.5 * steps**2
    squares -= squares.mean(axis=0)
    squares -= squares.mean(axis=1)[:, None]
    values, vectors = np.linalg.eigh(squares)
    spots: Array = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1e-9)) + noise
    weights = (steps + np.eye(count)) ** -2 - np.eye(count)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1 / count) - 1 / count
    for _ in range(rounds):
        gaps = spots[:, None, :] - spots[None, :, :]
        far = np.sqrt((gaps**2).sum(axis=2)) + np.eye(count) + 1e-9
        pull = -weights * steps / far
        np.fill_diagonal(pull, 0)
        pull -= np.diag(pull.sum(axis=1))
        spots = inverse @ (pull @ spots)
    centred: Array = spots - spots.mean(axis=0)
    return centred


def _distances(graph: nx.Graph, nodes: Sequence[str]) -> Array:
    """Return the graph distances between nodes; unconnected nodes get the maximum plus one."""
    index = {node: at for at, node in enumerate(nodes)}
    near: nx.Graph = nx.Graph()
    near.add_nodes_from(nodes)
    near.add_edges_from(edge for edge in graph.edges(nodes) if edge[1] in index)
    steps = np.full((len(nodes), len(nodes)), -1.0)
    for node, found in nx.all_pairs_shortest_path_length(near):
        for other, far in found.items():
            steps[index[node], index[other]] = far
    steps[steps < 0] = steps.max(initial=1.0) + 1
    return steps


def _push_apart(spots: Array, rooms: Array) -> Array:
    """Push nodes apart until none overlap, at most `_PUSHES` times."""
    order = np.sign(np.arange(len(spots))[:, None] - np.arange(len(spots))[None, :])
    wanted = (rooms[:, None, :] + rooms[None, :, :]) / 2
    for _ in range(_PUSHES):
        gaps = spots[:, None, :] - spots[None, :, :]
        overlap = wanted - np.abs(gaps)
        both = (overlap > 0.5).all(axis=2) & (order != 0)
        if not both.any():
            break
        # Move both nodes by half of the overlap along the axis where it is smaller.
        shorter = (overlap / wanted).argmin(axis=2)
        push = np.zeros_like(gaps)
        for axis in (0, 1):
            side = np.sign(gaps[:, :, axis])
            side = np.where(side == 0, order, side)
            chosen = both & (shorter == axis)
            push[:, :, axis] = np.where(chosen, side * overlap[:, :, axis] / 2, 0)
        spots = spots + push.sum(axis=1) * 0.5
    return spots


def _enlarge(spots: Array, least: float) -> Array:
    """Enlarge the layout until no two nodes are nearer than the width of the largest node."""
    if len(spots) < 2:
        return spots
    while True:
        gaps = spots[:, None, :] - spots[None, :, :]
        nearest = float((np.sqrt((gaps**2).sum(axis=2)) + np.eye(len(spots)) * 1e9).min())
        if nearest >= least:
            return spots
        if nearest < 1:
            spots = spots + np.random.default_rng(7).normal(scale=2, size=spots.shape)
        spots = spots * min(max(least / max(nearest, 1.0), 1.02), 1.25)


def _disc_radius(count: int, pitch: float) -> float:
    """Return the radius of a disc with a number of nodes, where ring k has 6k nodes."""
    ring = 0
    while 1 + 3 * ring * (ring + 1) < count:
        ring += 1
    return ring * pitch + pitch / 2


def _lay_out_on_rings(graph: nx.Graph, nodes: Sequence[str], pitch: float) -> Array:
    """Place nodes on rings around a centre, near their positions in a layout by stress.

    The radius in that layout determines the ring, the angle the place on it. Nodes are at least
    `pitch` apart, and the disc is filled.
    """
    wanted = _lay_out_by_stress(graph, nodes, _STEPS_IN_DISC)
    far = np.round(np.hypot(wanted[:, 0], wanted[:, 1]), 6)
    inwards = sorted(range(len(nodes)), key=lambda at: (far[at], at))
    spots = np.zeros((len(nodes), 2))
    ring, start = 0, 0
    while start < len(inwards):
        chosen = inwards[start : start + max(6 * ring, 1)]
        angle = np.arctan2(wanted[chosen, 1], wanted[chosen, 0])
        turn = angle.argsort(kind="stable")
        places = np.arange(len(chosen)) * 2 * np.pi / len(chosen)
        # Rotate the ring so that the mean angle stays the same.
        shift = float(np.angle(np.exp(1j * (angle[turn] - places)).sum()))
        for at, place in zip(turn, places + shift, strict=True):
            spots[chosen[int(at)]] = ring * pitch * np.array([np.cos(place), np.sin(place)])
        start += len(chosen)
        ring += 1
    return spots
