from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.stores.embedded import open_graph
from kg.views.kinds import KINDS, STATUSES, TIES
from kg.views.networks.catalogue import view as view_of
from kg.views.page import render_page
from tests.views.example_networks import example, rings, view


class Parts(HTMLParser):
    """Collects what a page would load, and its data."""

    def __init__(self) -> None:
        super().__init__()
        self.references: list[str] = []
        self.data = ""
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.references += [found[name] or "" for name in ("src", "href") if name in found]
        self._in_data = tag == "script" and found.get("id") == "data"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data += data


def parts(page: str) -> Parts:
    found = Parts()
    found.feed(page)
    return found


def data_of(page: str) -> dict[str, Any]:
    found = json.loads(parts(page).data)
    assert isinstance(found, dict)
    return found


def test_the_page_is_the_same_each_time_and_refers_to_nothing(store: Path) -> None:
    found = view_of(open_graph(store), "departments")
    page = render_page(found)
    assert page == render_page(found)
    # Links within the page only, and an icon that is empty.
    assert all(name.startswith(("data:,", "#")) for name in parts(page).references)
    assert not re.search(r"@import|url\((?!['\"]?data:)", page)


def test_each_sentence_stands_once_in_the_page() -> None:
    page = render_page(view(example()))
    assert page.count("新华路由建设局和园林局一起改造") == 1
    data = data_of(page)
    told = {data["sentences"][row[0]][:3] for row in data["evidence"]}
    assert told == {"新华路"}
    assert [row[4] for row in data["evidence"]].count("新华路") == 1


@given(st.text(max_size=30))
def test_any_name_is_data_and_never_markup(name: str) -> None:
    graph: nx.Graph = nx.Graph()
    hostile = name + "</script><script>alert(1)</script><!--"
    graph.add_node("urn:a", label=hostile, kind="department", weight=1.0)
    page = render_page(view(graph))
    assert "<script>alert" not in page
    assert data_of(page)["nodes"][0]["label"] == hostile


def test_what_no_page_can_show_is_refused() -> None:
    graph: nx.Graph = nx.Graph()
    graph.add_node("urn:a", label="甲", kind="dragon")
    with pytest.raises(ValueError, match=r"urn:a.*dragon.*department"):
        render_page(view(graph))


def test_large_networks_open_on_communities() -> None:
    graph = rings(40, 8)
    assert data_of(render_page(view(graph)))["folded"] is False
    data = data_of(render_page(view(graph), fold_above=100))
    assert data["folded"] is True
    assert sum(group["size"] for group in data["groups"]) == 320
    members = {index for index, node in enumerate(data["nodes"]) if node["group"] == 0}
    assert len(members) == data["groups"][0]["size"]


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_ties_stand_out_from_the_ground_in_both_themes() -> None:
    for tie in TIES:
        assert contrast(tie.light, "#ffffff") >= 3, tie
        assert contrast(tie.dark, "#14181e") >= 3, tie


def test_nothing_is_told_by_colour_alone() -> None:
    assert len({kind.path for kind in KINDS}) == len(KINDS)
    looks = {(tie.dashes, tie.light) for tie in TIES}
    assert len(looks) == len(TIES)
    named = [
        *((kind.zh, kind.en) for kind in KINDS),
        *((tie.zh, tie.en) for tie in TIES),
        *((state.zh, state.en) for state in STATUSES),
    ]
    assert all(zh and en for zh, en in named)
