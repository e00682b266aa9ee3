from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from kg.errors import InputError
from kg.graph.stores.embedded import open_graph
from kg.publishing.export import export

FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_holds_the_whole_graph(name: str, store: Path, tmp_path: Path) -> None:
    graph = open_graph(store)
    count = export(graph, tmp_path / "graph", name)
    back = list(parse((tmp_path / "graph").read_bytes(), FORMATS[name]))
    assert len(back) == count
    assert {quad.triple for quad in back} == {quad.triple for quad in graph}


def test_turtle_has_readable_prefixes_and_another_library_reads_it(
    store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "graph.ttl"
    count = export(open_graph(store), path)
    text = path.read_text(encoding="utf-8")
    assert "@prefix tkg: <https://w3id.org/taskkg/ontology#> ." in text
    assert "tkg:responsible department:420103\\/建设局" in text
    assert len(rdflib.Graph().parse(path, format="turtle")) == count


def test_an_output_that_cannot_be_written_is_refused(store: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        export(open_graph(store), tmp_path / "nowhere" / "graph.ttl")
