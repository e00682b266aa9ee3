from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from kg.errors import InputError
from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.questions.sparql import select
from kg.views.networks.catalogue import VIEWS, view

ABOUT = {"department": "建设局", "thing": "中山大道"}


def network(store: Path, name: str) -> nx.Graph:
    return view(open_graph(store), name, ABOUT.get(name)).graph


def labels(graph: nx.Graph, kind: str) -> set[str]:
    return {node["label"] for _, node in graph.nodes(data=True) if node["kind"] == kind}


@pytest.mark.parametrize("name", VIEWS)
def test_every_edge_of_a_view_stands_on_sentences(store: Path, name: str) -> None:
    found = view(open_graph(store), name, ABOUT.get(name))
    assert found.title_zh
    assert "江汉区" in found.source
    assert found.graph.number_of_edges() > 0
    for one, other, edge in found.graph.edges(data=True):
        assert edge["tie"] in {
            "joint", "shared", "waiting", "within", "responsible", "mentions", "category",
        }  # fmt: skip
        assert edge["weight"] > 0
        # Lying in a place and standing under a heading is told by names and by the table itself.
        if edge["tie"] not in ("within", "category"):
            assert edge["evidence"], (one, other)
        for proof in edge["evidence"]:
            assert proof["quote"] in proof["sentence"]
    for _, node in found.graph.nodes(data=True):
        assert node["label"]
        assert node["weight"] >= 0
        if node["kind"] in ("department", "task"):
            assert node["facts"]
            assert node["departments"]


def test_departments_are_tied_in_different_ways(store: Path) -> None:
    graph = network(store, "departments")
    assert len(graph) == 36
    by_name = {node["label"]: iri for iri, node in graph.nodes(data=True)}
    pair = by_name["科技和经信局"], by_name["商务区规划建设局"]
    edges = {edge["tie"]: edge for edge in graph.get_edge_data(*pair).values()}
    assert set(edges) == {"joint", "shared"}
    assert [thing["name"] for thing in edges["joint"]["things"]] == ["任务 43"]
    shared = {thing["name"] for thing in edges["shared"]["things"]}
    assert "5G智慧CBD战略合作协议" in shared
    tasks = {proof["task"] for proof in edges["shared"]["evidence"]}
    assert tasks >= {25, 43}


def test_things_that_tie_have_two_departments_at_least(store: Path) -> None:
    graph = network(store, "things")
    for iri, node in graph.nodes(data=True):
        assert node["kind"] == "department" or graph.degree(iri) > 1
    assert sum(node["kind"] == "task" for _, node in graph.nodes(data=True)) == 11


def test_tasks_know_their_state_and_what_they_share(store: Path) -> None:
    graph = network(store, "tasks")
    assert len(graph) == 106
    by_name = {
        " ".join(node["label"].split()[:2]): (iri, node) for iri, node in graph.nodes(data=True)
    }
    _, node = by_name["任务 10"]
    assert node["label"] == "任务 10 年内新建微循环道路10条…"
    asked = "SELECT ?task ?state WHERE { ?task a tkg:Task ; tkg:status ?state }"
    told = select(open_graph(store), asked).rows
    states = {str(task): [str(state).rpartition("/")[2]] for task, state in told}
    assert {iri: other["statuses"] for iri, other in graph.nodes(data=True)} == states
    assert node["departments"] == ["建设局"]
    assert node["label_en"].startswith("Task 10 ")
    edge = graph.edges[by_name["任务 25"][0], by_name["任务 43"][0]]
    assert "5G智慧CBD战略合作协议" in {thing["name"] for thing in edge["things"]}
    assert {proof["task"] for proof in edge["evidence"]} == {25, 43}


def test_streets_keep_subdistricts_and_roads_apart(store: Path) -> None:
    graph = network(store, "streets")
    assert "新华街" in labels(graph, "subdistrict")
    assert "中山大道" in labels(graph, "road")
    within = [pair for *pair, edge in graph.edges(data=True) if edge["tie"] == "within"]
    assert any(
        {graph.nodes[iri]["kind"] for iri in pair} == {"community", "subdistrict"}
        for pair in within
    )


