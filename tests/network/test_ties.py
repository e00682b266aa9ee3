from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from kg.graph.stores.embedded import open_graph
from kg.network.ties import ties, ties_by_pair
from tests.small import graph

Pairs = dict[tuple[str, ...], list[str]]


def pairs(store: Store) -> Pairs:
    """Return what ties each pair of departments, by the last part of their IRIs."""
    return {
        tuple(iri.rpartition("/")[2] for iri in pair): [tie.name for tie in tied]
        for pair, tied in ties_by_pair(ties(store)).items()
    }


def test_a_tie_tells_what_it_stands_on(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "城建|整治柳园路沿线环境。|主体已完工。|建设局",
        "城建|整治沿线。|一是柳园路沿线整治已完成。二是其他工作正在推进。|水务局",
    )
    (tie,) = ties(store)
    assert (tie.kind, tie.name, tie.thing_kind, tie.weight) == ("shared", "柳园路", "road", 0.5)
    assert tie.tasks == (1, 2)
    told = [(q.report, q.task, q.cell, q.quote, q.sentence) for q in tie.quotes]
    assert told == [
        ("small", 1, "task", "柳园路", "整治柳园路沿线环境。"),
        ("small", 2, "progress", "柳园路", "一是柳园路沿线整治已完成。"),
    ]
    one, other = tie.departments
    assert [q.task for q in tie.quotes_for((one, other))] == [1, 2]
    assert [len(q.departments) for q in tie.quotes] == [1, 1]


def test_a_part_and_its_whole_count_once(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "城建|整治柳园路沿线环境。|推进柳园路改造工程建设。|建设局",
        "城建|治理柳园路沿线水体。|推进柳园路改造工程建设。|水务局",
        "城建|绿化柳园路沿线。|柳园路沿线绿化已完成。|园林局",
    )
    assert pairs(store) == {
        ("建设局", "水务局"): ["柳园路改造工程"],
        # They do not share the part; the whole ties them.
        ("园林局", "建设局"): ["柳园路"],
        ("园林局", "水务局"): ["柳园路"],
    }


def test_who_names_a_thing_only_in_a_joint_task_is_not_tied_by_it_again(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "城建|整治柳园路沿线环境。|柳园路沿线整治已完成。|建设局、园林局",
        "城建|治理柳园路沿线水体。|柳园路沿线治理已完成。|水务局",
    )
    assert pairs(store) == {
        ("园林局", "建设局"): ["任务 1"],
        ("园林局", "水务局"): ["柳园路"],
        ("建设局", "水务局"): ["柳园路"],
    }


def test_who_waits_together_does_not_wait_for_each_other(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "民生|推进云溪小学项目建设。|需待区财政局审批后实施，项目尚未开工。|教育局、民政局",
        "保障|编制预算。|已完成。|财政局",
    )
    (waiting,) = (tie for tie in ties(store) if tie.kind == "waiting")
    assert [iri.rpartition("/")[2] for iri in waiting.awaited] == ["财政局"]
    assert waiting.basis == ()
    assert pairs(store) == {
        ("教育局", "民政局"): ["任务 1"],
        ("教育局", "财政局"): ["区财政局审批"],
        ("民政局", "财政局"): ["区财政局审批"],
    }


def test_the_law_is_told_where_nobody_is_named(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "民生|建设云溪小学项目。|待规划用地调整后启动。|教育局",
        "城建|编制规划。|已完成。|自然资源和规划分局",
    )
    (tie,) = ties(store)
    assert "《中华人民共和国城乡规划法》第十一条" in tie.basis


def test_ties_of_some_departments_are_those_that_connect_them(store: Path) -> None:
    graph = open_graph(store)
    everything = ties(graph)
    departments = sorted({one for tie in everything for one in tie.departments})
    assert len(departments) > 20
    for wanted in ([departments[0]], departments[5:8], []):
        found = ties(graph, wanted)
        assert list(found) == [tie for tie in everything if set(tie.departments) & set(wanted)]
