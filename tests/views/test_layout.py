from __future__ import annotations

import random
from itertools import combinations
from math import dist
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.stores.embedded import open_graph
from kg.views.communities import LARGEST, communities
from kg.views.layout import ASPECT, arrange, positions, radius
from kg.views.networks.catalogue import view
from kg.views.packing import pack
from tests.views.example_networks import rings

LARGEST_NODE = 2 * radius(1e9)


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    """Small graphs of any kind: empty, a node, trees, several parts, dense ones."""
    count = draw(st.integers(0, 24))
    pairs = list(combinations(range(count), 2))
    ties = draw(st.lists(st.sampled_from(pairs), max_size=60)) if pairs else []
    graph: nx.Graph = nx.Graph()
    for index in range(count):
        graph.add_node(f"urn:{index}", label="名" * draw(st.integers(0, 30)))
    graph.add_edges_from((f"urn:{first}", f"urn:{second}") for first, second in ties)
    return graph


@settings(max_examples=40)
@given(graphs())
def test_no_two_nodes_cover_each_other(graph: nx.Graph) -> None:
    spots = positions(graph)
    assert set(spots) == set(graph)
    for first, second in combinations(spots.values(), 2):
        assert dist(first, second) >= LARGEST_NODE - 1


@settings(max_examples=20)
@given(graphs(), st.randoms(use_true_random=False))
def test_the_same_graph_stands_in_the_same_places(graph: nx.Graph, chance: random.Random) -> None:
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges)
    chance.shuffle(nodes)
    chance.shuffle(edges)
    other: nx.Graph = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    assert positions(graph) == positions(other)


def test_the_real_network_fills_a_wide_page(store: Path) -> None:
    spots = positions(view(open_graph(store), "things").graph).values()
    width = max(x for x, _ in spots) - min(x for x, _ in spots)
    height = max(y for _, y in spots) - min(y for _, y in spots)
    assert 1 < width / height < 2.6


def test_a_large_network_stands_in_discs_that_do_not_meet() -> None:
    graph = rings(60, 8)
    spots, discs = arrange(graph)
    assert len(discs) > 20
    assert sorted(node for disc in discs for node in disc.members) == sorted(graph)
    for disc in discs:
        for node in disc.members:
            assert dist(spots[node], (disc.x, disc.y)) <= disc.radius
    for one, other in combinations(discs, 2):
        assert dist(one[1:3], other[1:3]) >= one.radius + other.radius
    for first, second in combinations(spots.values(), 2):
        assert dist(first, second) >= LARGEST_NODE - 1


@pytest.mark.parametrize(
    "graph",
    [nx.empty_graph(1200), nx.star_graph(1200), nx.path_graph(1200), nx.empty_graph(0)],
    ids=["no ties", "one centre", "a chain", "nothing"],
)
def test_odd_large_networks_are_divided_too(graph: nx.Graph) -> None:
    graph = nx.relabel_nodes(graph, {node: f"urn:{node:05}" for node in graph})
    found = communities(graph)
    assert sorted(node for group in found for node in group) == sorted(graph)
    assert all(len(group) <= LARGEST for group in found)
    spots = list(positions(graph).values())
    assert len({(round(x), round(y)) for x, y in spots}) == len(graph)


sizes = st.tuples(st.floats(1, 300), st.floats(1, 300))


@given(st.lists(sizes, max_size=25))
def test_packed_rectangles_do_not_overlap(rectangles: list[tuple[float, float]]) -> None:
    corners = pack(rectangles, ASPECT)
    boxes = [
        (x, y, x + width, y + height)
        for (x, y), (width, height) in zip(corners, rectangles, strict=True)
    ]
    for first, second in combinations(boxes, 2):
        apart = (
            first[2] <= second[0] + 1e-3
            or second[2] <= first[0] + 1e-3
            or first[3] <= second[1] + 1e-3
            or second[3] <= first[1] + 1e-3
        )
        assert apart, (first, second)
