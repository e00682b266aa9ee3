from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.build import build
from kg.graph.derive import derived_quads
from kg.graph.rdf.terms import BASE
from kg.graph.stores.embedded import open_graph
from kg.questions.sparql import select
from tests.small import graph, table


def test_the_departments_of_a_task_are_tied_the_less_the_more_they_are(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "城建|完善管理。|已完成。|建设局、园林局、水务局",
        "城建|健全机制。|已完成。|建设局、园林局",
    )
    found = select(
        store,
        """SELECT ?number ?weight (COUNT(DISTINCT ?department) AS ?count) WHERE {
             ?tie a tkg:JointTie ; tkg:weight ?weight ; tkg:through ?task ; tkg:task ?task ;
               tkg:connects ?department . ?task tkg:number ?number
           } GROUP BY ?number ?weight ORDER BY ?number""",
    )
    # 1 ÷ (3 − 1) and 1 ÷ (2 − 1).
    assert [(row[0], float(str(row[1])), row[2]) for row in found.rows] == [(1, 0.5, 3), (2, 1, 2)]


@pytest.mark.parametrize(
    ("rows", "weights"),
    [
        # A road counts half: ½ × 3 tasks ÷ 3 departments ÷ 2.
        (
            (
                "城建|整治柳园路沿线环境。|柳园路沿线环境整治已完成。|建设局",
                "城建|清扫柳园路路面。|已在柳园路沿线开展环境整治。|水务局",
                "城建|在柳园路沿线种植行道树。|柳园路行道树已种植。|园林局",
            ),
            {"柳园路": 0.25},
        ),
        # A project counts in full, a place ¾, a subdistrict ¼: each × 2 tasks ÷ 2 departments ÷ 1.
        (
            (
                "城建|推进云溪湾改造项目建设。|云溪湾改造项目已完工。|建设局",
                "城建|加快云溪湾改造项目建设。|云溪湾改造项目已完工。|园林局",
            ),
            {"云溪湾改造项目": 1.0},
        ),
        (
            (
                "城建|在云溪公园开展绿化。|云溪公园绿化已完成。|建设局",
                "城建|在云溪公园举办活动。|已在云溪公园举办活动5场。|园林局",
            ),
            {"云溪公园": 0.75},
        ),
        (
            (
                "城建|在北山街道种植行道树。|北山街道行道树已种植。|建设局",
                "城建|清扫北山街道路面。|北山街道路面清扫已完成。|园林局",
            ),
            {"北山街": 0.25},
        ),
        # The same departments on both tasks: the tasks tie them, the road adds nothing.
        (
            (
                "城建|整治柳园路沿线环境。|柳园路沿线环境整治已完成。|建设局、园林局",
                "城建|在柳园路沿线种植行道树。|柳园路行道树已种植。|园林局、建设局",
            ),
            {},
        ),
        # One department only.
        (
            (
                "城建|整治柳园路沿线环境。|柳园路沿线环境整治已完成。|建设局",
                "城建|在柳园路沿线种植行道树。|柳园路行道树已种植。|建设局",
            ),
            {},
        ),
    ],
)
def test_things_that_different_tasks_name_tie_their_departments(
    rows: tuple[str, ...], weights: dict[str, float], tmp_path: Path
) -> None:
    found = select(
        graph(tmp_path, *rows),
        """SELECT ?name ?weight WHERE {
             ?tie a tkg:SharedTie ; tkg:weight ?weight ; tkg:through/skos:prefLabel ?name }""",
    )
    assert {str(name): float(str(weight)) for name, weight in found.rows} == weights


def test_a_task_waits_for_the_department_that_its_words_name(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "民生|新建云溪小学。|云溪小学项目等待区财政局审批，无法开工。|教育局",
        "保障|编制预算。|已完成。|财政局",
        "保障|新建云溪敬老院。|云溪敬老院项目等待市民政局审批，无法开工。|民政局",
    )
    found = select(
        store,
        """SELECT ?waiting ?awaited ?weight ?connected WHERE {
             ?tie a tkg:WaitingTie ; tkg:waiting/skos:prefLabel ?waiting ; tkg:weight ?weight ;
               tkg:awaits/skos:prefLabel ?awaited .
             { SELECT ?tie (COUNT(?any) AS ?connected) WHERE { ?tie tkg:connects ?any }
               GROUP BY ?tie }
             FILTER NOT EXISTS { ?tie tkg:act ?act } } ORDER BY ?waiting""",
    )
    # The task waits for an office of the city, which is not a department of the district.
    assert found.rows == (("教育局", "财政局", 1, 2), ("民政局", "市民政局", 1, 1))


