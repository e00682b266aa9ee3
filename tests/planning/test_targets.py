from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.labels import MISSED
from kg.planning.targets import TargetProgress, goal_text, progress_line, read_targets
from kg.questions.catalogue import query
from tests.history.plans import write_plan


def test_those_furthest_behind_come_first(store: Path) -> None:
    found = read_targets(open_graph(store))
    missed = [one for one in found if one.judgement in MISSED]
    assert found[: len(missed)] == tuple(missed)
    lags = [one.lag for one in missed]
    assert None not in lags
    assert lags == sorted(lags, reverse=True)  # type: ignore[type-var]
    asked = query(store, "behind")
    rows = [dict(zip(asked.fields, row, strict=True)) for row in asked.rows]
    assert {(one.number, one.indicator) for one in missed} == {
        (row["task"], row["indicator"]) for row in rows
    }
    for one in missed:
        (row,) = (it for it in rows if (it["task"], it["indicator"]) == (one.number, one.indicator))
        assert one.sentence == row["quote"]
        assert "、".join(who.name for who in one.departments) == row["departments"]


def test_a_line_tells_promise_report_share_and_time(store: Path) -> None:
    found = {one.indicator: one for one in read_targets(open_graph(store))}
    invested = found["全年固定资产投资总额"]
    assert progress_line(invested) == "目标≥430亿元 · 已报275.12亿元 · 64% · 时间已过83%"
    assert progress_line(invested, english=True) == (
        "Promised ≥430亿元 · reported 275.12亿元 · 64% · 83% of the year gone"
    )
    # A rate is no part of the way to another one.
    growth = found["全年地区生产总值增长"]
    assert growth.elapsed is None
    assert progress_line(growth) == "目标约8% · 已报6.9%"
    assert goal_text(growth, english=True) == "≈8%"


def test_what_is_counted_in_other_units_has_no_share(store: Path) -> None:
    """12 streets are no part of 5,000 benches, though both are counted."""
    found = read_targets(open_graph(store))
    for one in found:
        if one.share is not None:
            assert one.unit[-1:] == one.observed_unit[-1:], one
    benches = next(one for one in found if one.value == 5000 and one.unit == "套")
    assert benches.observed_unit != benches.unit
    assert benches.share is None
    assert benches.lag is None


def test_the_change_since_the_report_before_is_told(tmp_path: Path) -> None:
    paths = write_plan(tmp_path)
    build(paths[:1], tmp_path / "one", jurisdiction="330106")
    assert all(one.change is None for one in read_targets(open_graph(tmp_path / "one")))
    build(paths, tmp_path / "all", jurisdiction="330106")
    found = {one.indicator: one for one in read_targets(open_graph(tmp_path / "all"))}
    jobs = found["新增就业"]
    assert (jobs.change, jobs.previous, jobs.previous_as_of) == (
        Decimal(720),
        Decimal(4600),
        "2021-10",
    )
    air = found["空气质量优良天数比例"]
    assert air.change == Decimal("-3.7")
    assert air.judgement == "not_met"


def test_only_the_tasks_of_given_reports_are_read(tmp_path: Path) -> None:
    build(write_plan(tmp_path), tmp_path / "store", jurisdiction="330106")
    store = open_graph(tmp_path / "store")
    every: tuple[TargetProgress, ...] = read_targets(store)
    latest = read_targets(store, ["https://w3id.org/taskkg/report/xihu-330106-2021-12"])
    assert every == latest
    assert read_targets(store, ["https://w3id.org/taskkg/report/nothing"]) == ()
