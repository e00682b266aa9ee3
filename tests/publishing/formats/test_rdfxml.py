"""RDF/XML has the given statements, or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from kg.errors import InputError
from kg.graph.rdf.terms import BASE, prefixes
from kg.publishing.export import export
from kg.publishing.formats.rdfxml import UnwritableError, xml_triples

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def statement(predicate: str) -> Triple:
    return Triple(NamedNode("http://e.org/s"), NamedNode(predicate), Literal("值"))


def to_rdfxml(triple: Triple) -> bytes:
    statements = xml_triples([triple])
    return serialize(statements, format=RdfFormat.RDF_XML, prefixes=prefixes(BASE)) or b""


@given(
    st.sampled_from(["http://e.org/", f"{RDF}", "https://w3id.org/taskkg/ontology#", "urn:x:"]),
    st.one_of(
        st.text("abc_-.:/#19é民·٠%20", max_size=6),
        st.sampled_from(["li", "_1", "Description", "about", "type", "bagID", "nodeID"]),
    ),
)
def test_what_is_written_is_read_again(space: str, name: str) -> None:
    try:
        triple = statement(space + name)
    except ValueError:
        return
    try:
        content = to_rdfxml(triple)
    except UnwritableError:
        return
    assert [quad.triple for quad in parse(content, RdfFormat.RDF_XML)] == [triple]


@pytest.mark.parametrize(
    "predicate",
    [
        *("http://e.org/1", "http://e.org/", "https://w3id.org/taskkg/ontology#"),
        *(f"{RDF}li", f"{RDF}Description", f"{RDF}aboutEach"),
    ],
)
def test_predicates_without_a_name_in_xml_are_refused(predicate: str, tmp_path: Path) -> None:
    store = Store()
    store.add(Quad(*statement(predicate)))
    with pytest.raises(InputError, match=r"RDF/XML cannot express.*choose turtle"):
        export(store, tmp_path / "graph.rdf", "rdfxml")
    assert list(tmp_path.iterdir()) == []
    assert export(store, tmp_path / "graph.ttl") == 1


def test_characters_that_xml_forbids_are_replaced() -> None:
    triple = Triple(
        NamedNode("http://e.org/s"), NamedNode("http://e.org/p"), Literal("a\x07b", language="zh")
    )
    (quad,) = parse(to_rdfxml(triple), RdfFormat.RDF_XML)
    assert quad.object == Literal("a\ufffdb", language="zh")
