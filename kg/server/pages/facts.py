"""The page of whatever has no page of its own kind: its facts, with the words of the vocabulary."""

from __future__ import annotations

from itertools import islice
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.publishing.statistics import prefixed_name
from kg.server.pages.quotes import Proof, Quote, quote, quotes
from kg.server.pages.reader import Link, Reader

TEMPLATE = "facts.html"
# A state is told of by as many things as there are tasks.
_LOOKED_AT, _SHOWN = 1000, 25
# Properties of RDF itself, which the vocabulary does not name.
_WORDS = {
    "owl:versionInfo": ("版本", "version"),
    "owl:versionIRI": ("版本标识", "IRI of the version"),
    "rdf:type": ("类型", "type"),
    "rdf:value": ("内容", "content"),
    "rdfs:comment": ("说明", "comment"),
    "rdfs:isDefinedBy": ("定义于", "defined by"),
    "rdfs:label": ("名称", "label"),
}


def told(reader: Reader, iri: str) -> dict[str, Any]:
    """Return what the page shows: what is said of a thing, and where it is told of."""
    node, everywhere = NamedNode(iri), DefaultGraph()
    said: dict[str, list[Link | str]] = {}
    for quad in reader.graph.quads_for_pattern(node, None, None, everywhere):
        said.setdefault(quad.predicate.value, []).append(_value(reader, quad.object))
    incoming: dict[str, list[str]] = {}
    quads = reader.graph.quads_for_pattern(None, None, node, everywhere)
    for quad in islice(quads, _LOOKED_AT):
        if isinstance(quad.subject, NamedNode):
            incoming.setdefault(quad.predicate.value, []).append(quad.subject.value)
    return {
        "quotes": _words(reader, iri),
        "text": reader.one(iri, "rdf:value"),
        "facts": sorted(
            ((_property(reader, name), sorted(values, key=_text)) for name, values in said.items()),
            key=lambda one: one[0],
        ),
        "incoming": sorted(
            (
                (_property(reader, name), reader.sorted(things[:_SHOWN]), len(things))
                for name, things in incoming.items()
            ),
            key=lambda one: one[0],
        ),
    }


def _property(reader: Reader, iri: str) -> tuple[str, str]:
    """Return what a property is called, and its prefixed name."""
    short = prefixed_name(iri)
    word = _WORDS.get(short)
    return (word[reader.language == "en"] if word else reader.name(iri)), short


def _value(reader: Reader, node: object) -> Link | str:
    if isinstance(node, NamedNode):
        return reader.link(node.value)
    return node.value if isinstance(node, Literal) else str(node)


def _text(value: Link | str) -> str:
    return value.name if isinstance(value, Link) else value


def _words(reader: Reader, iri: str) -> list[Quote]:
    """Return the words that a fact stands on; those of an evidence itself."""
    if reader.prefix(iri) == "evidence" and reader.one(iri, "tkg:sentence"):
        proof = Proof(iri, reader.one(iri, "tkg:task"), reader.one(iri, "tkg:report"))
        return [quote(reader, proof)]
    return quotes(reader, iri)
