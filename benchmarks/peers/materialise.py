"""Make triples from tables with maplib or rdflib, in a separate process.

usage: python -m benchmarks.peers.materialise maplib|rdflib TABLES OUTPUT.nt
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.peers.tables import Table, Term, read_tables

if TYPE_CHECKING:
    from polars import Expr

_XSD = "http://www.w3.org/2001/XMLSchema#"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
# ASCII characters that are percent-encoded in a segment of an IRI.
_ENCODED = {it: f"%{ord(it):02X}" for it in ' "#%/<>?[\\]^`{|}'}


def maplib(folder: Path, output: Path) -> None:
    """Make N-Triples from tables with maplib."""
    # Its `fastapi` would report failures to others; it is not imported here.
    import polars as pl
    from maplib import Model

    model = Model()
    model.add_template((folder / "templates.stottr").read_text(encoding="utf-8"))
    for table in read_tables(folder):
        frame = pl.scan_csv(folder / f"{table.name}.csv", infer_schema=False)
        model.map(f"urn:map:{table.name}", frame.select(*_expressions(table)).collect())
    model.write(output, format="ntriples")


def rdflib(folder: Path, output: Path) -> None:
    """Make N-Triples from tables with rdflib."""
    import csv

    from rdflib import RDF, Graph, Literal, URIRef
    from rdflib.term import Node

    unsafe = re.compile(f"[{re.escape(''.join(_ENCODED))}]")

    def segment(part: str) -> str:
        return unsafe.sub(lambda it: _ENCODED[it[0]], part)

    def maker(term: Term, header: Sequence[str]) -> tuple[int, Callable[[Sequence[str]], Node]]:
        kind, where = term.kind, [header.index(name) for name in term.columns]
        first, start, datatype = where[0], f"{kind.start}/", URIRef(kind.datatype)
        if kind.start:
            return first, lambda row: URIRef(start + "/".join([segment(row[it]) for it in where]))
        if kind.language:
            return first, lambda row: Literal(row[first], lang=kind.language)
        if not kind.datatype:
            return first, lambda row: URIRef(row[first])
        if kind.datatype == _XSD + "string":
            return first, lambda row: Literal(row[first])
        return first, lambda row: Literal(row[first], datatype=datatype, normalize=False)

    graph = Graph()
    csv.field_size_limit(sys.maxsize)
    for table in read_tables(folder):
        classes = [URIRef(name) for name in table.classes]
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            header = next(rows)
            _, make_subject = maker(table.subject, header)
            objects = [(URIRef(name), *maker(term, header)) for name, term in table.objects]
            for row in rows:
                subject = make_subject(row)
                for class_ in classes:
                    graph.add((subject, RDF.type, class_))
                for predicate, first, make in objects:
                    if row[first]:
                        graph.add((subject, predicate, make(row)))
    graph.serialize(output, format="nt", encoding="utf-8")


def _expressions(table: Table) -> list[Expr]:
    """Return the terms of a table for maplib: with the names in its template, and typed."""
    objects = [_expression(term).alias(f"o{it}") for it, (_, term) in enumerate(table.objects)]
    return [_expression(table.subject).alias("s"), *objects]


def _expression(term: Term) -> Expr:
    """Return a term: a string for an IRI, a typed value for a datatype, a struct for a text."""
    import polars as pl

    kind, cell = term.kind, pl.col(term.columns[0])
    datatype = kind.datatype.removeprefix(_XSD)
    types: dict[str, Any] = {"decimal": pl.Decimal(38, 12), "integer": pl.Int64}
    if kind.start:
        parts = (
            pl.col(name).str.replace_many(list(_ENCODED), list(_ENCODED.values()))
            for name in term.columns
        )
        return pl.concat_str(pl.lit(kind.start), *parts, separator="/")
    if kind.language:
        text = pl.struct(cell.alias(f"<{_LANG_STRING}>"), pl.lit(kind.language).alias("l"))
        return pl.when(cell.is_not_null()).then(text)
    if datatype == "boolean":
        return cell == "true"
    if datatype == "date":
        return cell.str.to_date()
    return cell.cast(types[datatype]) if datatype in types else cell


if __name__ == "__main__":
    which, source, target = sys.argv[1:]
    {"maplib": maplib, "rdflib": rdflib}[which](Path(source), Path(target))
