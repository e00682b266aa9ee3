"""Convert IRIs of the graph to paths on the server, and back."""

from __future__ import annotations

from urllib.parse import quote, unquote

from kg.graph.rdf.terms import percent_encode

# Characters besides letters and digits that are not percent-encoded in a path (RFC 3986, 3.3).
_PLAIN = "/%:@!$&'()*+,;=~-._"


def path_of(iri: str, base: str) -> str | None:
    """Return the path of a thing, or None if its IRI does not begin with the base.

    >>> path_of("https://w3id.org/taskkg/road/420103/新华路", "https://w3id.org/taskkg")
    '/road/420103/%E6%96%B0%E5%8D%8E%E8%B7%AF'
    """
    if not iri.startswith(f"{base}/"):
        return None
    return quote(iri[len(base) :], safe=_PLAIN + "#")


def iri_of(path: str, base: str) -> str:
    """Return the IRI of the thing at a path, percent-encoded as in the graph.

    >>> iri_of("/road/420103/%E6%96%B0%E5%8D%8E%E8%B7%AF", "https://w3id.org/taskkg")
    'https://w3id.org/taskkg/road/420103/新华路'
    >>> iri_of("/place/420103/A%2FB%e5%ba%a7", "https://w3id.org/taskkg")
    'https://w3id.org/taskkg/place/420103/A%2FB座'
    """
    return base + "/".join(percent_encode(unquote(part)) for part in path.split("/"))
