"""The statistics of a graph in VoID, for the descriptions of bundles and of the server.

Source: *Describing Linked Datasets with the VoID Vocabulary* (W3C, 2011).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import NamedNode

from kg.graph.rdf.literals import integer
from kg.publishing.descriptions.dcat_terms import Statements
from kg.publishing.statistics import Statistics, prefixed_name

# Returns the IRI of something that is defined in a description, by its name.
Part = Callable[[str], NamedNode]


def graph_statements(counts: Statistics, part: Part) -> Statements:
    """Yield the statements about the graph as a whole, with its partitions."""
    yield "void:triples", integer(counts.statements)
    yield "void:distinctSubjects", integer(counts.things)
    yield "void:classes", integer(len(counts.classes))
    yield "void:properties", integer(len(counts.properties))
    for iri in counts.classes:
        yield "void:classPartition", part(f"class/{prefixed_name(iri)}")
    for iri in counts.properties:
        yield "void:propertyPartition", part(f"property/{prefixed_name(iri)}")


def partitions(counts: Statistics, part: Part) -> Iterator[tuple[NamedNode, Statements]]:
    """Yield each partition by class and by property with the statements about it."""
    for iri, count in counts.classes.items():
        yield (
            part(f"class/{prefixed_name(iri)}"),
            [("void:class", NamedNode(iri)), ("void:entities", integer(count))],
        )
    for iri, count in counts.properties.items():
        yield (
            part(f"property/{prefixed_name(iri)}"),
            [("void:property", NamedNode(iri)), ("void:triples", integer(count))],
        )
