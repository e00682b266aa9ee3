"""Programs that make triples, each run as a process of its own: we, maplib and rdflib.

usage: python -m benchmarks.peers.materialise ours FACTS OUTPUT PROCESSES
       python -m benchmarks.peers.materialise maplib|rdflib TABLES OUTPUT

What we make goes to a file a report in the folder OUTPUT, what the others make to the file OUTPUT.
"""

from __future__ import annotations

import gc
import json
import pickle
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.peers.tables import Table, read_tables

if TYPE_CHECKING:
    from kg.graph.ntriples import Statement
    from kg.history.numbering import Place
    from kg.model import Report, TaskFacts

    Facts = tuple[Report, tuple[TaskFacts, ...], Mapping[int, Place]]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def ours(facts: Path, output: Path, processes: int) -> None:
    """Make N-Quads of pickled facts; print how long it took without start-up and reading.

    Args:
        facts: A file for each report.
        output: A folder, which is made.
        processes: How many processes share the work; one does it in this one.
    """
    output.mkdir()
    steps = [(path, output / f"{path.stem}.nq") for path in sorted(facts.iterdir())]
    if processes == 1:
        _rarely_collect()
        took = sum(map(_mapped, steps))
    else:
        # As a build spreads them.
        context = get_context("spawn")
        with ProcessPoolExecutor(processes, context, _rarely_collect) as pool:
            took = sum(pool.map(_mapped, steps))
    print(json.dumps({"seconds": took}))


def maplib(folder: Path, output: Path) -> None:
    """Make N-Triples of tables with maplib."""
    # Its `fastapi` brings an agent that reports failures; nothing of it is imported here.
    import polars as pl
    from maplib import Model

    model = Model()
    model.add_template((folder / "templates.stottr").read_text(encoding="utf-8"))
    for table in read_tables(folder):
        frame = pl.read_csv(folder / f"{table.name}.csv", infer_schema=False)
        model.map(f"urn:map:{table.name}", frame.with_columns(*_typed(table)))
    model.write(output, format="ntriples")


def rdflib(folder: Path, output: Path) -> None:
    """Make N-Triples of tables with rdflib."""
    import csv

    from rdflib import RDF, Graph, Literal, URIRef
    from rdflib.term import Node

    def maker(datatype: str, language: str) -> Callable[[str], Node]:
        if language:
            return lambda text: Literal(text, lang=language)
        if not datatype:
            return URIRef
        if datatype == _XSD + "string":
            return Literal
        kind = URIRef(datatype)
        return lambda text: Literal(text, datatype=kind, normalize=False)

    graph = Graph()
    csv.field_size_limit(sys.maxsize)
    for table in read_tables(folder):
        classes = [URIRef(name) for name in table.classes]
        columns = [(URIRef(it.predicate), maker(it.datatype, it.language)) for it in table.columns]
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for name, *values in rows:
                subject = URIRef(name)
                for class_ in classes:
                    graph.add((subject, RDF.type, class_))
                for (predicate, make), value in zip(columns, values, strict=True):
                    if value:
                        graph.add((subject, predicate, make(value)))
    graph.serialize(output, format="nt", encoding="utf-8")


def statements_of(facts: Facts) -> tuple[dict[Statement, None], str]:
    """Return the statements of a report, each once, and its graph."""
    from kg.graph.mapping import report_statements
    from kg.graph.ntriples import distinct
    from kg.graph.scope import Scope
    from kg.graph.terms import BASE

    report, found, rows = facts
    scope = Scope.of(report, found, BASE, rows)
    return distinct(report_statements(report, found, scope)), scope.graph("report")


def _mapped(step: tuple[Path, Path]) -> float:
    from kg.graph.ntriples import written

    source, target = step
    facts: Facts = pickle.loads(source.read_bytes())
    start = time.process_time()
    told, graph = statements_of(facts)
    target.write_bytes(written(told, graph))
    took = time.process_time() - start
    # As a build does after each source.
    del facts, told
    gc.collect()
    return took


def _rarely_collect() -> None:
    gc.freeze()
    gc.disable()


def _typed(table: Table) -> list[Any]:
    """Return the columns as maplib wants them: a type for each datatype, a struct for texts."""
    import polars as pl

    types: dict[str, Any] = {"decimal": pl.Decimal(38, 12), "integer": pl.Int64}
    made = []
    for index, column in enumerate(table.columns):
        cell = pl.col(f"c{index}")
        kind = column.datatype.removeprefix(_XSD)
        if column.language:
            text = pl.struct(cell.alias(_LANG_STRING_FIELD), pl.lit(column.language).alias("l"))
            made.append(pl.when(cell.is_not_null()).then(text).alias(f"c{index}"))
        elif kind == "boolean":
            made.append(cell == "true")
        elif kind == "date":
            made.append(cell.str.to_date())
        elif kind in types:
            made.append(cell.cast(types[kind]))
    return made


# How maplib calls the text in the struct that stands for a text and its language.
_LANG_STRING_FIELD = f"<{_LANG_STRING}>"


if __name__ == "__main__":
    which, source, target, *more = sys.argv[1:]
    if which == "ours":
        ours(Path(source), Path(target), int(more[0]))
    else:
        {"maplib": maplib, "rdflib": rdflib}[which](Path(source), Path(target))
