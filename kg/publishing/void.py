"""How much a graph holds, in VoID, for the descriptions of bundles and of the server.

Source: *Describing Linked Datasets with the VoID Vocabulary* (W3C, 2011).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import NamedNode

from kg.graph.literals import integer
from kg.publishing.dcat_terms import Statements
from kg.publishing.statistics import Statistics, prefixed

# Returns the IRI of something that a description itself tells of, by its name.
Part = Callable[[str], NamedNode]


def counted(counts: Statistics, part: Part) -> Statements:
    """Yield what is said of the graph as a whole, with its parts by class and by property."""
    yield "void:triples", integer(counts.statements)
    yield "void:distinctSubjects", integer(counts.things)
    yield "void:classes", integer(len(counts.classes))
    yield "void:properties", integer(len(counts.properties))
    for iri in counts.classes:
        yield "void:classPartition", part(f"class/{prefixed(iri)}")
    for iri in counts.properties:
        yield "void:propertyPartition", part(f"property/{prefixed(iri)}")


def partitions(counts: Statistics, part: Part) -> Iterator[tuple[NamedNode, Statements]]:
    """Yield each of these parts with what is said of it."""
    for iri, count in counts.classes.items():
        yield (
            part(f"class/{prefixed(iri)}"),
            [("void:class", NamedNode(iri)), ("void:entities", integer(count))],
        )
    for iri, count in counts.properties.items():
        yield (
            part(f"property/{prefixed(iri)}"),
            [("void:property", NamedNode(iri)), ("void:triples", integer(count))],
        )
