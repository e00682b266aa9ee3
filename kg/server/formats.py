"""The formats of answers and of graphs, by media type, the favourite in front."""

from __future__ import annotations

import re

from pyoxigraph import QueryResultsFormat, RdfFormat

HTML = "text/html"

# What XML 1.0 cannot hold, however it is written (section 2.2): most control characters, and two
# that are none; Oxigraph writes them as they are.
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
    """Return the `Content-Type` of a media type, all of them in UTF-8.

    >>> content_type("text/csv"), content_type("application/ld+json")
    ('text/csv; charset=utf-8', 'application/ld+json')
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def is_writable(media: str, content: bytes) -> bool:
    """Tell whether a graph is whole in a format: RDF/XML has no room for some predicates.

    A predicate must end in a name of XML (RDF 1.1 XML Syntax, section 2.2); where one does not,
    Oxigraph writes an element without a name.

    >>> is_writable("application/rdf+xml", b'<oxprefix: xmlns:oxprefix="http://e.org/1">')
    False
    """
    return not (media.endswith("xml") and b"<oxprefix: " in content)


def well_formed(media: str, content: bytes) -> bytes:
    r"""Return what was written in a format, without what makes XML unreadable.

    >>> well_formed("application/xml", b"a\x07b").decode(), well_formed("text/csv", b"a\x07b")
    ('a\ufffdb', b'a\x07b')
    """
    return _NOT_IN_XML.sub(_REPLACEMENT, content) if media.endswith("xml") else content