def test_a_task_waits_for_the_department_that_the_law_makes_competent(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "民生|建设云溪小学项目。|待规划用地调整后启动。|教育局",
        "城建|编制规划。|已完成。|自然资源和规划分局",
    )
    found = select(
        store,
        """SELECT DISTINCT ?waiting ?awaited ?weight ?act WHERE {
             ?tie a tkg:WaitingTie ; tkg:waiting/skos:prefLabel ?waiting ; tkg:weight ?weight ;
               tkg:awaits/skos:prefLabel ?awaited ; tkg:act/skos:prefLabel ?act
             FILTER(LANG(?act) = "en") } ORDER BY ?act""",
    )
    tied = [(row[0], row[1], float(str(row[2])), row[3]) for row in found.rows]
    assert tied == [
        ("教育局", "自然资源和规划分局", 0.5, "Land use and title"),
        ("教育局", "自然资源和规划分局", 0.5, "Planning approval"),
    ]


def test_who_answers_for_a_task_does_not_wait_for_itself(tmp_path: Path) -> None:
    store = graph(
        tmp_path, "民生|建设云溪小学项目。|待规划用地调整后启动。|教育局、自然资源和规划分局"
    )
    assert select(store, "SELECT ?tie WHERE { ?tie a tkg:WaitingTie }").rows == ()


def test_places_lie_in_others_by_code_and_by_name(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "民生|建设社区食堂。|在北山街道松木场社区建成食堂1个。|民政局",
        "城建|在云溪广场开展绿化。|云溪广场已对外开放，推进云溪广场改造工程建设。|建设局",
    )
    found = select(
        store,
        """SELECT ?part ?relation ?whole WHERE {
             VALUES ?relation { geo:sfWithin dcterms:spatial dcterms:isPartOf }
             ?one ?relation ?other . ?one skos:prefLabel ?part . ?other skos:prefLabel ?whole .
             ?other a tkg:NamedThing FILTER NOT EXISTS { ?other a tkg:Jurisdiction }
           } ORDER BY ?part""",
    )
    told = {(part, str(how).rpartition("/")[2], whole) for part, how, whole in found.rows}
    assert told == {
        ("云溪广场改造工程", "spatial", "云溪广场"),
        # 330106002054 is in 330106002.
        ("松木场社区", "geosparql#sfWithin", "北山街"),
    }


def test_every_tie_has_a_weight_departments_and_evidence(store: Path) -> None:
    found = select(
        open_graph(store),
        """SELECT ?tie WHERE { ?tie a tkg:Tie FILTER(
             NOT EXISTS { ?tie prov:wasDerivedFrom/tkg:sentence ?sentence }
             || NOT EXISTS { ?tie tkg:connects ?department ; tkg:weight ?weight ;
               tkg:through ?thing ; tkg:task ?task }) }""",
    )
    assert found.rows == ()


def test_nothing_comes_of_nothing() -> None:
    assert list(derived_quads((), BASE, "plan")) == []


def test_the_same_name_in_two_districts_ties_nobody(tmp_path: Path) -> None:
    title = "2020年{}政府工作报告任务进展情况（截至2020年6月底）,,,,\n"
    sources = []
    for name, district, department in (
        ("one.csv", "杭州市西湖区", "建设局"),
        ("two.csv", "武汉市江汉区", "园林局"),
    ):
        row = f"城建|整治柳园路沿线环境。|柳园路沿线环境整治已完成。|{department}"
        path = table(tmp_path / name, row)
        path.write_text(title.format(district) + path.read_text(encoding="utf-8"), encoding="utf-8")
        sources.append(path)
    build(sources, tmp_path / "store")
    store = open_graph(tmp_path / "store")
    assert len(select(store, "SELECT ?road WHERE { ?road a tkg:Road }").rows) == 2
    assert select(store, "SELECT ?tie WHERE { ?tie a tkg:Tie }").rows == ()
