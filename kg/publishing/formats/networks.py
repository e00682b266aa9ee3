"""Write the network of tasks and the things that they mention as GraphML and GEXF.

Sources: *GraphML Primer* (2013) and *GEXF 1.2 Draft Primer* (2012), as supported by networkx, Gephi
and Cytoscape. Both are written element by element, because the writers of networkx keep the whole
network in memory, and its GEXF contains the current date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import XMLGenerator

from pyoxigraph import Store

from kg.publishing.columns import LINKS
from kg.publishing.formats.tables import instances, kind, rows
from kg.publishing.formats.xml_writer import document, element, text
from kg.publishing.sorting import sort_rows
from kg.publishing.statistics import label

# Attributes with their types, whose names are the same in both formats.
_NODE = {"label": "string", "kind": "string"}
_EDGE = {"relation": "string", "quote": "string", "weight": "int"}

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF_OWN = {"label", "weight"}
_GEXF = "http://www.gexf.net/1.2draft"

# The columns of the links that an edge needs.
_LINKS = replace(
    LINKS,
    columns=tuple(
        column
        for column in LINKS.columns
        if column.name in ("iri", "task", "thing", "cell", "quote")
    ),
)

Attributes = Mapping[str, str]


def nodes(store: Store) -> Iterator[tuple[str, Attributes]]:
    """Yield each task and each named thing: its IRI, and its `label` and `kind`."""
    found = (
        (thing.value, label(store, thing.value), kind(store, thing))
        for name in ("tkg:Task", "tkg:NamedThing")
        for thing in instances(store, name)
    )
    for iri, name, sort in sort_rows(found):
        yield iri, {"label": name, "kind": sort}


def edges(store: Store) -> Iterator[tuple[str, str, Attributes]]:
    """Yield each edge between a task and a thing: their IRIs and the attributes of the edge.

    `relation` is `responsible` for a responsible department and `mentions` for others; `quote` is
    the first quote; `weight` is the number of quotes.
    """
    names = [column.name for column in _LINKS.columns]
    links = (dict(zip(names, row, strict=True)) for row in rows(store, _LINKS))
    for (task, thing), group in groupby(links, key=lambda link: (link["task"], link["thing"])):
        found = list(group)
        answers = any(link["cell"] == "departments" for link in found)
        yield (
            task,
            thing,
            {
                "relation": "responsible" if answers else "mentions",
                "quote": found[0]["quote"],
                "weight": str(len(found)),
            },
        )


def write_graphml(store: Store, path: Path) -> None:
    """Write the network as GraphML."""
    with document(path) as xml, element(xml, "graphml", xmlns=_GRAPHML):
        for scope, declared in (("node", _NODE), ("edge", _EDGE)):
            for name, sort in declared.items():
                key = {"id": f"{scope}-{name}", "for": scope, "attr.name": name, "attr.type": sort}
                text(xml, "key", "", **key)
        with element(xml, "graph", id="taskkg", edgedefault="directed"):
            for iri, attributes in nodes(store):
                with element(xml, "node", id=iri):
                    _write_data(xml, "node", attributes)
            for source, target, attributes in edges(store):
                with element(xml, "edge", source=source, target=target):
                    _write_data(xml, "edge", attributes)


def write_gexf(store: Store, path: Path) -> None:
    """Write the network as GEXF 1.2."""
    with (
        document(path) as xml,
        element(xml, "gexf", xmlns=_GEXF, version="1.2"),
        element(xml, "graph", mode="static", defaultedgetype="directed"),
    ):
        # The label of a node and the weight of an edge are standard attributes.
        for scope, declared in (("node", _NODE), ("edge", _EDGE)):
            with element(xml, "attributes", **{"class": scope}):
                for name in sorted(declared.keys() - _GEXF_OWN):
                    text(xml, "attribute", "", **{"id": name, "title": name, "type": "string"})
        with element(xml, "nodes"):
            for iri, attributes in nodes(store):
                with element(xml, "node", id=iri, label=attributes["label"]):
                    _write_values(xml, attributes)
        with element(xml, "edges"):
            for index, (source, target, attributes) in enumerate(edges(store)):
                weight = attributes["weight"]
                ends = {"source": source, "target": target, "weight": weight}
                with element(xml, "edge", id=str(index), **ends):
                    _write_values(xml, attributes)


def _write_data(xml: XMLGenerator, scope: str, attributes: Attributes) -> None:
    for name, value in attributes.items():
        text(xml, "data", value, key=f"{scope}-{name}")


def _write_values(xml: XMLGenerator, attributes: Attributes) -> None:
    with element(xml, "attvalues"):
        for name, value in attributes.items():
            if name not in _GEXF_OWN:
                text(xml, "attvalue", "", **{"for": name, "value": value})
