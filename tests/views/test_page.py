from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.store import open_graph
from kg.views.departments import department_network
from kg.views.layout import positions
from kg.views.page import render_page


class References(HTMLParser):
    """Collects what a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag and name in ("src", "href")]


def test_the_network_holds_all_departments_and_only_things_that_tie(store: Path) -> None:
    network = department_network(open_graph(store))
    kinds = nx.get_node_attributes(network, "kind")
    assert sum(kind == "department" for kind in kinds.values()) == 36
    assert sum(kind == "task" for kind in kinds.values()) == 11
    for node, kind in kinds.items():
        assert kind == "department" or network.degree(node) >= 2
    for _, _, tie in network.edges(data=True):
        assert tie["evidence"]
        assert all(found["quote"] in found["sentence"] for found in tie["evidence"])


def test_the_page_is_the_same_each_time_and_refers_to_nothing(store: Path) -> None:
    network = department_network(open_graph(store))
    page = render_page(network, "网络", "Network", "来源")
    assert page == render_page(network, "网络", "Network", "来源")
    references = References()
    references.feed(page)
    assert references.found == ["data:,"]
    assert not re.search(r"@import|url\((?!['\"]?data:)", page)


def test_no_two_nodes_stand_on_each_other(store: Path) -> None:
    spots = list(positions(department_network(open_graph(store))).values())
    for index, (x, y) in enumerate(spots):
        assert all(abs(x - u) > 40 or abs(y - v) > 20 for u, v in spots[index + 1 :])


@given(st.text(max_size=30))
def test_any_name_is_data_and_never_markup(name: str) -> None:
    graph = nx.Graph()
    hostile = name + "</script><script>alert(1)</script>"
    graph.add_node("urn:a", label=hostile, kind="department", weight=1.0)
    page = render_page(graph, hostile, "x", hostile)
    assert "<script>alert" not in page


def test_an_empty_graph_says_so() -> None:
    assert "There are no departments" in render_page(nx.Graph(), "a", "b", "c")
