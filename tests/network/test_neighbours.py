from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.network.neighbours import neighbours
from kg.network.ties import ties, ties_by_pair
from tests.history.plans import write_plan
from tests.small import graph


def ties_of_each_department(store: Store) -> dict[tuple[str, str], tuple[float, set[str]]]:
    """Return the ties of each pair of departments, read department by department."""
    departments = {name for tie in ties(store) for name in tie.departments}
    return {
        (one, found.department): (round(found.weight, 6), {tie.iri for tie in found.ties})
        for one in departments
        for found in neighbours(store, one)
    }


def ties_of_all(store: Store) -> dict[tuple[str, str], tuple[float, set[str]]]:
    """Return the same, read from all ties of the graph."""
    expected = {}
    for (one, other), tied in ties_by_pair(ties(store)).items():
        both = round(sum(tie.weight for tie in tied), 6), {tie.iri for tie in tied}
        expected[one, other] = expected[other, one] = both
    return expected


def test_surroundings_tell_the_same_as_all_ties(store: Path) -> None:
    opened = open_graph(store)
    expected = ties_of_all(opened)
    assert len(expected) > 100
    assert ties_of_each_department(opened) == expected


def test_it_stays_so_with_several_reports_of_a_plan(tmp_path: Path) -> None:
    build(write_plan(tmp_path), tmp_path / "store", jurisdiction="330106")
    opened = open_graph(tmp_path / "store")
    expected = ties_of_all(opened)
    assert expected
    assert ties_of_each_department(opened) == expected


def test_the_strongest_stands_in_front(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "交通|建设滨河大桥项目。|滨河大桥项目已开工。|交通运输局、水务局",
        "交通|滨河大桥项目周边整治。|滨河大桥项目周边已整治。|园林局",
    )
    base = "https://w3id.org/taskkg/department/330106"
    found = neighbours(store, f"{base}/交通运输局")
    assert [one.department.rpartition("/")[2] for one in found] == ["水务局", "园林局"]
    assert [[tie.kind for tie in one.ties] for one in found] == [["joint"], ["shared"]]
    assert found[0].weight == 1
