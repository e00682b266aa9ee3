"""One network as one HTML page that asks for nothing: no network, no other file."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from kg.views.contents import contents
from kg.views.view import View

# Drawing allows more (benchmarks/views.py: 10,000 nodes open within 2 s), reading does not: above
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


def render_page(view: View, fold_above: int = FOLD_ABOVE) -> str:
    """Return a view as one HTML document.

    Places are computed here and the page's physics is off, so that it is drawn at once. All
    libraries are in the page, and its policy forbids the browser to ask for anything. Every text
    goes in as JSON, in which no `<` stands, and is shown as text.

    Args:
        view: The network and its titles.
        fold_above: With more nodes than this the page opens on communities.
    """
    assets = Path(__file__).parent / "assets"
    page = (assets / "page.html").read_text(encoding="utf-8")
    scripts = [(assets / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    data = json.dumps(
        contents(view, fold_above), ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return (
        Environment(autoescape=True)
        .from_string(page)
        .render(
            title=view.title_zh,
            style=Markup((assets / "page.css").read_text(encoding="utf-8")),
            vis=Markup(files("pyvis").joinpath(*_VIS).read_text(encoding="utf-8")),
            data=Markup(data.replace("<", "\\u003c")),
            script=Markup("\n".join(scripts)),
        )
    )
