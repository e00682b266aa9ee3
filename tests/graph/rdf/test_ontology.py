"""The vocabulary: OWL 2 DL, free of the pitfalls of OOPS! that code can see, true of the data."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import networkx as nx
import owlrl
import pytest
import rdflib
from owlrl.Namespaces import ERRNS
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Literal, URIRef

from kg.graph.rdf.ontology import FILES
from kg.graph.rdf.terms import BASE, TKG
from kg.graph.stores.embedded import all_statements, open_graph
from kg.graph.validation import to_rdflib
from kg.resources import resource

ONTOLOGY = URIRef(TKG.rstrip("#"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
PROPERTIES = KINDS[1:]
# The datatypes of OWL 2 (Structural Specification, section 4) that the vocabulary may use.
DATATYPES = {XSD.decimal, XSD.integer, XSD.positiveInteger, XSD.string, XSD.boolean, RDF.langString}


@pytest.fixture(scope="module")
def vocabulary() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in FILES:
        graph.parse(resource("ontology", name), format="turtle")
    return graph


def ours(graph: rdflib.Graph, *kinds: URIRef) -> set[URIRef]:
    found = {s for kind in kinds or KINDS for s in graph.subjects(RDF.type, kind)}
    return {s for s in found if isinstance(s, URIRef) and s.startswith(TKG)}


def languages(graph: rdflib.Graph, found: rdflib.term.Node, predicate: URIRef) -> list[str]:
    texts = graph.objects(found, predicate)
    return sorted(text.language or "" for text in texts if isinstance(text, Literal))


def above(graph: rdflib.Graph, found: URIRef) -> set[rdflib.term.Node | None]:
    return set(graph.transitive_objects(found, RDFS.subClassOf))


def disjoint(graph: rdflib.Graph) -> set[frozenset[rdflib.term.Node]]:
    pairs = set()
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        (members,) = graph.objects(axiom, OWL.members)
        pairs |= {frozenset(pair) for pair in combinations(graph.items(members), 2)}
    return pairs


def test_the_header_tells_version_licence_and_authors_as_roles(vocabulary: rdflib.Graph) -> None:
    (version,) = vocabulary.objects(ONTOLOGY, OWL.versionIRI)
    (number,) = vocabulary.objects(ONTOLOGY, OWL.versionInfo)
    assert str(version).endswith(f"/{number}")
    assert (ONTOLOGY, DCTERMS.license, None) in vocabulary
    (creator,) = vocabulary.objects(ONTOLOGY, DCTERMS.creator)
    assert languages(vocabulary, creator, rdflib.FOAF.name) == ["en", "zh"]


def test_every_term_used_is_declared_and_every_term_declared_is_used(
    vocabulary: rdflib.Graph, store: Path
) -> None:
    declared = {str(found) for found in ours(vocabulary)}
    ontology = NamedNode(f"{BASE}/graph/ontology")
    used = set()
    for quad in open_graph(store):
        if quad.graph_name in (ontology, DefaultGraph()):
            continue
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)
        for term in (quad.predicate, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith(TKG):
                used.add(term.value)
    # Inverses are for readers only; the others occur in other reports.
    others = {"lead", "cooperating", "Group", "group", "leader"}
    inverses = {str(found) for found in vocabulary.subjects(OWL.inverseOf)}
    assert used <= declared
    assert declared - used - inverses == {TKG + name for name in others}


def test_every_term_has_labels_definitions_and_its_home(vocabulary: rdflib.Graph) -> None:
    for found in ours(vocabulary):
        for wanted in (RDFS.label, SKOS.definition):
            assert languages(vocabulary, found, wanted) == ["en", "zh"], (found, wanted)
        assert (found, RDFS.isDefinedBy, ONTOLOGY) in vocabulary
        assert (found, SKOS.example, None) in vocabulary, found


def test_concepts_have_labels_and_definitions_and_stand_in_a_scheme(
    vocabulary: rdflib.Graph,
) -> None:
    concepts = set(vocabulary.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 20
    for found in concepts:
        for wanted in (SKOS.prefLabel, SKOS.definition):
            assert languages(vocabulary, found, wanted) == ["en", "zh"], found
        (scheme,) = vocabulary.objects(found, SKOS.inScheme)
        assert (scheme, SKOS.hasTopConcept, found) in vocabulary
        assert (found, SKOS.topConceptOf, scheme) in vocabulary


def test_labels_tell_terms_apart(vocabulary: rdflib.Graph) -> None:
    for kinds in ((OWL.Class,), (OWL.ObjectProperty,), (OWL.DatatypeProperty,)):
        for language in ("zh", "en"):
            labels = [
                str(label)
                for found in ours(vocabulary, *kinds)
                for label in vocabulary.objects(found, RDFS.label)
                if isinstance(label, Literal) and label.language == language
            ]
            assert len(labels) == len(set(labels)), (kinds, language)


def test_every_term_is_of_one_kind_and_every_iri_in_an_axiom_is_declared(
    vocabulary: rdflib.Graph,
) -> None:
    for found in set(vocabulary.subjects(RDF.type, None)):
        if isinstance(found, URIRef):
            kinds = [kind for kind in KINDS if (found, RDF.type, kind) in vocabulary]
            assert len(kinds) <= 1, found

    def declared(found: rdflib.term.Node, kind: URIRef) -> bool:
        return (found, RDF.type, kind) in vocabulary

    for lower, upper in vocabulary.subject_objects(RDFS.subClassOf):
        assert declared(lower, OWL.Class), lower
        assert declared(upper, OWL.Class), upper
    for lower, upper in vocabulary.subject_objects(RDFS.subPropertyOf):
        assert any(declared(lower, kind) and declared(upper, kind) for kind in PROPERTIES), lower
    for found, kind in vocabulary.subject_objects(RDFS.domain):
        assert declared(kind, OWL.Class), found
    for found, kind in vocabulary.subject_objects(RDFS.range):
        wanted = kind in DATATYPES if declared(found, OWL.DatatypeProperty) else None
        assert declared(kind, OWL.Class) if wanted is None else wanted, found
    builtin = (str(RDF), str(RDFS), str(OWL))
    for predicate in set(vocabulary.predicates()):
        if not str(predicate).startswith(builtin):
            assert any(declared(predicate, kind) for kind in PROPERTIES), predicate


def test_no_class_or_property_stands_above_itself(vocabulary: rdflib.Graph) -> None:
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        assert nx.is_directed_acyclic_graph(nx.DiGraph(list(vocabulary.subject_objects(relation))))


def test_inverses_are_declared_and_turn_domain_and_range_round(vocabulary: rdflib.Graph) -> None:
    pairs = list(vocabulary.subject_objects(OWL.inverseOf))
    paired = {found for pair in pairs for found in pair}
    for one, other in pairs:
        assert one != other
        for here, there in ((RDFS.domain, RDFS.range), (RDFS.range, RDFS.domain)):
            assert set(vocabulary.objects(one, here)) == set(vocabulary.objects(other, there))
    for found in ours(vocabulary, OWL.ObjectProperty):
        domain, range_ = (vocabulary.value(found, which) for which in (RDFS.domain, RDFS.range))
        if domain and range_ and range_ != SKOS.Concept:
            assert found in paired, found


def test_a_property_has_one_domain_and_one_range_at_most(vocabulary: rdflib.Graph) -> None:
    for found in ours(vocabulary, *PROPERTIES):
        for which in (RDFS.domain, RDFS.range):
            assert len(list(vocabulary.objects(found, which))) <= 1, found


def test_classes_side_by_side_are_disjoint(vocabulary: rdflib.Graph) -> None:
    pairs = disjoint(vocabulary)
    for one, other in combinations(ours(vocabulary, OWL.Class), 2):
        if one in above(vocabulary, other) or other in above(vocabulary, one):
            continue
        assert any(
            frozenset((upper, beside)) in pairs
            for upper in above(vocabulary, one)
            for beside in above(vocabulary, other)
        ), (one, other)


def test_no_class_is_empty_by_definition(vocabulary: rdflib.Graph) -> None:
    for pair in disjoint(vocabulary):
        one, other = pair
        for found in ours(vocabulary, OWL.Class):
            assert not {one, other} <= above(vocabulary, found), found


def test_every_term_is_connected_to_the_others(vocabulary: rdflib.Graph) -> None:
    graph = nx.Graph()
    relations = (RDFS.subClassOf, RDFS.domain, RDFS.range, RDFS.subPropertyOf, OWL.inverseOf)
    for relation in relations:
        graph.add_edges_from(vocabulary.subject_objects(relation))
    # A property of several kinds of things has no domain; the data connect it with them.
    open_ended = {
        found
        for found in ours(vocabulary, *PROPERTIES)
        if not vocabulary.value(found, RDFS.domain) and not vocabulary.value(found, RDFS.range)
    }
    assert {str(found).removeprefix(TKG) for found in open_ended} == {"asOf"}
    for found in ours(vocabulary) - open_ended:
        assert graph.degree(found) > 0, found


def contradictions(graph: rdflib.Graph) -> list[str]:
    """Return what an OWL RL reasoner finds contradictory in a graph."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return [str(error) for error in graph.objects(None, ERRNS.error)]


@pytest.mark.slow
def test_the_data_are_consistent_under_owl_rl(store: Path) -> None:
    def kept(quad: Quad) -> bool:
        # Evidence has the same form for all tasks, so that tasks beginning with 1 are enough.
        subject = getattr(quad.subject, "value", "")
        return "/evidence/" not in subject or "/evidence/jianghan-2019-10/1" in subject

    graph = to_rdflib(quad for quad in all_statements(open_graph(store)) if kept(quad))
    assert contradictions(graph) == []


def test_a_road_that_is_a_place_is_a_contradiction(vocabulary: rdflib.Graph) -> None:
    graph = rdflib.Graph() + vocabulary
    thing = URIRef(f"{BASE}/road/420103/新华路")
    graph.add((thing, RDF.type, URIRef(f"{TKG}Road")))
    graph.add((thing, RDF.type, URIRef(f"{TKG}Place")))
    assert any("disjoint" in message.lower() for message in contradictions(graph))
