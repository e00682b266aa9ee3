"""The IRIs of the graph: namespaces, vocabulary terms and IRIs of things.

The IRI of a thing is made of a kind, the place that it belongs to, and a name. It contains no
counter, so that it stays the same from build to build and from report to report.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.kinds import THINGS

BASE = "https://w3id.org/taskkg"
TKG = "https://w3id.org/taskkg/ontology#"
COMPARATOR = "https://w3id.org/taskkg/comparator/"
DATE_ROLE = "https://w3id.org/taskkg/date-role/"
ROLE = "https://w3id.org/taskkg/role/"
STATUS = "https://w3id.org/taskkg/status/"
JUDGEMENT = "https://w3id.org/taskkg/judgement/"
OBSTACLE = "https://w3id.org/taskkg/obstacle-kind/"
QUDT_UNIT = "http://qudt.org/vocab/unit/"
# The name of a place that a report does not name.
UNKNOWN_PLACE = "不详"

PREFIXES: dict[str, str] = {
    "comparator": COMPARATOR,
    "date-role": DATE_ROLE,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "judgement": JUDGEMENT,
    "oa": "http://www.w3.org/ns/oa#",
    "obstacle-kind": OBSTACLE,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "role": ROLE,
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "status": STATUS,
    "tkg": TKG,
    "unit": QUDT_UNIT,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# The kinds of things; each is the first part of their IRIs, and a prefix in Turtle.
KINDS = tuple(
    sorted(
        (
            *(kind.key for kind in THINGS),
            *("assessment", "authority", "category", "cell", "curation", "date", "department"),
            *("evidence", "group", "indicator", "jurisdiction", "observation", "obstacle", "part"),
            *("period", "person", "position", "quantity", "quote", "report", "responsibility"),
            *("rule", "run", "software", "state", "step", "target", "task", "tie"),
        )
    )
)

# Characters that change the direction of writing, which IRIs must not contain (RFC 3987, section
# 4.1).
_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TURNED = re.compile(f"[{_DIRECTIONS}]")
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:[^/].*", re.IGNORECASE)

_QUOTES = re.compile(r"[\s“”‘’\"'《》〈〉「」『』]+")
# RFC 3987 allows letters of all scripts; delimiters and other characters are percent-encoded.
_ENCODED = re.compile(
    r"[\x00-\x20\x7f-\x9f<>\"{}|\\^`%/?#\[\]\u2028\u2029\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff"
    rf"{_DIRECTIONS}"
    r"\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U0010ffff]"
)


@cache
def term(name: str) -> NamedNode:
    """Return the IRI of a prefixed vocabulary term.

    >>> term("tkg:Task").value
    'https://w3id.org/taskkg/ontology#Task'
    """
    prefix, local = name.split(":", 1)
    return NamedNode(PREFIXES[prefix] + local)


def mint(base: str, kind: str, *parts: str | int) -> NamedNode:
    """Return the IRI of a thing.

    Args:
        base: The base of all IRIs of the graph, without a trailing slash.
        kind: One of `KINDS`.
        parts: Where it belongs and its name, from the general to the particular.

    >>> mint(BASE, "department", "420103", "建设局").value
    'https://w3id.org/taskkg/department/420103/建设局'
    >>> mint(BASE, "place", "420103", "A/B 座").value
    'https://w3id.org/taskkg/place/420103/A%2FB座'
    """
    return NamedNode(iri_text(base, kind, *parts))


def iri_text(base: str, kind: str, *parts: str | int) -> str:
    """Return the IRI that `mint` makes as a string."""
    return "/".join((base, kind, *map(segment, parts)))


def is_address(iri: str) -> bool:
    """Return whether a text is an http or https IRI with a host.

    >>> is_address("https://example.org/数据"), is_address("https://a b/c"), is_address("https://")
    (True, False, False)
    """
    try:
        NamedNode(iri)
        parts = urlsplit(iri)
        host = parts.hostname and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not _TURNED.search(iri)


def is_base(iri: str) -> bool:
    """Return whether a text is an address or URN to which names can be appended.

    >>> is_base("https://example.org/kg"), is_base("https://example.org/kg#"), is_base("urn:x-kg:a")
    (True, False, True)
    """
    if "?" in iri or "#" in iri:
        return False
    # URNs allow the same characters as addresses.
    return is_address(f"https://urn/{iri}" if _URN.fullmatch(iri) else iri)


def check_base(base: str) -> str:
    """Return a base of IRIs without a trailing slash.

    Raises:
        InputError: It is not a base of IRIs.
    """
    if not is_base(base):
        raise InputError(
            f"base “{base}”: is not an IRI; write an address such as https://example.org/kg"
        )
    return base.rstrip("/")


def graph_name(base: str, *parts: str) -> NamedNode:
    """Return the IRI of a named graph.

    >>> graph_name(BASE, "report", "jianghan-2019-10").value
    'https://w3id.org/taskkg/graph/report/jianghan-2019-10'
    """
    return mint(base, "graph", *parts)


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of the vocabularies and of each kind of thing under `base`."""
    return PREFIXES | {kind: f"{base}/{kind}/" for kind in KINDS}


def normal_name(name: str) -> str:
    """Return a name in the form used in IRIs: NFKC, without quotation marks or spaces.

    >>> normal_name("《城市管理（试行）办法》")
    '城市管理(试行)办法'
    """
    return _QUOTES.sub("", unicodedata.normalize("NFKC", name))


def percent_encode(part: str) -> str:
    """Return a text as a segment of an IRI, percent-encoded where needed.

    >>> percent_encode("A/B 座")
    'A%2FB%20座'
    """
    return _ENCODED.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace")),
        part,
    )


# The same names occur again and again.
@lru_cache(maxsize=2**16)
def segment(part: str | int) -> str:
    """Return a name as a segment of an IRI: in normal form, percent-encoded where needed."""
    return percent_encode(normal_name(str(part)) or "-")
