"""The page of any thing without a page for its kind: its properties and values."""

from __future__ import annotations

from itertools import islice
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.publishing.statistics import prefixed
from kg.server.parts.quotes import Evidence, Quote, quote_of, quotes_of
from kg.server.parts.reader import Link, Reader

TEMPLATE = "facts.html"
# How many things that refer to the thing are read, as a state can have as many as there are tasks,
# and how many are shown for each property.
_MAX_READ, _MAX_SHOWN = 1000, 25
# Labels of properties of RDF and OWL, which are not in the vocabulary.
_WORDS = {
    "owl:versionInfo": ("版本", "version"),
    "owl:versionIRI": ("版本标识", "IRI of the version"),
    "rdf:type": ("类型", "type"),
    "rdf:value": ("内容", "content"),
    "rdfs:comment": ("说明", "comment"),
    "rdfs:isDefinedBy": ("定义于", "defined by"),
    "rdfs:label": ("名称", "label"),
}


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return the context of the page: statements about a thing, and things that refer to it."""
    node, everywhere = NamedNode(iri), DefaultGraph()
    outgoing: dict[str, list[Link | str]] = {}
    for quad in reader.graph.quads_for_pattern(node, None, None, everywhere):
        outgoing.setdefault(quad.predicate.value, []).append(_value_or_link(reader, quad.object))
    incoming: dict[str, list[str]] = {}
    quads = reader.graph.quads_for_pattern(None, None, node, everywhere)
    for quad in islice(quads, _MAX_READ):
        if isinstance(quad.subject, NamedNode):
            incoming.setdefault(quad.predicate.value, []).append(quad.subject.value)
    return {
        "quotes": _quotes_of_fact(reader, iri),
        "text": reader.value(iri, "rdf:value"),
        "facts": sorted(
            (
                (_property_label(reader, name), sorted(values, key=_literal_text))
                for name, values in outgoing.items()
            ),
            key=lambda one: one[0],
        ),
        "incoming": sorted(
            (
                (
                    _property_label(reader, name),
                    reader.sorted_links(things[:_MAX_SHOWN]),
                    len(things),
                )
                for name, things in incoming.items()
            ),
            key=lambda one: one[0],
        ),
    }


def _property_label(reader: Reader, iri: str) -> tuple[str, str]:
    """Return the label of a property, and its prefixed name."""
    short = prefixed(iri)
    word = _WORDS.get(short)
    return (word[reader.language == "en"] if word else reader.name(iri)), short


def _value_or_link(reader: Reader, node: object) -> Link | str:
    if isinstance(node, NamedNode):
        return reader.link(node.value)
    return node.value if isinstance(node, Literal) else str(node)


def _literal_text(value: Link | str) -> str:
    return value.name if isinstance(value, Link) else value


def _quotes_of_fact(reader: Reader, iri: str) -> list[Quote]:
    """Return the quotes that are evidence of a fact, or the quote of a piece of evidence itself."""
    if reader.kind(iri) == "evidence" and reader.value(iri, "tkg:sentence"):
        evidence = Evidence(iri, reader.value(iri, "tkg:task"), reader.value(iri, "tkg:report"))
        return [quote_of(reader, evidence)]
    return quotes_of(reader, iri)
