from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.build import add, build
from kg.graph.derive import derived_graph_name
from kg.graph.rdf.terms import BASE
from kg.graph.stores.embedded import open_graph
from kg.network.analysis import analyse
from kg.network.matrix import WEAK_WEIGHT
from kg.planning.coordination import TieFilter, TieNetwork, find_coordination, read_network
from kg.planning.coordination_lines import reason_line
from tests.history.plans import write_plan
from tests.small import graph, table


@pytest.fixture(scope="module")
def network(store: Path) -> TieNetwork:
    return read_network(open_graph(store))


def names(network: TieNetwork, iris: tuple[str, ...]) -> set[str]:
    return {network.names[iri] for iri in iris}


def test_who_should_talk_is_who_the_analysis_names(store: Path, network: TieNetwork) -> None:
    everything = find_coordination(network, TieFilter(least=0))
    expected = analyse(open_graph(store)).must_talk
    assert [(one.departments, one.weight) for one in everything.must_talk] == [
        (one.departments, one.weight) for one in expected
    ]


def test_ties_that_say_little_are_folded_and_counted(network: TieNetwork) -> None:
    usual, everything = find_coordination(network), find_coordination(network, TieFilter(least=0))
    little = [tie for tie in network.ties if tie.weight < WEAK_WEIGHT]
    assert usual.folded == len(little) > 0
    assert everything.folded == 0
    assert len(everything.matrix.cells) > len(usual.matrix.cells)
    assert all(tie.weight >= WEAK_WEIGHT for cell in usual.matrix.cells for tie in cell.ties)
    # Who has only such ties stands alone.
    assert set(everything.alone) < set(usual.alone)


def test_each_facet_counts_what_a_choice_leaves(network: TieNetwork) -> None:
    usual = find_coordination(network)
    for facet, choices in usual.facets.items():
        assert choices
        for value, count in choices:
            narrowed = find_coordination(network, TieFilter({facet: value}))
            kept = {tie.iri for cell in narrowed.matrix.cells for tie in cell.ties}
            assert len(kept) <= count
            assert kept
            # With the other filters as they are, the facet itself still offers all its choices.
            assert narrowed.facets[facet] == choices


def test_a_kind_of_thing_leaves_only_such_ties(network: TieNetwork) -> None:
    found = find_coordination(network, TieFilter({"kind": "project"}))
    kinds = {tie.thing_kind for cell in found.matrix.cells for tie in cell.ties}
    assert kinds == {"project"}
    waiting = find_coordination(network, TieFilter({"tie": "waiting"}))
    assert {tie.kind for cell in waiting.matrix.cells for tie in cell.ties} == {"waiting"}
    assert all(one.ties[0].awaits for one in waiting.must_talk)


def test_a_group_is_shown_by_itself(network: TieNetwork) -> None:
    whole = find_coordination(network)
    for number in set(whole.matrix.groups):
        part = find_coordination(network, TieFilter(group=number)).matrix
        expected = {
            iri
            for iri, group in zip(whole.matrix.departments, whole.matrix.groups, strict=True)
            if group == number
        }
        assert set(part.departments) == expected
        assert set(part.groups) == {number}
        pairs = {
            frozenset((part.departments[cell.row], part.departments[cell.column]))
            for cell in part.cells
        }
        order = whole.matrix.departments
        assert pairs == {
            pair
            for cell in whole.matrix.cells
            if (pair := frozenset((order[cell.row], order[cell.column]))) <= expected
        }


def test_reasons_tell_what_both_name_and_who_waits(network: TieNetwork) -> None:
    lines = {one.departments: reason_line(one) for one in find_coordination(network).must_talk}
    schools = lines["发展和改革局", "教育局"]
    assert schools.startswith("双方任务都涉及项目“")
    assert "汉口辅仁小学CBD校区项目" in schools
    assert "任务分属不同类目" in schools
    assert lines["教育局", "自然资源和规划分局"].startswith(
        "教育局 等待 自然资源和规划分局：军事用地"
    )
    english = {
        one.departments: reason_line(one, english=True)
        for one in find_coordination(network).must_talk
    }
    assert english["发展和改革局", "教育局"].startswith("both mention ")


def test_the_ties_of_one_plan_are_read_alone(tmp_path: Path) -> None:
    build(write_plan(tmp_path), tmp_path / "store", jurisdiction="330106")
    other = table(
        tmp_path / "other.csv",
        "城建|整治柳园路沿线环境。|主体已完工。|建设局",
        "城建|整治沿线。|柳园路沿线整治已完成。|水务局",
    )
    add([other], tmp_path / "store", jurisdiction="440305")
    store = open_graph(tmp_path / "store")
    plans = {tie.iri.split("/tie/")[1].split("/")[0] for tie in read_network(store).ties}
    assert len(plans) == 2
    for plan in plans:
        own = read_network(store, derived_graph_name(BASE, plan).value)
        assert {tie.iri.split("/tie/")[1].split("/")[0] for tie in own.ties} == {plan}
        assert find_coordination(own).matrix.departments


def test_a_graph_without_ties_has_an_empty_matrix(tmp_path: Path) -> None:
    store = graph(tmp_path, "城建|新建公园。|已完工。|园林局")
    found = find_coordination(read_network(store))
    assert found.matrix.departments == ()
    assert found.must_talk == ()
    assert len(found.alone) == 1
