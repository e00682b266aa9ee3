"""Where the nodes of a network stand on its page, computed before it is opened.

All is deterministic: the same graph stands in the same places, whatever the order of its nodes.
Small graphs are laid out as a whole; large ones by communities, each a disc (`communities`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.views.communities import communities
from kg.views.packing import pack

# Up to here a graph is laid out as a whole, and its nodes have room for their labels.
WHOLE = 300
# What a page's picture is wide for its height.
ASPECT = 1.55
# Room for a node in a disc: the largest node, and a gap.
_PITCH = 64.0
_PUSHES = 160
_STEPS = 80
# Inside a disc only rings and angles are taken from it.
_STEPS_IN_DISC = 12

Array = NDArray[np.float64]
Spot = tuple[float, float]


class Disc(NamedTuple):
    """A community of nodes and the disc in which they stand."""

    members: tuple[str, ...]
    x: float
    y: float
    radius: float


def radius(weight: float) -> float:
    """Return how large a node of this weight is drawn, in pixels: its area grows with weight.

    >>> radius(0), radius(9), radius(1000)
    (8.0, 14.0, 24.0)
    """
    return float(min(8 + 2 * max(weight, 0) ** 0.5, 24.0))


def arrange(graph: nx.Graph) -> tuple[dict[str, Spot], list[Disc]]:
    """Return where each node stands, and, for a large graph, the discs of its communities."""
    if len(graph) <= WHOLE:
        return _place(graph, {node: _room(graph.nodes[node]) for node in graph}), []
    groups = communities(graph)
    spots, centres = _by_groups(graph, groups, _PITCH)
    return spots, [
        Disc(tuple(group), round(x, 1), round(y, 1), round(_rings_radius(len(group), _PITCH), 1))
        for group, (x, y) in zip(groups, centres, strict=True)
    ]


def positions(graph: nx.Graph) -> dict[str, Spot]:
    """Return where each node stands, in pixels."""
    return arrange(graph)[0]


def _room(about: Mapping[str, object]) -> Spot:
    """Return the room that a node takes with its label: labels are cut at 16 characters."""
    text = min(max(len(str(about.get("label", ""))), 4), 16)
    return text * 12.0 + 24, 66.0


def _place(graph: nx.Graph, rooms: Mapping[str, Spot]) -> dict[str, Spot]:
    """Lay out each connected part, and pack the parts side by side."""
    parts = sorted((sorted(part) for part in nx.connected_components(nx.Graph(graph))), key=str)
    laid = [_part(graph, part, np.array([rooms[node] for node in part])) for part in parts]
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


def _by_groups(
    graph: nx.Graph, groups: Sequence[Sequence[str]], pitch: float
) -> tuple[dict[str, Spot], list[Spot]]:
    """Lay out groups as discs, and inside each its nodes; return their places and the centres.

    Between groups the same is done as between nodes: they are nodes of a smaller graph.
    """
    of = {node: index for index, group in enumerate(groups) for node in group}
    # Names with leading noughts, so that their order is the order of the groups.
    names = [f"{index:06}" for index in range(len(groups))]
    between: nx.Graph = nx.Graph()
    between.add_nodes_from(names)
    for first, second in graph.edges():
        one, two = names[of[first]], names[of[second]]
        if one != two:
            known = between.get_edge_data(one, two, {"weight": 0})["weight"]
            between.add_edge(one, two, weight=known + 1)
    widths = {
        name: 2 * _rings_radius(len(group), pitch) + pitch
        for name, group in zip(names, groups, strict=True)
    }
    if len(groups) <= WHOLE:
        found = _place(between, {name: (width, width) for name, width in widths.items()})
    else:
        found, _ = _by_groups(between, communities(between), max(widths.values()))
    centres = [found[name] for name in names]
    spots = {}
    for group, centre in zip(groups, centres, strict=True):
        for node, (x, y) in zip(group, _rings(graph, group, pitch) + centre, strict=True):
            spots[node] = (round(float(x), 1), round(float(y), 1))
    return {node: spots[node] for node in sorted(spots)}, centres


def _part(graph: nx.Graph, nodes: list[str], rooms: Array) -> Array:
    """Lay out one connected part: by stress, turned and stretched to the page, then apart."""
    spots = _stress(graph, nodes)
    if len(nodes) > 2:
        # The longest way through the picture becomes its width.
        spots = spots @ np.linalg.svd(spots, full_matrices=False)[2].T
    extent = np.ptp(spots, axis=0) if len(nodes) > 1 else np.ones(2)
    stretch = float(np.clip((extent[0] / max(extent[1], 1e-9) / ASPECT) ** 0.5, 0.7, 1.4))
    spots *= np.array([1 / stretch, stretch])
    area = float(np.prod(np.maximum(np.ptp(spots, axis=0), 0.5)))
    spots *= (1.3 * float(rooms.prod(axis=1).sum()) / area) ** 0.5
    return _clear(_apart(spots, rooms), float(min(rooms.min(), 56.0)))


def _stress(graph: nx.Graph, nodes: Sequence[str], rounds: int = _STEPS) -> Array:
    """Return places whose distances are as near as can be to the steps between nodes.

    Stress majorization (E. Gansner, Y. Koren, S. North, *Graph Drawing by Stress Majorization*,
    2004), begun from classical scaling. Of n nodes it takes n by n numbers, so it is for hundreds.
    """
    count = len(nodes)
    steps = _steps(graph, nodes)
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


def _steps(graph: nx.Graph, nodes: Sequence[str]) -> Array:
    """Return how many ties lie between each two nodes; what is not tied is one step too far."""
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


def _apart(spots: Array, rooms: Array) -> Array:
    """Push nodes apart until none stands in the room of another, or the pushes are used up."""
    order = np.sign(np.arange(len(spots))[:, None] - np.arange(len(spots))[None, :])
    wanted = (rooms[:, None, :] + rooms[None, :, :]) / 2
    for _ in range(_PUSHES):
        gaps = spots[:, None, :] - spots[None, :, :]
        overlap = wanted - np.abs(gaps)
        both = (overlap > 0.5).all(axis=2) & (order != 0)
        if not both.any():
            break
        # Along the axis on which less is missing, half the way each; ties go by order.
        shorter = (overlap / wanted).argmin(axis=2)
        push = np.zeros_like(gaps)
        for axis in (0, 1):
            side = np.sign(gaps[:, :, axis])
            side = np.where(side == 0, order, side)
            chosen = both & (shorter == axis)
            push[:, :, axis] = np.where(chosen, side * overlap[:, :, axis] / 2, 0)
        spots = spots + push.sum(axis=1) * 0.5
    return spots


def _clear(spots: Array, least: float) -> Array:
    """Widen the picture until no two nodes are nearer than the largest node is wide."""
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


def _rings_radius(count: int, pitch: float) -> float:
    """Return how far the outermost node stands from the centre: ring k holds 6k nodes."""
    ring = 0
    while 1 + 3 * ring * (ring + 1) < count:
        ring += 1
    return ring * pitch + pitch / 2


def _rings(graph: nx.Graph, nodes: Sequence[str], pitch: float) -> Array:
    """Stand nodes on rings around a centre, near to where stress would have them.

    No two stand nearer than `pitch`, and the disc is full: the radius that stress gives decides
    which ring, the angle which place on it.
    """
    wanted = _stress(graph, nodes, _STEPS_IN_DISC)
    far = np.round(np.hypot(wanted[:, 0], wanted[:, 1]), 6)
    inwards = sorted(range(len(nodes)), key=lambda at: (far[at], at))
    spots = np.zeros((len(nodes), 2))
    ring, start = 0, 0
    while start < len(inwards):
        chosen = inwards[start : start + max(6 * ring, 1)]
        angle = np.arctan2(wanted[chosen, 1], wanted[chosen, 0])
        turn = angle.argsort(kind="stable")
        places = np.arange(len(chosen)) * 2 * np.pi / len(chosen)
        # Turned so that nodes are, in the mean, where they would be.
        shift = float(np.angle(np.exp(1j * (angle[turn] - places)).sum()))
        for at, place in zip(turn, places + shift, strict=True):
            spots[chosen[int(at)]] = ring * pitch * np.array([np.cos(place), np.sin(place)])
        start += len(chosen)
        ring += 1
    return spots
