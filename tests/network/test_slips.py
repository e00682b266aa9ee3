from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

import kg
from kg.errors import InputError
from kg.graph.stores.embedded import open_graph
from kg.network.slips import Slip, slips
from tests.small import graph

# 1 and 2 name the project; 2 and 3 the road (½ × 2 ÷ 2 ÷ 1 = 0.5); 3 and 4 the company
# (¾ × 2 ÷ 2 ÷ 1 = 0.75); 1 waits for 财政局, which its words name (1); 6 names
# the place that the project lies in.
ROWS = (
    "城建|推进云溪湾改造项目建设。|因等待区财政局审批，项目尚未开工。|建设局、园林局",
    "城建|配套云溪湾改造项目。|云溪湾改造项目配套已完成，柳园路沿线整治已完成。|水务局",
    "城建|整治柳园路沿线环境。|柳园路沿线环境整治已完成，引进华星科技有限公司。|城管局",
    "经济|服务企业。|走访华星科技有限公司。|商务局",
    "经济|编制预算。|已完成。|财政局",
    "文化|丰富生活。|在云溪湾举办音乐会。|文旅局",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return graph(tmp_path_factory.mktemp("small"), *ROWS)


def hit(found: Slip) -> dict[str, tuple[int, float]]:
    return {one.department: (one.step, one.weight) for one in found.hits}


def test_who_is_hit_step_by_step(small: Store) -> None:
    found = slips(small, "云溪湾改造项目", steps=4)
    assert [(one.task, one.departments) for one in found.tasks] == [
        (1, ("园林局", "建设局")),
        (2, ("水务局",)),
    ]
    assert hit(found) == {
        **dict.fromkeys(("园林局", "建设局", "水务局"), (1, 1.0)),
        # Awaited by name: ½ × 1. Over the road: ½ × ½; then over the company: × ½ × ¾.
        "财政局": (2, 0.5),
        "城管局": (2, 0.25),
        "商务局": (3, 0.094),
    }
    last = found.hits[-1]
    assert (last.department, last.task) == ("商务局", 2)
    assert [(leg.kind, leg.name, leg.task) for leg in last.path] == [
        ("shared", "柳园路", 3),
        ("shared", "华星科技有限公司", 4),
    ]
    assert [{one.task for one in leg.sentences} for leg in last.path] == [{2, 3}, {3, 4}]


@pytest.mark.parametrize(("steps", "count"), [(1, 3), (2, 5), (3, 6), (9, 6)])
def test_steps_are_capped(steps: int, count: int, small: Store) -> None:
    assert len(slips(small, "云溪湾改造项目", steps).hits) == count


def test_who_is_awaited_passes_nothing_on(small: Store) -> None:
    assert hit(slips(small, "5", steps=3)) == {"财政局": (1, 1.0)}


def test_what_lies_in_a_place_slips_with_it(small: Store) -> None:
    found = slips(small, "云溪湾")
    assert [(one.name, one.part) for one in found.things] == [
        ("云溪湾", False),
        ("云溪湾改造项目", True),
    ]
    assert [one.task for one in found.tasks] == [1, 2, 6]


@pytest.mark.parametrize("name", ["3", "任务 3", "任务3", "Task 3"])
def test_a_task_slips(name: str, small: Store) -> None:
    found = slips(small, name)
    assert [(one.task, one.sentences[0].sentence) for one in found.tasks] == [
        (3, "整治柳园路沿线环境。")
    ]
    assert hit(found) == {
        "城管局": (1, 1.0),
        "商务局": (2, 0.375),
        "水务局": (2, 0.25),
    }


@pytest.mark.parametrize("name", ["云溪", "柳" * 500, '") } DROP ALL #', "99", ""])
def test_a_name_that_the_graph_does_not_know(name: str, small: Store) -> None:
    with pytest.raises(InputError, match="the graph knows no such name") as caught:
        slips(small, name)
    assert len(str(caught.value)) < 300
    if name == "云溪":
        assert "did you mean 云溪湾" in str(caught.value)


def test_a_school_of_the_dataset(store: Path) -> None:
    found = kg.slips(open_graph(store), "汉口辅仁小学CBD校区项目")
    assert [(one.task, one.departments) for one in found.tasks] == [
        (48, ("发展和改革局",)),
        (81, ("教育局",)),
    ]
    assert hit(found)["教育局"] == (1, 1.0)
    assert all(
        leg.sentences and all(one.quote in one.sentence for one in leg.sentences)
        for one in found.hits
        for leg in one.path
    )
    # Task 48 waits for an act of the planners: ½ × 0.5.
    assert hit(found)["自然资源和规划分局"] == (2, 0.25)
