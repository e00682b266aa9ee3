from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.errors import InputError
from kg.graph.build import add, build
from kg.graph.stores.embedded import open_graph
from kg.planning.change_lines import change_line
from kg.planning.changes import read_changes
from kg.planning.reports import comparison_title, group_by_district, plan_reports, read_reports
from tests.history.plans import HEAD, write_plan


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("changes")
    build(write_plan(folder), folder / "store", jurisdiction="330106")
    other = folder / "other.csv"
    rows = "1,就业,新增就业3000人。,截至12月底，新增就业2800人。,人力资源和社会保障局\n"
    other.write_text("南山区2021年政府工作报告任务进展情况（截至2021年12月底）\n" + HEAD + rows)
    add([other], folder / "store", jurisdiction="440305")
    return open_graph(folder / "store")


def test_reports_are_called_by_district_and_date(graph: Store) -> None:
    reports = read_reports(graph)
    assert [one.as_of for one in reports] == ["2021-12", "2021-12", "2021-10", "2021-05"]
    own = plan_reports(reports, "xihu-330106-2021")
    assert [one.identifier for one in own] == [
        "xihu-330106-2021-12",
        "xihu-330106-2021-10",
        "xihu-330106-2021-05",
    ]
    assert comparison_title(own[2], own[0]).endswith("2021年5月→12月")
    assert comparison_title(own[2], own[0], english=True).endswith("2021-05 → 2021-12")
    districts = dict(group_by_district(reports))
    assert sorted(len(those) for those in districts.values()) == [1, 3]


def test_changes_are_told_to_whoever_answers_for_them(graph: Store) -> None:
    reports = read_reports(graph)
    may, december = (
        next(one for one in reports if one.identifier == f"xihu-330106-2021-{month}")
        for month in ("05", "12")
    )
    changes = read_changes(graph, reports, may, december)
    told = {
        name.name if name else "": [(it.change.kind, it.change.what) for it in those]
        for name, those in changes.by_department
    }
    assert ("away", "空气质量优良天数比例") in told["生态环境局"]
    assert ("nearer", "新增就业") in told["人力资源和社会保障局"]
    assert any(kind == "new" for kind, _ in told["民政局"])
    # The task of 文化和旅游局 vanished: it answered for it in the earlier report.
    assert [kind for kind, _ in told["文化和旅游局"]] == ["vanished"]
    every = {it.change for _, those in changes.by_department for it in those}
    assert every == set(changes.difference.changes)
    for _, those in changes.by_department:
        for it in those:
            assert not it.change.task or it.task.startswith(
                "https://w3id.org/taskkg/task/xihu-330106-2021/"
            )


def test_lines_have_no_codes(graph: Store) -> None:
    reports = plan_reports(read_reports(graph), "xihu-330106-2021")
    changes = read_changes(graph, reports, reports[1], reports[0])
    for change in changes.difference.changes:
        line = change_line(change)
        assert not any(code in line for code in ("in_progress", "completed", "on_track", "not_met"))
        assert change_line(change, english=True) != line


def test_reports_of_two_districts_are_not_compared(graph: Store) -> None:
    reports = read_reports(graph)
    own = next(one for one in reports if one.plan == "xihu-330106-2021")
    other = next(one for one in reports if one.plan != "xihu-330106-2021")
    with pytest.raises(InputError, match="district"):
        read_changes(graph, reports, own, other)
