"""The statements of a graph in a fixed order, as N-Triples or N-Quads lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.graph.terms import term
from kg.publishing.sorting import Row, ordered

TYPE = str(term("rdf:type"))


def triples(quads: Iterable[Quad]) -> Iterator[Row]:
    """Yield the statements of all graphs together, each once: subject, predicate, object.

    The terms are written as in N-Triples. Statements are sorted by subject, its classes in front
    of its other properties.
    """
    for subject, predicate, value in ordered(map(_sortable, quads)):
        yield subject, predicate or TYPE, value


def write_triples(quads: Iterable[Quad], path: Path) -> int:
    """Write the statements of all graphs together as N-Triples; return how many there are."""
    return _write(triples(quads), path)


def read_triples(path: Path) -> Iterator[Row]:
    """Yield the statements of a file that `write_triples` wrote, as `triples` does."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            subject, predicate, value = line[: -len(_END)].split(" ", 2)
            yield subject, predicate, value


def write_quads(quads: Iterable[Quad], path: Path) -> int:
    """Write the statements of named graphs as N-Quads, sorted by graph, then as triples are."""
    named = (quad for quad in quads if isinstance(quad.graph_name, NamedNode))
    found = ordered((str(quad.graph_name), *_sortable(quad)) for quad in named)
    return _write(
        ((subject, predicate or TYPE, value, graph) for graph, subject, predicate, value in found),
        path,
    )


_END = " .\n"


def _sortable(quad: Quad) -> Row:
    predicate = str(quad.predicate)
    # An empty text sorts in front of all predicates.
    return str(quad.subject), "" if predicate == TYPE else predicate, str(quad.object)


def _write(rows: Iterator[Row], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(" ".join(row) + _END)
            count += 1
    return count
