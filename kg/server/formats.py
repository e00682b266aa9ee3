"""The formats of answers and of graphs, by media type, the favourite in front."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, RdfFormat

HTML = "text/html"

RESULTS: dict[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
GRAPHS: dict[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/x-turtle": RdfFormat.TURTLE,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
}


def content_type(media: str) -> str:
    """Return the `Content-Type` of a media type, all of them in UTF-8.

    >>> content_type("text/csv"), content_type("application/ld+json")
    ('text/csv; charset=utf-8', 'application/ld+json')
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
