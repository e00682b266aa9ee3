"""The matrix of departments as a self-contained HTML page."""

from __future__ import annotations

import html
from collections.abc import Iterator
from importlib.resources import files

from markupsafe import Markup

from kg.charts.matrix import MARKS, legend_items, matrix_chart, matrix_data
from kg.charts.svg import chart_style, to_markup
from kg.graph.stores.protocol import Graph
from kg.labels import TIES
from kg.network.formatting import excerpt
from kg.network.matrix import Cell
from kg.network.pairs import quote_sentence
from kg.network.ties import Quote, Tie
from kg.palette import style_sheet
from kg.planning.coordination import Coordination, TieNetwork, find_coordination, read_network
from kg.planning.coordination_lines import reason_line
from kg.questions.sparql import select
from kg.templates import template_environment

# Maximum number of ties of a pair, and of sentences of each department in a tie.
_TIES, _SENTENCES = 8, 2


def render_matrix(store: Graph, language: str = "zh") -> str:
    """Return the coordination page of a graph: the matrix, the pairs that should talk, sentences.

    Args:
        store: The graph.
        language: `zh` or `en`.
    """
    english = language == "en"
    network = read_network(store)
    found = find_coordination(network)
    environment = template_environment("kg.views", "assets")
    static = files("kg.charts").joinpath("static")
    return environment.get_template("matrix.html").render(
        say=lambda zh, en: en if english else zh,
        language=language,
        source="；".join(str(title) for (title,) in select(store, _TITLES).rows),
        style=Markup(style_sheet() + chart_style()),
        script=Markup(static.joinpath("matrix.js").read_text(encoding="utf-8")),
        found=found,
        names=network.names,
        chart=Markup(to_markup(matrix_chart(found.matrix, network.names, english))),
        data=Markup(matrix_data(found.matrix, network.names, english)),
        legend=legend_items(),
        reasons=[
            (one, reason_line(one, english), _pair_anchor(one.departments, network, found))
            for one in found.must_talk
        ],
        pairs=list(_list_pairs(network, found, english)),
    )


def _list_pairs(
    network: TieNetwork, found: Coordination, english: bool
) -> Iterator[tuple[str, str, Cell, str, list[tuple[str, Tie, list[tuple[str, list[Markup]]]]]]]:
    """Yield for each pair its anchor, title, cell, kind, and ties with the sentences of both."""
    for cell in found.matrix.cells:
        iris = [found.matrix.departments[at] for at in (cell.row, cell.column)]
        shown = [
            (
                TIES[tie.kind][english],
                tie,
                [
                    (network.names[iri], [_marked_excerpt(quote) for quote in quotes[:_SENTENCES]])
                    for iri in iris
                    if (quotes := [one for one in tie.quotes if iri in one.departments])
                ],
            )
            for tie in cell.ties[:_TIES]
        ]
        title = " ↔ ".join(network.names[iri] for iri in iris)
        yield f"pair-{cell.row}-{cell.column}", title, cell, MARKS[cell.mark][english], shown


def _pair_anchor(pair: tuple[str, str], network: TieNetwork, found: Coordination) -> str:
    places = sorted(
        at for at, iri in enumerate(found.matrix.departments) if network.names[iri] in pair
    )
    return "pair-" + "-".join(map(str, places))


def _marked_excerpt(quote: Quote) -> Markup:
    """Return an excerpt of a sentence with the quote marked."""
    text = html.escape(excerpt(quote_sentence(quote)))
    words = html.escape(quote.quote)
    return Markup(text.replace(words, f"<mark>{words}</mark>", 1))


_TITLES = (
    "SELECT DISTINCT ?title WHERE { ?report a tkg:Report ; rdfs:label ?title } ORDER BY ?title"
)
