"""The table of kinds agrees with the lists that are kept by hand: in files, and as a literal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from rdflib import OWL, RDFS, Graph, URIRef

from kg.graph.rdf.terms import TKG
from kg.kinds import KINDS, PLACES, SHARED, THINGS
from kg.model import NameKind
from kg.publishing.columns import TABLES
from kg.resources import resource
from kg.server.things.tie import DEFAULT_STRENGTH, STRENGTHS
from kg.tagger.labels import HEAD, SPAN_LABELS
from training.markup import NAME_CODES

ROOT = Path(__file__).parents[1] / "kg"
CLASSES = {URIRef(TKG + kind.rdf_class): kind for kind in KINDS}
SHARED_TERMS = {kind.term for kind in SHARED}
# Those of the questions on shared projects, in which a subdistrict is too large to count.
PROJECT_TERMS = {kind.term for kind in SHARED if not kind.is_unit}


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(resource("ontology", "taskkg.ttl"))


def test_the_kinds_are_those_of_the_data_model_the_tagger_and_the_training_data() -> None:
    keys = [kind.key for kind in KINDS]
    assert sorted(keys) == sorted(get_args(NameKind))
    assert {*keys, HEAD} == set(SPAN_LABELS)
    assert sorted(keys) == sorted(NAME_CODES.values())


def test_the_classes_are_those_of_the_vocabulary_with_its_chinese_labels(vocabulary: Graph) -> None:
    assert set(vocabulary.subjects(RDFS.subClassOf, URIRef(TKG + "NamedThing"))) == set(CLASSES)
    for iri, kind in CLASSES.items():
        labels = {str(label) for label in vocabulary.objects(iri, RDFS.label)}
        assert kind.title[0] in labels, kind.key
        assert kind.en.replace("organis", "organiz") in map(str.lower, labels), kind.key


def test_the_vocabulary_says_that_nothing_is_of_two_kinds(vocabulary: Graph) -> None:
    members = [set(vocabulary.items(head)) for _, head in vocabulary.subject_objects(OWL.members)]
    assert set(CLASSES) in members


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("graph/rules/shared.rq", SHARED_TERMS),
        ("questions/between.rq", SHARED_TERMS),
        ("questions/shared-things.rq", SHARED_TERMS),
        ("questions/shared-projects.rq", PROJECT_TERMS),
        ("spark/shared-projects.sql", PROJECT_TERMS),
    ],
)
def test_queries_in_files_have_the_kinds_that_tie_departments(name: str, terms: set[str]) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert set(re.findall(r"tkg:\w+", text)) & {kind.term for kind in KINDS} == terms


def test_the_page_of_a_tie_has_the_strengths_of_the_rule() -> None:
    text = (ROOT / "graph/rules/shared.rq").read_text(encoding="utf-8")
    strengths = dict(re.findall(r"\(tkg:(\w+) ([\d.]+)\)", text))
    expected = {name: float(STRENGTHS.get(name, DEFAULT_STRENGTH)) for name in strengths}
    assert {name: float(strength) for name, strength in strengths.items()} == expected


def test_each_kind_has_one_table_in_a_bundle() -> None:
    named = [name for table in TABLES for name in table.classes]
    assert [named.count(kind.term) for kind in KINDS] == [1] * len(KINDS)


def test_what_ties_departments_is_a_thing_and_a_unit_is_a_place() -> None:
    assert set(SHARED) <= set(THINGS) <= set(KINDS)
    assert {kind for kind in KINDS if kind.is_unit} <= set(PLACES)