def test_headings_hold_all_tasks(store: Path) -> None:
    graph = network(store, "categories")
    assert len(labels(graph, "task")) == 106
    assert len(labels(graph, "department")) == 36
    assert nx.is_connected(graph.subgraph(n for n in graph if graph.degree(n)))


def test_around_a_department_stand_its_tasks_and_those_it_is_tied_to(store: Path) -> None:
    graph = network(store, "department")
    assert {"任务 7", "任务 9", "任务 10"} <= {
        " ".join(name.split()[:2]) for name in labels(graph, "task")
    }
    # Task 7 is a joint one; 文化和旅游局 names a road of it in others.
    assert {"房管局", "自然资源和规划分局", "文化和旅游局"} <= labels(graph, "department")
    assert "中山大道" in labels(graph, "road")


def test_around_a_thing_stand_its_tasks_and_their_departments(store: Path) -> None:
    graph = network(store, "thing")
    assert {"任务 7", "任务 37"} <= {" ".join(name.split()[:2]) for name in labels(graph, "task")}
    assert {"建设局", "文化和旅游局"} <= labels(graph, "department")


@pytest.mark.parametrize(
    ("name", "about", "says"),
    [
        ("department", "建设", None),
        ("department", "建设厅", "did you mean 建设局"),
        ("thing", "新华", "did you mean 新华"),
        ("thing", None, "the name of a thing is missing"),
        ("departments", "建设局", "leave out"),
        ("depart", None, "did you mean department"),
    ],
)
def test_names_are_resolved_or_refused(
    store: Path, name: str, about: str | None, says: str | None
) -> None:
    if says is None:
        assert view(open_graph(store), name, about).graph.number_of_nodes() > 1
        return
    with pytest.raises(InputError, match=says):
        view(open_graph(store), name, about)


def test_departments_of_the_same_name_have_facts_of_their_own(tmp_path: Path) -> None:
    sources = []
    for district, rows in (("武昌区", 1), ("汉阳区", 3)):
        lines = "".join(
            f"{n},发展,改造{district}第{n}小区。,已完工。,建设局\n" for n in range(1, rows + 1)
        )
        head = f"{district}2021年政府工作报告任务进展表（截至2021年6月底）,,,,\n"
        sources.append(tmp_path / f"{rows}.csv")
        sources[-1].write_text(
            f"{head}序号,工作类目,工作任务,进展情况,责任部门\n{lines}", encoding="utf-8"
        )
    build(sources, tmp_path / "store")
    graph = view(open_graph(tmp_path / "store"), "departments").graph
    told = {node["facts"][0]["value"] for _, node in graph.nodes(data=True)}
    assert told == {"1 (1)", "3 (1, 2, 3)"}


@pytest.mark.parametrize(
    ("name", "about", "iri"),
    [
        ("department", "建设局", "https://w3id.org/taskkg/department/420103/建设局"),
        ("thing", "满春街", "https://w3id.org/taskkg/subdistrict/420103/满春街"),
    ],
)
def test_what_a_view_is_about_may_be_given_by_its_iri(
    store: Path, name: str, about: str, iri: str
) -> None:
    graph = open_graph(store)
    by_name, by_iri = view(graph, name, about), view(graph, name, iri)
    assert (by_iri.title_zh, by_iri.title_en) == (by_name.title_zh, by_name.title_en)
    assert by_iri.title_zh.endswith(about)
    assert nx.utils.graphs_equal(by_iri.graph, by_name.graph)
    with pytest.raises(InputError, match="no such name"):
        view(graph, name, f"{iri}的")


def test_a_view_around_a_thing_tells_no_less_than_one_of_the_whole(store: Path) -> None:
    around, whole = network(store, "department"), network(store, "things")
    shared = set(around) & set(whole)
    assert len(shared) > 10
    for node in shared:
        assert around.nodes[node]["facts"] == whole.nodes[node]["facts"]
        assert around.nodes[node]["evidence"] == whole.nodes[node]["evidence"]
        assert around.nodes[node]["statuses"] == whole.nodes[node]["statuses"]
