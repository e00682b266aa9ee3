from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, RDFS, SH, SKOS, Literal, URIRef

from kg.graph.rdf.terms import BASE, JUDGEMENT, TKG
from kg.graph.stores.embedded import open_graph
from kg.graph.validation import (
    Finding,
    findings_table,
    to_rdflib,
    validate_facts,
    validate_graph,
)
from kg.resources import resource

TASK = URIRef(f"{BASE}/task/jianghan-2019/8")


def tkg(name: str) -> URIRef:
    return URIRef(TKG + name)


@pytest.fixture(scope="module")
def sound(store: Path) -> rdflib.Graph:
    """The vocabulary and the facts of the dataset."""
    return to_rdflib(open_graph(store))


@pytest.fixture(scope="module")
def spoiled_graph(sound: rdflib.Graph) -> rdflib.Graph:
    """The same with many errors."""
    graph = rdflib.Graph() + sound
    graph.remove((TASK, tkg("responsible"), None))
    targets = sorted(graph.subjects(tkg("observation")), key=str)
    graph.remove((targets[0], tkg("unit"), None))
    late = graph.value(targets[1], tkg("observation"))
    graph.set((late, tkg("asOf"), Literal("2020-01-05", datatype=rdflib.XSD.date)))  # type: ignore[arg-type]
    (judged,) = graph.subjects(tkg("assesses"), targets[2])
    done = graph.value(judged, tkg("toldIn"))
    graph.set((done, tkg("status"), URIRef("https://w3id.org/taskkg/status/completed")))  # type: ignore[arg-type]
    graph.set((judged, tkg("judgement"), URIRef(f"{JUDGEMENT}not_met")))
    road = min(graph.subjects(RDF.type, tkg("Road")), key=str)
    graph.remove((road, SKOS.prefLabel, None))
    graph.remove((None, tkg("supports"), road))
    return graph


@pytest.fixture(scope="module")
def spoiled(spoiled_graph: rdflib.Graph) -> tuple[Finding, ...]:
    return validate_graph(spoiled_graph)


def test_the_graph_of_the_dataset_is_valid(sound: rdflib.Graph) -> None:
    assert validate_graph(sound) == ()


@pytest.mark.parametrize(
    ("severity", "zh", "en"),
    [
        ("warning", "任务没有责任部门", "no department"),
        ("warning", "目标值没有单位", "no unit"),
        ("warning", "晚于报告的截止日期", "later than the report"),
        ("warning", "有目标值未达到", "target of it is not met"),
        ("violation", "只有一个首选名称", "just one preferred label"),
        ("violation", "事实没有依据的原文", "stands on no words"),
    ],
)
def test_what_is_wrong_is_told_in_both_languages(
    spoiled: tuple[Finding, ...], severity: str, zh: str, en: str
) -> None:
    (found,) = [it for it in spoiled if zh in it.message]
    assert en in found.message
    assert found.severity == severity


def test_shapes_speak_of_all_that_is_published(sound: rdflib.Graph) -> None:
    shapes = rdflib.Graph().parse(resource("ontology", "shapes.ttl"))
    checked = set(shapes.objects(None, SH.targetClass))
    published = {
        kind
        for thing, kind in sound.subject_objects(RDF.type)
        if str(kind).startswith(TKG) and (thing, RDFS.isDefinedBy, None) not in sound
    }
    above = {kind: set(sound.transitive_objects(kind, RDFS.subClassOf)) for kind in published}
    assert [kind for kind in published if not above[kind] & checked] == []
    for message in shapes.subjects(SH.message):
        texts = shapes.objects(message, SH.message)
        assert {getattr(text, "language", None) for text in texts} == {"zh", "en"}


def test_findings_name_their_task_and_the_sentence(spoiled: tuple[Finding, ...]) -> None:
    assert len({found.message for found in spoiled}) == 7
    rows = {row[2]: row for row in findings_table(spoiled).rows}
    (lonely,) = [row for message, row in rows.items() if "没有责任部门" in str(message)]
    assert lonely[0] == 8
    assert lonely[3] == str(TASK)
    for wanted in ("没有单位", "未达到", "晚于"):
        (row,) = [row for message, row in rows.items() if wanted in str(message)]
        assert isinstance(row[0], int)
        assert row[4]


def test_a_build_finds_what_is_wrong_with_facts(
    spoiled_graph: rdflib.Graph, spoiled: tuple[Finding, ...]
) -> None:
    text = spoiled_graph.serialize(format="nt", encoding="utf-8")
    about_facts = tuple(found for found in spoiled if not found.message.startswith("证据"))
    assert len({found.message for found in about_facts}) == 6
    assert validate_facts(text) == about_facts


def test_how_evidence_is_written_down_is_not_asked_of_a_build(sound: rdflib.Graph) -> None:
    graph = rdflib.Graph() + sound
    evidence = min(graph.subjects(RDF.type, tkg("Evidence")), key=str)
    graph.remove((evidence, tkg("rule"), None))
    text = graph.serialize(format="nt", encoding="utf-8")
    assert [found.message for found in validate_graph(graph)] == [
        "证据没有规则。 The evidence has no rule."
    ]
    assert validate_facts(text) == ()
