"""What a page shows: a network with its titles."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True)
class View:
    """A network that is ready to become a page.

    Attributes:
        name: What the view is called on the command line, and in names of exported files.
        title_zh: Title in Chinese.
        title_en: Title in English.
        source: Where the data come from.
        graph: Any networkx graph, directed or not, with or without parallel ties. Each node is an
            IRI with `label`, `kind` (see `kinds`) and, where known, `label_en`, `weight`,
            `statuses`, `departments`, `facts` and `evidence`; each edge has its `tie`, and, where
            known, `weight`, `things` and `evidence`.
    """

    name: str
    title_zh: str
    title_en: str
    source: str
    graph: nx.Graph
