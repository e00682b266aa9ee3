"""The statements of a graph in a fixed order, as N-Triples or N-Quads lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad

from kg.graph.terms import term
from kg.publishing.sorting import Row, ordered

_TYPE = str(term("rdf:type"))


def write_triples(quads: Iterable[Quad], path: Path) -> int:
    """Write the statements of all graphs together as N-Triples; return how many there are.

    They are sorted by subject, its classes in front of its other properties.
    """
    return _write(map(_triple, quads), path)


def write_quads(quads: Iterable[Quad], path: Path) -> int:
    """Write the statements as N-Quads, sorted by graph, then as triples are."""
    return _write(((str(quad.graph_name), *_triple(quad)) for quad in quads), path)


def _triple(quad: Quad) -> Row:
    predicate = str(quad.predicate)
    # An empty text sorts in front of all predicates.
    return str(quad.subject), "" if predicate == _TYPE else predicate, str(quad.object)


def _write(rows: Iterator[Row], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for *graph, subject, predicate, value in ordered(rows):
            file.write(" ".join((subject, predicate or _TYPE, value, *graph, ".\n")))
            count += 1
    return count
