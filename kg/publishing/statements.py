"""The statements of a graph in a fixed order, as lines of N-Triples or N-Quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.graph.rdf.terms import term
from kg.publishing.sorting import Row, sort_rows

TYPE = str(term("rdf:type"))


def triples(quads: Iterable[Quad]) -> Iterator[Row]:
    """Yield the merged statements of all graphs: subject, predicate, object.

    Terms are formatted as in N-Triples. Statements are sorted by subject, with its classes before
    its other properties.
    """
    for subject, predicate, value in sort_rows(map(_sort_key, quads)):
        yield subject, predicate or TYPE, value


def write_triples(quads: Iterable[Quad], path: Path) -> int:
    """Write the merged statements of all graphs as N-Triples; return their number."""
    return _write_lines(triples(quads), path)


def read_triples(path: Path) -> Iterator[Row]:
    """Yield the statements of a file written by `write_triples`, as `triples` does."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            subject, predicate, value = line[: -len(_END)].split(" ", 2)
            yield subject, predicate, value


def write_quads(quads: Iterable[Quad], path: Path) -> int:
    """Write the statements of named graphs as N-Quads, sorted by graph, then like triples."""
    named = (quad for quad in quads if isinstance(quad.graph_name, NamedNode))
    found = sort_rows((str(quad.graph_name), *_sort_key(quad)) for quad in named)
    return _write_lines(
        ((subject, predicate or TYPE, value, graph) for graph, subject, predicate, value in found),
        path,
    )


_END = " .\n"


def _sort_key(quad: Quad) -> Row:
    predicate = str(quad.predicate)
    # An empty string sorts before all predicates.
    return str(quad.subject), "" if predicate == TYPE else predicate, str(quad.object)


def _write_lines(rows: Iterator[Row], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(" ".join(row) + _END)
            count += 1
    return count
