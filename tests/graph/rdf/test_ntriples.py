"""Terms that are written as text are the ones that RDF libraries read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.graph.mapping.scope import Scope
from kg.graph.rdf import ntriples
from kg.graph.rdf.terms import BASE, mint, term

# Without lone surrogates, which UTF-8 cannot encode.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def parse_statements(*statements: ntriples.Lines) -> list[tuple[object, object, object]]:
    written = ntriples.write_statements(statements)
    return [tuple(quad.triple) for quad in parse(written, RdfFormat.N_TRIPLES)]


@given(TEXTS)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    subject = ntriples.iri("urn:a:b")
    found = parse_statements(
        ntriples.statement(subject, "rdfs:label", ntriples.string(text)),
        ntriples.statement(subject, "rdfs:label", ntriples.zh(text)),
        ntriples.fill_pattern("?thing rdfs:label ?text", thing=subject, text=ntriples.en(text)),
    )
    assert [value for _, _, value in found] == [
        Literal(text), Literal(text, language="zh"), Literal(text, language="en")
    ]  # fmt: skip


@given(TEXTS, st.integers())
def test_things_have_the_iris_that_are_minted(name: str, number: int) -> None:
    scope = Scope(BASE, "420103", "jianghan-2019", "jianghan-2019-10")
    written = scope.iri("place", "420103", name, number)
    ((subject, _, _),) = parse_statements(
        ntriples.statement(written, "rdf:value", ntriples.integer(number))
    )
    assert subject == mint(BASE, "place", "420103", name, number)
    assert isinstance(subject, NamedNode)


@given(TEXTS)
def test_quads_are_the_triples_in_a_graph(text: str) -> None:
    told = [ntriples.statement(ntriples.iri("urn:a:b"), "rdfs:label", ntriples.zh(text))]
    quads = parse(ntriples.write_statements(told, ntriples.iri("urn:g:h")), RdfFormat.N_QUADS)
    assert [(tuple(quad.triple), quad.graph_name) for quad in quads] == [
        (triple, NamedNode("urn:g:h")) for triple in parse_statements(*told)
    ]


def test_a_thing_is_of_the_classes_above_its_class_too() -> None:
    thing = ntriples.iri("urn:a:b")
    one_by_one = list(ntriples.type_statements(thing, "tkg:Department"))
    kinds = [kind for _, _, kind in parse_statements(*one_by_one)]
    assert kinds[0] == term("tkg:Department")
    assert {term("tkg:PublicBody"), term("org:Organization")} <= set(kinds)
    assert b"".join(one_by_one) == ntriples.fill_pattern(
        "?thing rdf:type tkg:Department", thing=thing
    )


def test_a_pattern_is_filled_wherever_a_variable_stands() -> None:
    pattern = """
        ?road rdf:type geo:Feature ; rdfs:label ?name ;
            skos:prefLabel ?name .
        ?district geo:sfContains ?road .
    """
    road, district = ntriples.iri("urn:road:100%25"), ntriples.iri("urn:district:a")
    found = parse_statements(
        ntriples.fill_pattern(pattern, road=road, district=district, name=ntriples.zh("100%路"))
    )
    subject, name = NamedNode("urn:road:100%25"), Literal("100%路", language="zh")
    assert found == [
        (subject, term("rdf:type"), term("geo:Feature")),
        (subject, term("rdfs:label"), name),
        (subject, term("skos:prefLabel"), name),
        (NamedNode("urn:district:a"), term("geo:sfContains"), subject),
    ]
