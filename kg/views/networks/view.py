"""A view: a network with its titles."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True)
class View:
    """A network with the titles of its page.

    Attributes:
        name: The name of the view on the command line, and in names of exported files.
        title_zh: The title in Chinese.
        title_en: The title in English.
        source: The source of the data.
        graph: Any networkx graph, directed or not, with or without parallel edges. Nodes are IRIs
            with `label`, `kind` (see `kinds`) and optionally `label_en`, `weight`, `statuses`,
            `departments`, `facts` and `evidence`; edges have a `tie` and optionally `weight`,
            `things` and `evidence`.
    """

    name: str
    title_zh: str
    title_en: str
    source: str
    graph: nx.Graph
