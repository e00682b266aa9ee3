from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.rdf.terms import PREFIXES, TKG, term
from kg.graph.stores.embedded import open_graph
from kg.publishing.formats.jsonld import write_jsonld
from kg.questions.sparql import select
from kg.resources import resource

# RDF has no room for lone surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NODES = st.sampled_from(
    [
        NamedNode("https://w3id.org/taskkg/road/420103/新华路"),
        NamedNode("https://w3id.org/taskkg/status/completed"),
        NamedNode("urn:x:y"),
        BlankNode("b"),
    ]
)
TYPED = st.one_of(
    st.integers().map(lambda it: Literal(str(it), datatype=term("xsd:integer"))),
    st.booleans().map(lambda it: Literal(str(it).lower(), datatype=term("xsd:boolean"))),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(
        lambda it: Literal(format(it, "f"), datatype=term("xsd:decimal"))
    ),
    st.just(Literal("2019", datatype=term("xsd:gYear"))),
    st.just(Literal("2019-10-31", datatype=term("xsd:date"))),
)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["zh", "en"])),
    TYPED,
)
PREDICATES = st.sampled_from(
    [
        *(
            term(name)
            for name in (
                "rdfs:label",
                "tkg:promise",
                "tkg:number",
                "tkg:value",
                "tkg:status",
                "tkg:approximate",
                "tkg:unit",
                "tkg:asOf",
                "dcat:startDate",
                "owl:versionIRI",
            )
        ),
        NamedNode("http://example.org/other#term"),
    ]
)


@given(
    triples=st.sets(
        st.one_of(
            st.builds(Triple, NODES, PREDICATES, st.one_of(NODES, LITERALS)),
            st.builds(
                lambda node, kind: Triple(node, term("rdf:type"), kind),
                NODES,
                st.sampled_from([term("tkg:Road"), NamedNode("http://example.org/Kind")]),
            ),
        ),
        max_size=12,
    )
)
def test_any_value_under_any_term_comes_back(triples: set[Triple]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.jsonld"
        write_jsonld(sorted(triples, key=lambda triple: str(triple.subject)), path)
        found = {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.JSON_LD)}
    assert canonical(found) == canonical(triples)


def canonical(triples: set[Triple]) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def test_the_context_has_a_term_for_each_property_of_tasks_and_their_facts(store: Path) -> None:
    context = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))
    terms = {
        meaning if isinstance(meaning, str) else meaning["@id"]
        for meaning in context["@context"].values()
        if not isinstance(meaning, float)
    }
    used = {quad.predicate.value for quad in open_graph(store)}
    ours = {f"tkg:{iri.removeprefix(TKG)}" for iri in used if iri.startswith(TKG)}
    assert ours <= terms
    prefixes = {name: iri for name, iri in context["@context"].items() if str(iri)[-1] in "#/"}
    assert len(prefixes) > 10
    assert prefixes == {name: PREFIXES[name] for name in prefixes}


def test_a_task_reads_as_plain_json(plain_bundle: Path, store: Path) -> None:
    document = json.loads((plain_bundle / "graph.jsonld").read_text(encoding="utf-8"))
    (task,) = [it for it in document["@graph"] if it["@id"].endswith("/task/jianghan-2019/102")]
    assert "tkg:Task" in task["@type"]
    assert task["label"] == {"en": "Task 102", "zh": "任务 102"}
    assert task["number"] == 102
    query = "SELECT ?status { ?task a tkg:Task ; tkg:number 102 ; tkg:status ?status }"
    ((status,),) = select(open_graph(store), query).rows
    assert task["status"] == str(status)
    assert task["status"].startswith("https://w3id.org/taskkg/status/")
    assert isinstance(task["promise"], str)
