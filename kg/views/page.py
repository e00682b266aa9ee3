"""One network as one HTML page that asks for nothing: no network, no other file."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import networkx as nx
from jinja2 import Environment
from markupsafe import Markup
from pyvis.network import Network

from kg.views.layout import positions

_FONTS = (
    '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", '
    '"WenQuanYi Micro Hei", sans-serif'
)
_VIS = ("templates", "lib", "vis-9.1.2")


class Kind(NamedTuple):
    """How one kind of node is shown: colours of Okabe and Ito, told apart by the colour-blind."""

    name: str
    zh: str
    en: str
    color: str
    shape: str


KINDS = (
    Kind("department", "部门", "department", "#0072B2", "dot"),
    Kind("task", "共同任务", "joint task", "#999999", "square"),
    Kind("project", "项目", "project", "#D55E00", "diamond"),
    Kind("place", "地点", "place", "#009E73", "triangle"),
    Kind("road", "道路", "road", "#E69F00", "triangleDown"),
    Kind("organization", "机构", "organisation", "#CC79A7", "star"),
    Kind("policy", "政策", "policy", "#56B4E9", "hexagon"),
    Kind("event", "活动", "event", "#B8A800", "diamond"),
)


def render_page(graph: nx.Graph, title_zh: str, title_en: str, source: str) -> str:
    """Return a network as one HTML document.

    Positions are computed here and the page's physics is off, so that it is drawn at once. All
    libraries are in the page, and every text goes in as data.

    Args:
        graph: Nodes with `label`, `kind` and `weight`; edges with `tie` and `evidence`.
        title_zh: Title in Chinese.
        title_en: Title in English.
        source: Where the data come from.
    """
    network = _pyvis(graph)
    folder = files("pyvis")
    vis = folder.joinpath(*_VIS)
    here = Path(__file__).parent
    template = Environment(autoescape=True).from_string(
        (here / "page.html").read_text(encoding="utf-8")
    )
    nodes, edges, *_ = network.get_network_data()
    return template.render(
        title_zh=title_zh,
        title_en=title_en,
        source=source,
        kinds=KINDS,
        fonts=Markup(_FONTS),
        nodes=nodes,
        edges=edges,
        options=Markup(json.dumps(_options())),
        vis_css=Markup(vis.joinpath("vis-network.css").read_text(encoding="utf-8")),
        vis_js=Markup(vis.joinpath("vis-network.min.js").read_text(encoding="utf-8")),
        page_js=Markup((here / "page.js").read_text(encoding="utf-8")),
    )


def _pyvis(graph: nx.Graph) -> Network:
    network = Network()
    kinds = {kind.name: kind for kind in KINDS}
    spots = positions(graph)
    for node in sorted(graph):
        about = graph.nodes[node]
        kind = kinds[about["kind"]]
        x, y = spots[node]
        network.add_node(
            node,
            label=about["label"],
            title=f"{about['label']}\n{kind.zh} {kind.en} · {graph.degree(node)} 条联系 ties",
            kind=kind.name,
            shape=kind.shape,
            color=kind.color,
            size=10 + min(about["weight"], 16) if kind.name == "department" else 9,
            x=x,
            y=y,
        )
    for first, second in sorted(tuple(sorted(edge)) for edge in graph.edges):
        tie = graph.edges[first, second]
        evidence = tie["evidence"]
        network.add_edge(
            first,
            second,
            tie=tie["tie"],
            dashes=tie["tie"] == "shared",
            title=evidence[0]["sentence"][:120] if evidence else "",
            evidence=evidence,
        )
    return network


def _options() -> dict[str, object]:
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}},
        "nodes": {"font": {"face": _FONTS.replace('"', ""), "size": 20}, "borderWidth": 1},
        "edges": {"smooth": False, "color": {"inherit": "to", "opacity": 0.55}},
    }
