"""Export the whole graph to a file for other tools."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from kg.errors import InputError
from kg.graph.rdf.terms import BASE, prefixes
from kg.graph.stores.embedded import all_statements
from kg.graph.stores.server_graphs import ALL, BUILD, about_triples
from kg.output import move_file
from kg.publishing.formats.rdfxml import UnwritableError, xml_triples
from kg.publishing.formats.stratml import write_stratml
from kg.publishing.statements import write_quads, write_triples

_RDF: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
FORMATS = (*_RDF, "server", "stratml")


def export(
    store: Store,
    output: str | Path,
    format: str = "turtle",
    about: Mapping[str, Any] | None = None,
) -> int:
    """Write the graph to a file and return the number of statements (of tasks for StratML).

    Turtle, N-Triples and RDF/XML merge all named graphs; the other formats keep them separate.
    Statements are sorted, so that the same graph gives the same bytes. Memory use does not grow
    with the graph.

    Args:
        store: The graph.
        output: The file to write.
        format: One of `FORMATS`. `server` is N-Quads for the bulk loader of a SPARQL server;
            StratML has only the tasks with their departments and targets.
        about: The metadata of the build (`about_build`), for the base of prefixes and for `server`.

    Raises:
        InputError: The file cannot be written, the format is unknown, or RDF/XML cannot express a
            predicate of the graph.
    """
    about = about or {}
    base = str(about.get("base", BASE))
    if format not in FORMATS:
        raise InputError(f"no format “{format}”; choose {', '.join(FORMATS)}")
    with tempfile.TemporaryDirectory() as folder:
        sorted_file, made = Path(folder) / "sorted", Path(folder) / "made"
        kind = _RDF.get(format)
        if format == "stratml":
            count = write_stratml(store, made)
        elif kind is None:
            count = write_quads(_server_quads(store, about), made)
        elif kind.supports_datasets:
            count = write_quads(store, sorted_file)
            parsed = parse(path=str(sorted_file), format=RdfFormat.N_QUADS)
            serialize(parsed, str(made), kind, prefixes=prefixes(base))
        else:
            count = write_triples(all_statements(store), sorted_file)
            try:
                convert(sorted_file, made, kind, base)
            except UnwritableError as error:
                raise InputError(f"{output}: {error}; choose turtle or another format") from None
        move_file(made, output)
    return count


def _server_quads(store: Store, about: Mapping[str, Any]) -> Iterator[Quad]:
    """Yield all quads of a build on a server; see `kg.graph.placing`."""
    yield from store
    for quad in all_statements(store):
        yield Quad(quad.subject, quad.predicate, quad.object, ALL)
    graphs = sorted(name.value for name in store.named_graphs() if isinstance(name, NamedNode))
    for triple in about_triples({**about, "graphs": graphs}):
        yield Quad(triple.subject, triple.predicate, triple.object, BUILD)


def convert(triples: Path, output: Path, format: RdfFormat, base: str = BASE) -> None:
    """Convert a file of N-Triples to another format, statement by statement."""
    parsed = parse(path=str(triples), format=RdfFormat.N_TRIPLES)
    statements: Iterator[Triple] = (quad.triple for quad in parsed)
    if format == RdfFormat.RDF_XML:
        statements = xml_triples(statements)
    serialize(statements, str(output), format, prefixes=prefixes(base))
