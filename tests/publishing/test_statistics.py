from __future__ import annotations

import csv
import io
from pathlib import Path

from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad

from kg.cli import cli
from kg.graph.rdf.terms import TKG, term
from kg.graph.stores.embedded import open_graph
from kg.publishing.statements import triples
from kg.publishing.statistics import statistics
from kg.questions.sparql import select


def test_statements_of_several_graphs_count_once() -> None:
    thing, other = NamedNode("https://example.org/1"), NamedNode("https://example.org/2")
    graphs = NamedNode("https://example.org/g1"), NamedNode("https://example.org/g2")
    quads = [
        Quad(subject, predicate, value, graph)
        for graph in graphs
        for subject, predicate, value in (
            (thing, term("rdf:type"), term("tkg:Road")),
            (other, term("rdf:type"), term("tkg:Road")),
            (other, term("skos:altLabel"), Literal("甲")),
            (other, term("skos:altLabel"), Literal("甲 . <b>")),
        )
    ]
    found = statistics(triples(quads))
    assert (found.statements, found.things) == (4, 2)
    assert dict(found.classes) == {f"{TKG}Road": 2}
    assert dict(found.properties) == {
        term("rdf:type").value: 2,
        term("skos:altLabel").value: 2,
    }


def rows(store: Path, by: str) -> dict[str, dict[str, str]]:
    command = ["stats", "--store", str(store), "--by", by, "--format", "csv"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    return {row[by]: row for row in csv.DictReader(io.StringIO(result.stdout))}


def test_stats_count_classes_and_properties_as_sparql_does(store: Path) -> None:
    assert rows(store, "class")["tkg:Task"] == {
        "class": "tkg:Task",
        "label": "任务",
        "count": "106",
    }
    found = rows(store, "property")["tkg:mentions"]
    query = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?b { GRAPH ?g { ?a tkg:mentions ?b } } }"
    ((count,),) = select(open_graph(store), query).rows
    assert found["label"] == "提到"
    assert found["count"] == str(count)


def test_stats_tell_how_complete_each_department_is(store: Path) -> None:
    found = rows(store, "department")
    assert len(found) == 36
    assert found["园林局"]["share"] == "67"
