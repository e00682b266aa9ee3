"""The vocabulary that ships: its statements, and the classes above each of its classes."""

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

from kg.graph.terms import graph_name, term
from kg.resources import resource

# What the graph holds of the ontology's folder: the vocabulary, how it stands to others, concepts.
FILES = ("taskkg.ttl", "alignments.ttl", "concepts.ttl")

Node = NamedNode | BlankNode | Literal | Triple


def ontology_triples() -> Iterator[Triple]:
    """Yield the statements of the vocabulary as its files hold them."""
    for name in FILES:
        for quad in parse(resource("ontology", name).read_bytes(), RdfFormat.TURTLE):
            yield quad.triple


def ontology_quads(base: str) -> Iterator[Quad]:
    """Yield the vocabulary as a named graph of its own, its blank nodes replaced by IRIs.

    The IRIs are made from canonical labels (RDFC-1.0), so that each build gives the same.
    """
    graph = graph_name(base, "ontology")
    dataset = Dataset(Quad(*triple) for triple in ontology_triples())
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)

    def named(node: Node) -> Node:
        # Skolem IRIs as RDF 1.1 Concepts, section 3.5, describes them.
        if isinstance(node, BlankNode):
            return NamedNode(f"{base}/.well-known/genid/ontology/{node.value}")
        return node

    for quad in dataset:
        yield Quad(named(quad.subject), quad.predicate, named(quad.object), graph)  # type: ignore[arg-type]


@cache
def classes_above() -> Mapping[NamedNode, tuple[NamedNode, ...]]:
    """Return for each class of the vocabulary the classes above it, ours and those of others."""
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
