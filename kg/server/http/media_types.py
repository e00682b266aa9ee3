"""The formats of query results and of graphs by media type, the preferred one first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, serialize

from kg.publishing.formats.rdfxml import xml_triples

HTML = "text/html"

# Characters that XML 1.0 does not allow, even escaped (section 2.2): most control characters, and
# U+FFFE and U+FFFF. Oxigraph writes them unchanged.
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_REPLACEMENT = "\ufffd".encode()

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
    """Return the `Content-Type` header for a media type; texts are in UTF-8.

    >>> content_type("text/csv"), content_type("application/ld+json")
    ('text/csv; charset=utf-8', 'application/ld+json')
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def serialize_graph(
    triples: Iterable[Triple], media: str, prefixes: Mapping[str, str], output: BytesIO
) -> None:
    """Write a graph in one of the formats of `GRAPHS`.

    Raises:
        UnwritableError: RDF/XML cannot express a predicate of the graph.
    """
    form = GRAPHS[media]
    if form == RdfFormat.RDF_XML:
        triples = xml_triples(triples)
    names = None if form == RdfFormat.N_TRIPLES else dict(prefixes)
    serialize(triples, output, form, prefixes=names)


def replace_forbidden_characters(media: str, content: bytes) -> bytes:
    r"""Return a document with characters replaced that are not allowed in XML, if it is XML.

    >>> replace_forbidden_characters("application/xml", b"a\x07b").decode()
    'a\ufffdb'
    """
    return _NOT_IN_XML.sub(_REPLACEMENT, content) if media.endswith("xml") else content
