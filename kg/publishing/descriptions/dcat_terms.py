"""Terms and statements of descriptions for data portals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.rdf.literals import en, zh
from kg.graph.rdf.terms import PREFIXES
from kg.publishing.contents import Contents

DCAT_PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": PREFIXES["dcat"],
    "dcterms": PREFIXES["dcterms"],
    "foaf": PREFIXES["foaf"],
    "owl": PREFIXES["owl"],
    "prov": PREFIXES["prov"],
    "rdfs": PREFIXES["rdfs"],
    "rdf": PREFIXES["rdf"],
    "skos": PREFIXES["skos"],
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": PREFIXES["xsd"],
}

Value = NamedNode | Literal
# Pairs of a prefixed property and a value.
Statements = Iterable[tuple[str, Value]]


def dcat_term(name: str) -> NamedNode:
    """Return the IRI of a prefixed term.

    >>> dcat_term("void:triples").value
    'http://rdfs.org/ns/void#triples'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(DCAT_PREFIXES[prefix] + local)


def dataset_statements(contents: Contents) -> Statements:
    """Yield the classes, titles and descriptions of a dataset."""
    yield "rdf:type", dcat_term("dcat:Dataset")
    yield "rdf:type", dcat_term("void:Dataset")
    yield "dcterms:title", zh(contents.title_zh)
    yield "dcterms:title", en(contents.title_en)
    yield "dcterms:description", zh(contents.description_zh)
    yield "dcterms:description", en(contents.description_en)


def triples(things: Iterable[tuple[NamedNode, Statements]]) -> Iterator[Triple]:
    """Yield the statements about things as triples."""
    for subject, statements in things:
        for name, value in statements:
            yield Triple(subject, dcat_term(name), value)
