"""Terms that are written as text are the ones that RDF libraries read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.graph import ntriples
from kg.graph.scope import Scope
from kg.graph.terms import BASE, mint, term

# Lone surrogates are no characters: UTF-8 cannot write them.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def read(*statements: ntriples.Statement) -> list[tuple[object, object, object]]:
    written = ntriples.written(ntriples.distinct(statements))
    return [tuple(quad.triple) for quad in parse(written, RdfFormat.N_TRIPLES)]


@given(TEXTS)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    subject = ntriples.iri("urn:a:b")
    found = read(
        (subject, "rdfs:label", ntriples.string(text)),
        (subject, "rdfs:label", ntriples.zh(text)),
        (subject, "rdfs:label", ntriples.en(text)),
    )
    assert [value for _, _, value in found] == [
        Literal(text), Literal(text, language="zh"), Literal(text, language="en")
    ]  # fmt: skip


@given(TEXTS, st.integers())
def test_things_have_the_iris_that_are_minted(name: str, number: int) -> None:
    scope = Scope(BASE, "420103", "jianghan-2019", "jianghan-2019-10")
    written = scope.iri("place", "420103", name, number)
    ((subject, _, _),) = read((written, "rdf:value", ntriples.integer(number)))
    assert subject == mint(BASE, "place", "420103", name, number)
    assert isinstance(subject, NamedNode)


def test_a_thing_is_of_the_classes_above_its_class_too() -> None:
    found = read((ntriples.iri("urn:a:b"), "rdf:type", ntriples.vocabulary("tkg:Department")))
    kinds = [kind for _, _, kind in found]
    assert kinds[0] == term("tkg:Department")
    assert {term("tkg:PublicBody"), term("org:Organization")} <= set(kinds)


def test_a_statement_that_comes_twice_is_written_once() -> None:
    statement = ntriples.iri("urn:a:b"), "rdfs:label", ntriples.zh("街道")
    assert len(read(statement, statement)) == 1
