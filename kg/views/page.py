"""One network as an HTML page: one file that asks for nothing, or a page of a portal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import networkx as nx
from jinja2 import Environment
from markupsafe import Markup

from kg.views.contents import contents
from kg.views.kinds import TIES
from kg.views.view import View

# Drawing allows more (benchmarks/peers: 10,000 nodes open within 2 s), reading does not: above
# this hardly one node in ten has room for its name.
FOLD_ABOVE = 2000

# In the order in which they are run: constants of one are used by those after it.
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
# Ties that are listed for browsers without scripts.
_ROWS = 200
FILES = ("page.css", "vis-network.js", "page.js")


@dataclass(frozen=True, slots=True)
class Site:
    """What a page knows of the portal that it is a part of.

    Attributes:
        files: Address under which it finds `FILES`.
        home: Address of the page about all views.
        base: Base of the IRIs of things; what follows it is the path of a thing's own page.
        language: `zh` or `en`.
        embedded: Whether it is a small picture in another page.
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
    """Return a view as one HTML document.

    Places are computed here and the page's physics is off, so that it is drawn at once. Unless it
    is part of a portal, all libraries are in the page, and its policy forbids the browser to ask
    for anything. Every text goes in as JSON, in which no `<` stands, and is shown as text.

    Args:
        view: The network and its titles.
        fold_above: With more nodes than this the page opens on communities.
        site: The portal that it is a part of, which has its libraries and pages of its things.
        language: `zh` or `en`, for a page of its own; what the reader's browser prefers where it
            is left out.
    """
    page = _assets().joinpath("page.html").read_text(encoding="utf-8")
    told = contents(view, fold_above)
    if language:
        told["language"] = language
    if site:
        told |= {"language": site.language, "pages": site.base, "embedded": site.embedded}
    data = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    english = (site.language if site else language) == "en"
    rows = _rows(view.graph, english)
    return (
        Environment(autoescape=True, trim_blocks=True)
        .from_string(page)
        .render(
            title=view.title_en if english else view.title_zh,
            site=site,
            file=lambda name: Markup(file(name)),
            data=Markup(data.replace("<", "\\u003c")),
            rows=rows[:_ROWS],
            more=len(rows[_ROWS:]),
        )
    )


def file(name: str) -> str:
    """Return one of `FILES`, which pages have in them or load."""
    if name == "vis-network.js":
        return files("pyvis").joinpath(*_VIS).read_text(encoding="utf-8")
    if name == "page.css":
        return _assets().joinpath(name).read_text(encoding="utf-8")
    scripts = [_assets().joinpath(f"{part}.js").read_text(encoding="utf-8") for part in _SCRIPTS]
    return "\n".join(('(() => {\n"use strict";', *scripts, "})();"))


def _rows(network: nx.Graph, english: bool) -> list[tuple[str, str, str]]:
    """Return both ends of each tie and what it is called, the weightiest first."""
    called = {tie.name: tie.en if english else tie.zh for tie in TIES}
    label = {node: str(about.get("label") or node) for node, about in network.nodes(data=True)}
    found = [
        (-float(about.get("weight") or 0), label[one], called[about["tie"]], label[other])
        for one, other, about in network.edges(data=True)
    ]
    return [(one, tie, other) for _, one, tie, other in sorted(found)]


def _assets() -> Path:
    return Path(__file__).parent / "assets"
