from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extraction.facts import extract
from kg.history.comparison import Difference, ReportFacts, compare
from kg.reading import read
from tests.history.plans import write_plan


def read_facts(path: Path, jurisdiction: str | None = None) -> ReportFacts:
    report = read(path, jurisdiction)
    return ReportFacts(report, tuple(extract(report)))


def changes_of(found: Difference, *kinds: str) -> set[tuple[object, ...]]:
    return {
        (it.kind, it.before_row, it.after_row, it.what, it.before, it.after)
        for it in found.changes
        if it.kind in kinds
    }


@pytest.fixture
def plan(tmp_path: Path) -> list[ReportFacts]:
    return [read_facts(path) for path in write_plan(tmp_path)]


def test_from_may_to_october(plan: list[ReportFacts]) -> None:
    found = compare(plan[0], plan[1])
    homes = "建设社区养老服务驿站8个。"
    assert changes_of(found, "new", "vanished", "status", "nearer", "away", "joined", "left") == {
        ("new", None, 1, "", "", homes),
        ("vanished", 2, None, "", "举办荷花文化节活动。", ""),
        ("status", 6, 6, "", "in_progress", "completed"),
        ("nearer", 1, 2, "新增就业", "2100人", "4600人"),
        ("nearer", 3, 3, "完成老旧小区改造", "6个", "17个"),
        ("joined", None, None, "民政局", "", "民政局"),
        ("left", None, None, "文化和旅游局", "文化和旅游局", ""),
    }
    (promise,) = [it for it in found.changes if it.kind == "promise"]
    assert (promise.before_row, promise.after_row) == (3, 3)
    assert promise.before_sentence.startswith("完成老旧小区改造20个")
    assert promise.after_sentence.startswith("全面完成20个老旧小区")
    (road,) = [it for it in found.changes if it.kind == "status"]
    assert road.before_sentence == "学府路西段正在进行路基施工。"
    assert road.after_sentence == "学府路西段已建成通车。"
    # Both are above the goal, so that neither is nearer to it.
    assert ("figure", 5, 5, "空气质量优良天数比例", "88.2%", "86.1%") in changes_of(found, "figure")


def test_from_october_to_december(plan: list[ReportFacts]) -> None:
    found = compare(plan[1], plan[2])
    air = "空气质量优良天数比例"
    assert changes_of(found, "away", "new", "vanished", "promise", "goal", "doubtful") == {
        ("away", 5, 5, air, "86.1%", "82.4%")
    }
    assert ("judgement", 5, 5, air, "met", "not_met") in changes_of(found, "judgement")
    assert changes_of(found, "left") == {
        ("left", None, None, "城市管理局", "城市管理局", ""),
        ("left", 3, 3, "城市管理局", "城市管理局", ""),
    }
    points = {line.indicator: [str(value) for _, value in line.points] for line in found.series}
    assert points["新增就业"] == ["4600", "5320"]
    assert points[air] == ["86.1", "82.4"]


def test_nothing_has_changed_from_a_report_to_itself(plan: list[ReportFacts]) -> None:
    for one in plan:
        assert compare(one, one).changes == ()


def test_goals_and_units(tmp_path: Path) -> None:
    head = "东湖区2021年政府工作报告任务进展情况（截至2021年{}月底）\n工作任务,进展情况,责任部门\n"
    paths = [tmp_path / name for name in ("a.csv", "b.csv")]
    paths[0].write_text(
        head.format(5) + "新增就业2万人以上。,已新增就业8000人。,人社局\n"
        "单位能耗控制在50吨以内。,单位能耗60吨。,发改局\n",
        encoding="utf-8",
    )
    paths[1].write_text(
        head.format(6) + "新增就业1.5万人以上。,已新增就业1.2万人。,人社局\n"
        "单位能耗控制在50吨以内。,单位能耗55吨。,发改局\n",
        encoding="utf-8",
    )
    found = compare(read_facts(paths[0]), read_facts(paths[1]))
    assert ("goal", 1, 1, "新增就业", "≥2万人", "≥1.5万人") in changes_of(found, "goal")
    assert ("nearer", 1, 1, "新增就业", "8000人", "1.2万人") in changes_of(found, "nearer")
    # Below a limit, less is nearer.
    assert {change[2] for change in changes_of(found, "nearer")} == {1, 2}
    (jobs, _) = found.series
    assert [str(value.normalize()) for _, value in jobs.points if value] == ["0.8", "1.2"]


def test_reports_of_different_districts_are_told(plan: list[ReportFacts]) -> None:
    report = plan[1].report
    other = replace(report, jurisdiction=replace(report.jurisdiction, name="西湖区", code=None))
    with pytest.raises(
        InputError, match=r"is a report of 东湖区, .* of 西湖区; give two reports of one"
    ):
        compare(plan[0], ReportFacts(other, plan[1].facts))
