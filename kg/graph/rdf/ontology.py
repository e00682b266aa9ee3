"""The vocabulary of the package: its statements, and the superclasses of its classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from kg.graph.rdf.terms import graph_name, term
from kg.resources import resource

# The files that are part of the graph: the vocabulary, its alignments to others, and concepts.
FILES = ("taskkg.ttl", "alignments.ttl", "concepts.ttl")

Node = NamedNode | BlankNode | Literal | Triple


def ontology_triples() -> Iterator[Triple]:
    """Yield the statements in the files of the vocabulary."""
    for name in FILES:
        for quad in parse(resource("ontology", name).read_bytes(), RdfFormat.TURTLE):
            yield quad.triple


def ontology_quads(base: str) -> Iterator[Quad]:
    """Yield the vocabulary as a named graph, with IRIs in place of blank nodes.

    The IRIs are made from canonical labels (RDFC-1.0), so that they are the same in all builds.
    """
    graph = graph_name(base, "ontology")
    dataset = Dataset(Quad(*triple) for triple in ontology_triples())
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)

    def skolemise(node: Node) -> Node:
        # As in RDF 1.1 Concepts, section 3.5.
        if isinstance(node, BlankNode):
            return NamedNode(f"{base}/.well-known/genid/ontology/{node.value}")
        return node

    for quad in dataset:
        subject, value = skolemise(quad.subject), skolemise(quad.object)
        yield Quad(subject, quad.predicate, value, graph)  # type: ignore[arg-type]


@cache
def classes_above() -> Mapping[NamedNode, tuple[NamedNode, ...]]:
    """Return the superclasses of each class of the vocabulary, also those of other vocabularies."""
    above: dict[NamedNode, list[NamedNode]] = {}
    for triple in ontology_triples():
        if triple.predicate == term("rdfs:subClassOf"):
            assert isinstance(triple.subject, NamedNode)
            assert isinstance(triple.object, NamedNode)
            above.setdefault(triple.subject, []).append(triple.object)

    def closure(found: NamedNode) -> Iterator[NamedNode]:
        for upper in above.get(found, ()):
            yield upper
            yield from closure(upper)

    return {found: tuple(dict.fromkeys(closure(found))) for found in above}
