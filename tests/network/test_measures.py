from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.network import measures
from kg.network.measures import Cut, measure

Edges = dict[tuple[int, int], float]

EDGES: st.SearchStrategy[Edges] = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.25, 0.5, 1.0, 3.0]),
    max_size=18,
)


def network(edges: Edges, shuffled: int | None = None) -> nx.Graph:
    """Return a network of the departments 0 to 9, made in any order."""
    nodes = [str(node) for node in range(10)]
    told = [(str(one), str(other), weight) for (one, other), weight in edges.items()]
    if shuffled is not None:
        rng = random.Random(shuffled)
        rng.shuffle(nodes)
        rng.shuffle(told)
    made: nx.Graph = nx.Graph()
    made.add_nodes_from(nodes)
    made.add_weighted_edges_from(told)
    return made


def test_measures_worked_out_by_hand() -> None:
    # Two triangles (0 1 2) and (4 5 6), joined by 3 between 2 and 4; 7, 8 and 9 alone.
    edges = {
        **{(0, 1): 1.0, (0, 2): 1.0, (1, 2): 1.0},
        **{(2, 3): 0.5, (3, 4): 0.5},
        **{(4, 5): 1.0, (4, 6): 1.0, (5, 6): 1.0},
    }
    found = measure(network(edges))
    standing = {one.name: one for one in found.nodes}
    assert (standing["2"].degree, standing["2"].weighted_degree) == (3, 2.5)
    # All 9 ways between {0, 1, 2} and {4, 5, 6} go over 3, of 15 pairs of the six others.
    assert standing["3"].betweenness == 0.6
    # Over 2 go those from 0 and 1 to 3, 4, 5 and 6.
    assert standing["2"].betweenness == pytest.approx(8 / 15, abs=1e-4)
    assert standing["7"].group is None
    assert {frozenset(group) for group in found.groups} in (
        {frozenset("0123"), frozenset("456")},
        {frozenset("012"), frozenset("3456")},
    )
    assert found.points == (
        Cut(("3",), (("4", "5", "6"),)),
        Cut(("2",), (("0", "1"),)),
        Cut(("4",), (("5", "6"),)),
    )
    assert found.bridges == (
        Cut(("2", "3"), (("0", "1", "2"),)),
        Cut(("3", "4"), (("4", "5", "6"),)),
    )


def test_the_stronger_way_is_the_nearer() -> None:
    # 0–2 directly weighs 0.25 (distance 4); over 1 it is 1 + 1.
    found = measure(network({(0, 1): 1.0, (1, 2): 1.0, (0, 2): 0.25}))
    assert {one.name: one.betweenness for one in found.nodes}["1"] == 1.0


def test_modularity_by_hand() -> None:
    # Two pairs that nothing joins: all weight inside, half of it in each: 1 − 2 × (1/2)².
    found = measure(network({(0, 1): 1.0, (2, 3): 1.0}))
    assert found.groups == (("0", "1"), ("2", "3"))
    assert found.modularity == 0.5


@pytest.mark.parametrize("nodes", [0, 1, 3])
def test_networks_without_edges(nodes: int) -> None:
    empty: nx.Graph = nx.Graph()
    empty.add_nodes_from(map(str, range(nodes)))
    found = measure(empty)
    assert len(found.nodes) == nodes
    assert all(one.betweenness == one.degree == 0 for one in found.nodes)
    assert (found.groups, found.modularity, found.points, found.bridges) == ((), None, (), ())


@given(EDGES)
def test_what_is_said_to_cut_does_cut(edges: Edges) -> None:
    made = network(edges)
    found = measure(made)
    for cut in (*found.points, *found.bridges):
        rest = made.copy()
        if len(cut.names) == 1:
            rest.remove_node(*cut.names)
        else:
            rest.remove_edge(*cut.names)
        component = nx.node_connected_component(made, cut.names[0])
        parts = {frozenset(part) for part in nx.connected_components(rest) if part & component}
        assert {frozenset(part) for part in cut.cut_off} < parts
        (left,) = parts.difference(map(frozenset, cut.cut_off))
        assert all(len(part) <= len(left) for part in cut.cut_off)
    assert found.bridge_count == len(list(nx.bridges(made)))
    assert found.point_count == len(list(nx.articulation_points(made)))


@given(EDGES)
def test_every_tied_node_is_in_one_group_with_shares_below_one(edges: Edges) -> None:
    made = network(edges)
    found = measure(made)
    tied = sorted(name for name, degree in made.degree() if degree)
    assert sorted(name for group in found.groups for name in group) == tied
    assert all(0 <= one.betweenness <= 1 for one in found.nodes)
    total = sum(edges.values())
    assert sum(one.weighted_degree for one in found.nodes) == pytest.approx(2 * total)


@given(EDGES, st.integers(0, 99))
def test_the_order_in_which_a_network_is_made_does_not_matter(edges: Edges, seed: int) -> None:
    assert measure(network(edges)) == measure(network(edges, shuffled=seed))


def test_above_a_size_betweenness_is_estimated_and_says_so() -> None:
    star: nx.Graph = nx.star_graph(measures.EXACT)
    nx.relabel_nodes(star, {node: f"{node:04}" for node in list(star)}, copy=False)
    nx.set_edge_attributes(star, 1.0, "weight")
    found = measure(star)
    assert found.sampled == measures.SAMPLE
    assert found.nodes[0].betweenness == pytest.approx(1, abs=0.05)
    assert len(found.bridges) == measures.CUTS
    assert found.bridge_count == measures.EXACT
    smaller = star.subgraph(sorted(star)[: measures.EXACT])
    assert measure(smaller).sampled is None
