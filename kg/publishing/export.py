"""Write the whole graph to a file that other tools read."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, serialize

from kg.errors import InputError
from kg.graph.terms import BASE, prefixes
from kg.output import write_file

_FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


def export(store: Store, output: str | Path, format: str = "turtle", base: str = BASE) -> int:
    """Write the graph to a file and return the number of statements written.

    Turtle, N-Triples and RDF/XML hold the statements of all named graphs together; the other
    formats keep the graphs apart. Statements are sorted, so that the same graph gives the same
    bytes.

    Args:
        store: The graph.
        output: The file to write.
        format: turtle, ntriples, nquads, trig, jsonld or rdfxml.
        base: The base of the graph's IRIs, from which prefixes are made.

    Raises:
        InputError: The file cannot be written, or the format is unknown.
    """
    if format not in _FORMATS:
        raise InputError(f"no format “{format}”; choose {', '.join(_FORMATS)}")
    kind = _FORMATS[format]
    if kind.supports_datasets:
        quads = sorted(store, key=_order)
        text = serialize(quads, format=kind, prefixes=prefixes(base))
        count = len(quads)
    else:
        triples = list(dict.fromkeys(quad.triple for quad in sorted(store, key=_order_in_one)))
        text = serialize(triples, format=kind, prefixes=prefixes(base))
        count = len(triples)
    write_file(output, text or b"")
    return count


def _order(quad: Quad) -> tuple[str, str, str, str]:
    return (str(quad.graph_name), *_order_in_one(quad))


def _order_in_one(quad: Quad) -> tuple[str, str, str]:
    """Order by subject, with the class of a subject in front of its other properties."""
    predicate = quad.predicate.value
    first = "" if predicate.endswith("#type") else predicate
    return str(quad.subject), first, str(quad.object)
