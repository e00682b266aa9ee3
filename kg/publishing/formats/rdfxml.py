"""Check and clean statements for RDF/XML, of which Oxigraph may write malformed XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, Triple

from kg.publishing.formats.xml_writer import clean

# The end of an IRI that is an XML name (XML 1.0, fifth edition, NameStartChar and NameChar).
_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL_NAME = re.compile(rf"[{_START}][{_START}\-.0-9\xb7\u0300-\u036f\u203f-\u2040]*\Z")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RESERVED = {
    f"{_RDF}{name}"
    for name in (
        *("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
        *("Description", "li", "aboutEach", "aboutEachPrefix", "bagID"),
    )
}


class UnwritableError(ValueError):
    """RDF/XML cannot express a predicate of a graph."""


def xml_triples(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield statements for RDF/XML, with U+FFFD for characters that XML does not allow.

    Source: RDF 1.1 XML Syntax, section 6.1.2 (terms that cannot be predicates); a predicate becomes
    the name of an element.

    Raises:
        UnwritableError: A predicate does not end in an XML name, or RDF/XML reserves it.
    """
    for triple in triples:
        predicate = triple.predicate.value
        if predicate in _RESERVED or not _LOCAL_NAME.search(predicate):
            raise UnwritableError(f"RDF/XML cannot express the predicate <{predicate}>")
        yield _clean_literal(triple)


def _clean_literal(triple: Triple) -> Triple:
    value = triple.object
    if not isinstance(value, Literal) or clean(value.value) == value.value:
        return triple
    language = value.language
    cleaned = (
        Literal(clean(value.value), language=language)
        if language
        else Literal(clean(value.value), datatype=value.datatype)
    )
    return Triple(triple.subject, triple.predicate, cleaned)
