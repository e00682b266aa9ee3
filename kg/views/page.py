"""Render a network as an HTML page: a self-contained file, or a page of a portal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import networkx as nx
from jinja2 import Environment
from markupsafe import Markup

from kg.views.kinds import TIES
from kg.views.networks.view import View
from kg.views.page_data import page_data

# More nodes can be drawn (benchmarks/peers: 10,000 nodes open within 2 s), but above this number
# hardly one node in ten has room for its name.
FOLD_ABOVE = 2000

# In the order of execution: scripts use constants of those before them.
_SCRIPTS = (
    "words",
    "model",
    "state",
    "filters",
    "folding",
    "labels",
    "geometry",
    "paint",
    "moving",
    "quotes",
    "panel",
    "table",
    "search",
    "controls",
    "export",
    "keyboard",
    "main",
)
_VIS = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")
# Maximum number of ties in the list for browsers without scripts.
_ROWS = 200
FILES = ("page.css", "vis-network.js", "page.js")


@dataclass(frozen=True, slots=True)
class Site:
    """The portal that a page is part of.

    Attributes:
        files: The address of `FILES`.
        home: The address of the list of views.
        base: The base of the IRIs of things; the rest of an IRI is the path of the thing's page.
        language: `zh` or `en`.
        embedded: Whether the view is embedded in another page.
    """

    files: str
    home: str
    base: str
    language: str
    embedded: bool = False


def render_page(
    view: View,
    fold_above: int = FOLD_ABOVE,
    site: Site | None = None,
    language: str | None = None,
) -> str:
    """Return a view as an HTML document.

    Positions are computed here and the physics of the page is off, so that it is drawn at once.
    Unless the page is part of a portal, it contains all libraries, and its content security policy
    forbids requests. All text is embedded as JSON without `<`, and displayed as text.

    Args:
        view: The network and its titles.
        fold_above: Above this number of nodes the page opens with folded communities.
        site: The portal that the page is part of, if any.
        language: `zh` or `en` for a self-contained page; the preference of the browser by default.
    """
    page = _assets_folder().joinpath("page.html").read_text(encoding="utf-8")
    content = page_data(view, fold_above)
    if language:
        content["language"] = language
    if site:
        content |= {"language": site.language, "pages": site.base, "embedded": site.embedded}
    data = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    english = (site.language if site else language) == "en"
    rows = _tie_rows(view.graph, english)
    return (
        Environment(autoescape=True, trim_blocks=True)
        .from_string(page)
        .render(
            title=view.title_en if english else view.title_zh,
            site=site,
            file=lambda name: Markup(read_asset(name)),
            data=Markup(data.replace("<", "\\u003c")),
            rows=rows[:_ROWS],
            more=len(rows[_ROWS:]),
        )
    )


def read_asset(name: str) -> str:
    """Return the content of one of `FILES`, which pages include or load."""
    if name == "vis-network.js":
        return files("pyvis").joinpath(*_VIS).read_text(encoding="utf-8")
    if name == "page.css":
        return _assets_folder().joinpath(name).read_text(encoding="utf-8")
    scripts = [
        _assets_folder().joinpath(f"{part}.js").read_text(encoding="utf-8") for part in _SCRIPTS
    ]
    return "\n".join(('(() => {\n"use strict";', *scripts, "})();"))


def _tie_rows(network: nx.Graph, english: bool) -> list[tuple[str, str, str]]:
    """Return both ends and the name of each tie, ordered by weight."""
    called = {tie.name: tie.en if english else tie.zh for tie in TIES}
    label = {node: str(about.get("label") or node) for node, about in network.nodes(data=True)}
    found = [
        (-float(about.get("weight") or 0), label[one], called[about["tie"]], label[other])
        for one, other, about in network.edges(data=True)
    ]
    return [(one, tie, other) for _, one, tie, other in sorted(found)]


def _assets_folder() -> Path:
    return Path(__file__).parent / "assets"
