from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

import kg
from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.network.analysis import Analysis, analyse
from kg.network.formatting import format_report
from tests.small import graph, table

# Who is tied to whom, worked out by hand:
#   1 and 2 both name 柳园路, a road: ½ × 2 ÷ 2 ÷ 1 = 0.5 between 建设局 and 水务局.
#   3 is a joint task of 建设局 and 园林局: 1.
#   4 and 5 both name 云溪湾改造项目: 1 × 2 ÷ 2 ÷ 1 = 1 between 教育局 and 民政局.
#   6 waits for the approval of 财政局, which it names: 1 between 教育局 and 财政局.
#   审计局 has a task that names nothing.
ROWS = (
    "城市建设|整治柳园路沿线环境。|柳园路沿线环境整治已完成。|建设局",
    "生态环境|治理柳园路沿线水体。|柳园路沿线治理已完成。|水务局",
    "城市建设|完善管理。|已完成。|建设局、园林局",
    "民生保障|配套学位。|推进云溪湾改造项目建设，配套学位已落实。|教育局",
    "民生保障|配套养老。|推进云溪湾改造项目建设，配套养老已落实。|民政局",
    "民生保障|扩建校舍。|需待区财政局审批后实施，项目尚未开工。|教育局",
    "政府建设|编制预算。|已完成。|财政局",
    "政府建设|开展审计。|已完成。|审计局",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analyse(graph(tmp_path_factory.mktemp("small"), *ROWS))


def test_how_many_are_tied_and_how(small: Analysis) -> None:
    about = small.overview
    assert (about.departments, about.tied, about.pairs, about.components) == (7, 6, 4, 2)
    assert (about.joint, about.shared, about.waiting, about.without_joint) == (1, 2, 1, 3)
    assert small.isolated == ("审计局",)
    assert small.reports == ("small",)


def test_where_each_department_stands(small: Analysis) -> None:
    found = {one.name: (one.degree, one.weighted_degree, one.group) for one in small.departments}
    assert found == {
        "教育局": (2, 2.0, 2),
        "建设局": (2, 1.5, 1),
        "园林局": (1, 1.0, 1),
        "民政局": (1, 1.0, 2),
        "财政局": (1, 1.0, 2),
        "水务局": (1, 0.5, 1),
        "审计局": (0, 0.0, None),
    }
    assert [one.name for one in small.departments][:2] == ["教育局", "建设局"]
    assert small.departments[0].iri == "https://w3id.org/taskkg/department/330106/教育局"
    # One of the 10 pairs of the five others goes over it.
    assert {one.betweenness for one in small.departments[:2]} == {0.1}
    assert [group.members for group in small.groups] == [
        ("园林局", "建设局", "水务局"),
        ("教育局", "民政局", "财政局"),
    ]


def test_what_holds_by_one_department_or_one_pair(small: Analysis) -> None:
    assert {cut.names for cut in small.articulation_points} == {("建设局",), ("教育局",)}
    assert {cut.names: cut.cut_off for cut in small.bridges} == {
        ("园林局", "建设局"): (("园林局",),),
        ("建设局", "水务局"): (("水务局",),),
        ("教育局", "民政局"): (("民政局",),),
        ("教育局", "财政局"): (("财政局",),),
    }


def test_who_must_talk_to_whom(small: Analysis) -> None:
    assert [(pair.departments, pair.weight) for pair in small.must_talk] == [
        (("教育局", "民政局"), 1.0),
        (("教育局", "财政局"), 1.0),
        (("建设局", "水务局"), 0.5),
    ]
    (tie,) = small.must_talk[0].ties
    assert (tie.name, tie.kind, tie.thing_kind) == ("云溪湾改造项目", "shared", "project")
    assert [(side.department, side.tasks, side.headings) for side in tie.sides] == [
        ("教育局", (4,), ("民生保障",)),
        ("民政局", (5,), ("民生保障",)),
    ]
    assert [side.sentences[0].sentence for side in tie.sides] == [
        "推进云溪湾改造项目建设，配套学位已落实。",
        "推进云溪湾改造项目建设，配套养老已落实。",
    ]
    (waiting,) = small.must_talk[1].ties
    assert (waiting.kind, waiting.awaits, waiting.basis) == ("waiting", "财政局", ())
    assert [len(side.sentences) > 0 for side in waiting.sides] == [True, False]


def test_who_would_expect_it(small: Analysis) -> None:
    # 教育局 and 民政局 name the project under one heading and are of one group; the road stands
    # under 城市建设 and 生态环境.
    assert [(pair.departments, pair.apart) for pair in small.surprising] == [
        (("建设局", "水务局"), ("headings",))
    ]


def test_a_graph_without_departments() -> None:
    found = analyse(Store())
    assert found.overview.departments == found.overview.pairs == found.overview.components == 0
    assert (found.departments, found.groups, found.must_talk, found.isolated) == ((), (), (), ())


@pytest.mark.parametrize("departments", ["建设局", "建设局|园林局|水务局"])
def test_departments_without_ties(departments: str, tmp_path: Path) -> None:
    names = departments.split("|")
    found = analyse(graph(tmp_path, *(f"城建|完善管理。|已完成。|{name}" for name in names)))
    assert found.overview.departments == len(names) == len(found.isolated)
    assert (found.overview.tied, found.modularity, found.groups) == (0, None, ())


def test_departments_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    title = "2020年{}政府工作报告任务进展情况（截至2020年6月底）,,,,\n"
    sources = []
    for name, district in (("one.csv", "杭州市西湖区"), ("two.csv", "武汉市江汉区")):
        path = table(tmp_path / name, "城建|建设柳园路。|柳园路已完工。|建设局")
        path.write_text(title.format(district) + path.read_text(encoding="utf-8"), encoding="utf-8")
        sources.append(path)
    build(sources, tmp_path / "store")
    found = analyse(open_graph(tmp_path / "store"))
    assert {one.name for one in found.departments} == {"建设局（江汉区）", "建设局（西湖区）"}


@pytest.fixture(scope="module")
def analysis(store: Path) -> Analysis:
    return kg.analyse(open_graph(store))


def test_joint_pairs_of_the_dataset_are_those_of_its_table(
    analysis: Analysis, dataset: Path
) -> None:
    with dataset.open(encoding="utf-8", newline="") as file:
        cells = [row[-1].split("、") for row in csv.reader(file)]
    pairs = {pair for names in cells for pair in combinations(sorted(names), 2)}
    assert analysis.overview.joint == len(pairs) == 18
    assert analysis.overview.departments == 36
    assert analysis.overview.tied == 36 - len(analysis.isolated)
    # Whoever shares a task is tied, whatever else is found.
    assert set(analysis.isolated).isdisjoint(name for pair in pairs for name in pair)
    assert {one.name for one in analysis.departments if not one.degree} == set(analysis.isolated)


def test_the_dataset_ties_planners_and_teachers_without_a_joint_task(analysis: Analysis) -> None:
    pairs = {pair.departments: pair for pair in analysis.must_talk}
    both = pairs["发展和改革局", "教育局"]
    assert "headings" in both.apart
    campus = next(tie for tie in both.ties if "汉口辅仁小学CBD校区" in tie.name)
    assert campus.kind == "shared"
    assert campus.weight == {"project": 1.0, "place": 0.75}[campus.thing_kind]
    assert [side.tasks for side in campus.sides] == [(48,), (81,)]
    assert all("汉口辅仁小学CBD校区" in side.sentences[0].sentence for side in campus.sides)
    assert both in analysis.surprising


def test_every_tie_that_is_told_is_proved(analysis: Analysis) -> None:
    assert analysis.must_talk
    for pair in analysis.must_talk:
        assert pair.weight == pytest.approx(sum(tie.weight for tie in pair.ties), abs=0.002)
        assert pair.weight >= 0.5
        for tie in pair.ties:
            assert tie.kind in ("shared", "waiting")
            said = [side for side in tie.sides if side.sentences]
            assert len(said) == (1 if tie.awaits else 2)
            for side in said:
                assert {one.task for one in side.sentences} == set(side.tasks)
                assert all(one.quote in one.sentence for one in side.sentences)


def create_crowd(departments: int, ties: int) -> Store:
    """Return a graph of departments, each with a task and with ties to others through projects."""
    base, tkg = "https://w3id.org/taskkg", "https://w3id.org/taskkg/ontology#"
    named = "http://www.w3.org/2000/01/rdf-schema#label"
    preferred = "http://www.w3.org/2004/02/skos/core#prefLabel"
    lines = []
    for n in range(departments):
        iri, task = f"<{base}/department/0/{n}>", f"<{base}/task/r/{n}>"
        lines.append(f'{iri} a <{tkg}Department> ; <{preferred}> "部门{n}"@zh .')
        lines.append(f"{task} a <{tkg}Task> ; <{tkg}number> {n} ; <{tkg}responsible> {iri} .")
    for n in range(ties):
        tie, thing = f"<{base}/tie/{n}>", f"<{base}/project/0/{n}>"
        ends = n % departments, (n * n + 7 * n + 1) % departments
        connects = ", ".join(f"<{base}/department/0/{end}>" for end in ends)
        lines.append(f'{thing} a <{tkg}Project> ; <{named}> "项目{n}"@zh .')
        lines.append(
            f"{tie} a <{tkg}WaitingTie> ; <{tkg}through> {thing} ; <{tkg}weight> 0.5 ;"
            f" <{tkg}connects> {connects} ; <{tkg}awaits> <{base}/department/0/{ends[1]}> ."
        )
    store = Store()
    store.bulk_load("\n".join(lines).encode(), RdfFormat.TURTLE)
    return store


@pytest.mark.slow
def test_ten_thousand_departments() -> None:
    found = analyse(create_crowd(10_000, 20_000))
    assert found.overview.departments == 10_000
    assert found.betweenness_sampled == 100
    text = format_report(found)
    assert "由 100 个部门出发的路径估计" in text
    assert len(text.splitlines()) < 100
