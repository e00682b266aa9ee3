"""taskkg: a knowledge graph of government tasks, read from the tables that districts publish.

The main functions:

    report = kg.read("report.csv")          # read the tasks of a table
    facts = list(kg.extract(report))        # extract facts, each with its evidence
    kg.build(["report.csv"], "store")       # read, extract, and write RDF to a store on disk
    kg.query("store", "shared-things")      # answer a question of the catalogue
    kg.ask("store", "哪些任务延期了？").text  # answer a question in plain words
    graph = kg.open_graph("store")          # open the store for SPARQL
    kg.analyse(graph)                       # which departments are tied and must talk
    kg.slips(graph, "西北湖")               # who is affected if it is delayed

`kg.diff` compares two reports, `kg.review` lists what is doubtful, `kg.evaluate` compares an
extraction with a reference, `kg.validate` checks a graph, `kg.export` and `kg.publish` write it for
others, and `kg.serve` starts a server for browsers and SPARQL clients.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.version import __version__ as __version__

if TYPE_CHECKING:
    from kg.answers.ask import ask
    from kg.briefing.brief import brief
    from kg.curation.review import review
    from kg.evaluation import evaluate
    from kg.extraction.facts import extract
    from kg.graph.build import add, build, remove
    from kg.graph.stores.embedded import open_graph, reports
    from kg.graph.validation import validate
    from kg.network.analysis import analyse
    from kg.network.slips import slips
    from kg.publishing.bundle import publish
    from kg.publishing.export import export
    from kg.questions.catalogue import query
    from kg.reading import read
    from kg.server.serve import serve
    from kg.views.networks.catalogue import view


__all__ = [
    "add",
    "analyse",
    "ask",
    "brief",
    "build",
    "diff",
    "evaluate",
    "export",
    "extract",
    "open_graph",
    "publish",
    "query",
    "read",
    "remove",
    "reports",
    "review",
    "serve",
    "slips",
    "validate",
    "view",
]

_HOMES = {
    "add": "kg.graph.build",
    "analyse": "kg.network.analysis",
    "ask": "kg.answers.ask",
    "brief": "kg.briefing.brief",
    "build": "kg.graph.build",
    "diff": "kg.graph.difference",
    "evaluate": "kg.evaluation",
    "export": "kg.publishing.export",
    "extract": "kg.extraction.facts",
    "open_graph": "kg.graph.stores.embedded",
    "publish": "kg.publishing.bundle",
    "query": "kg.questions.catalogue",
    "read": "kg.reading",
    "remove": "kg.graph.build",
    "reports": "kg.graph.stores.embedded",
    "review": "kg.curation.review",
    "serve": "kg.server.serve",
    "slips": "kg.network.slips",
    "validate": "kg.graph.validation",
    "view": "kg.views.networks.catalogue",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  (PEP 562)
    """Import a function of the public API when it is first used."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
