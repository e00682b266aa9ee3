from __future__ import annotations

from datetime import date
from pathlib import Path

from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.planning.deadlines import read_deadlines
from tests.small import HEADER


def test_deadlines_come_in_their_order_with_who_answers(store: Path) -> None:
    found = read_deadlines(open_graph(store))
    assert [one.last for one in found] == sorted(one.last for one in found)
    assert all(one.words in one.sentence for one in found)
    assert all(one.first <= one.last for one in found)
    gas = next(one for one in found if one.last == date(2019, 11, 11))
    assert (gas.number, gas.words, [who.name for who in gas.departments]) == (
        100,
        "11月11日",
        ["城管执法局"],
    )
    assert not any(one.overdue for one in found)
    # The same day of the same task stands once, whatever sentences name it.
    assert len({(one.task, one.first, one.last) for one in found}) == len(found)


def test_what_had_passed_when_the_report_was_told_is_overdue(tmp_path: Path) -> None:
    rows = "\n".join(
        (
            "1,城建,新建滨河公园。,公园正在施工，计划2021年6月底完工。,园林局",
            "2,城建,新建社区食堂。,已建成开放，原计划2021年6月底完工。,民政局",
            "3,城建,改造学府路。,正在施工，计划2021年11月底完工。,建设局",
        )
    )
    path = tmp_path / "report.csv"
    title = "东湖区2021年政府工作报告任务进展情况（截至2021年9月底）\n"
    path.write_text(f"{title}{','.join(HEADER)}\n{rows}\n", encoding="utf-8")
    build([path], tmp_path / "store", jurisdiction="330106")
    found = {one.number: one for one in read_deadlines(open_graph(tmp_path / "store"))}
    assert found[1].overdue
    assert not found[3].overdue
    assert 2 not in found or not found[2].overdue
