from __future__ import annotations

from pathlib import Path

from kg.graph.build import BuildResult, build
from kg.graph.stores.embedded import open_graph
from kg.questions.sparql import select

LIST = """长沙市开福区2024年重点任务分工（截至6月底）
1.改造小区8个。（责任领导：甲某某；牵头单位：区住建局；责任单位：区财政局、各街道；完成时限：2024年12月底前）
进展情况：已完工5个。存在问题：管线迁改滞后。下步打算：11月全部完工。
2.新建公园2座。（区园林局牵头，区委农办(区农业局)、区直有关部门配合）
"""


def build_list(folder: Path, with_people: bool = False) -> BuildResult:
    source = folder / "list.txt"
    source.write_text(LIST, encoding="utf-8")
    return build([source], folder / "store", with_people=with_people)


def rows(folder: Path, query: str) -> set[tuple[object, ...]]:
    return set(select(open_graph(folder / "store"), query).rows)


def test_groups_roles_and_next_steps_are_in_the_graph(tmp_path: Path) -> None:
    findings = build_list(tmp_path).findings
    assert [finding for finding in findings if finding.severity == "violation"] == []
    named = rows(tmp_path, "SELECT ?name WHERE { ?d a tkg:Department ; skos:prefLabel ?name }")
    units = ("区住建局", "区财政局", "区园林局", "区委农办", "区农业局")
    assert named == {(unit,) for unit in units}
    groups = """SELECT ?n ?name WHERE { ?t tkg:number ?n ; tkg:group ?group .
      ?group a tkg:Group ; rdfs:label ?name }"""
    assert rows(tmp_path, groups) == {(1, "各街道"), (2, "区直有关部门")}
    assert rows(tmp_path, "SELECT ?name WHERE { ?t tkg:lead/skos:prefLabel ?name }") == {
        ("区住建局",),
        ("区园林局",),
    }
    held = """SELECT ?n ?name ?role WHERE { ?t tkg:number ?n ; prov:qualifiedAttribution ?held .
      ?held prov:agent ?group ; dcat:hadRole/skos:prefLabel ?role .
      ?group a tkg:Group ; rdfs:label ?name FILTER(LANG(?role) = "en") }"""
    assert rows(tmp_path, held) == {
        (1, "各街道", "Responsible"),
        (2, "区直有关部门", "Cooperating"),
    }
    steps = "SELECT ?what WHERE { ?t tkg:nextStep ?s . ?s rdfs:label ?what . ?e tkg:supports ?s }"
    assert rows(tmp_path, steps) == {("11月全部完工",)}
    planned = """SELECT ?iso WHERE { ?d tkg:iso ?iso ;
      tkg:dateRole <https://w3id.org/taskkg/date-role/planned> }"""
    assert rows(tmp_path, planned) == {("2024-12",), ("2024-11",)}


def test_people_are_in_the_graph_only_where_asked_for(tmp_path: Path) -> None:
    people = "SELECT ?p WHERE { ?t tkg:leader ?p . ?p a foaf:Person }"
    build_list(tmp_path)
    assert rows(tmp_path, people) == set()
    assert not any("甲某某" in str(quad) for quad in open_graph(tmp_path / "store"))
    build_list(tmp_path, with_people=True)
    ((person,),) = rows(tmp_path, people)
    assert str(person).endswith("/person/430105/甲某某")
