"""Count the statements and things of a graph by class and property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.rdf.terms import PREFIXES, term
from kg.graph.stores.protocol import Graph
from kg.publishing.sorting import Row
from kg.publishing.statements import TYPE
from kg.questions.sparql import select
from kg.tables import Answer


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of a graph.

    Attributes:
        statements: The number of statements.
        things: The number of subjects.
        classes: The number of things by IRI of the class.
        properties: The number of statements by IRI of the property.
    """

    statements: int
    things: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]


def statistics(triples: Iterable[Row]) -> Statistics:
    """Count statements that are grouped by subject and have no duplicates.

    Args:
        triples: Subject, predicate and object, formatted as in N-Triples.
    """
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    things = 0
    for _, group in groupby(triples, key=itemgetter(0)):
        things += 1
        for _, predicate, value in group:
            properties[predicate[1:-1]] += 1
            if predicate == TYPE:
                classes[value[1:-1]] += 1
    return Statistics(
        properties.total(), things, _sort_by_count(classes), _sort_by_count(properties)
    )


def query_statistics(store: Graph) -> Statistics:
    """Count all statements of a store with queries to it."""
    classes, properties = (_query_counts(store, query) for query in (_CLASSES, _PROPERTIES))
    ((things,),) = select(store, _THINGS).rows
    return Statistics(sum(properties.values()), int(str(things)), classes, properties)


def to_answer(store: Graph, counts: Mapping[str, int], what: str) -> Answer:
    """Return counts by IRI as a table: the prefixed name (column `what`), its label, the count.

    Args:
        store: The graph that was counted, with the Chinese labels of the vocabulary.
        counts: Classes or properties of `Statistics`.
        what: `class` or `property`.
    """
    rows = ((prefixed_name(iri), label(store, iri), count) for iri, count in counts.items())
    return Answer((what, "label", "count"), tuple(rows))


def label(store: Graph, iri: str) -> str:
    """Return the Chinese label of a term, or an empty string if the graph has none."""
    labels = store.quads_for_pattern(NamedNode(iri), term("rdfs:label"), None, DefaultGraph())
    texts = (quad.object for quad in labels if isinstance(quad.object, Literal))
    return min((text.value for text in texts if text.language == "zh"), default="")


def prefixed_name(iri: str) -> str:
    """Return the prefixed name of a term of a known vocabulary.

    >>> prefixed_name("http://www.w3.org/ns/org#hasUnit")
    'org:hasUnit'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


_CLASSES = "SELECT ?class (COUNT(*) AS ?count) { ?thing a ?class } GROUP BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?count) { ?s ?property ?o } GROUP BY ?property"
_THINGS = "SELECT (COUNT(DISTINCT ?thing) AS ?count) { ?thing ?p ?o }"


def _query_counts(store: Graph, query: str) -> dict[str, int]:
    rows = select(store, query).rows
    return _sort_by_count(Counter({str(iri): int(str(count)) for iri, count in rows}))


def _sort_by_count(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
