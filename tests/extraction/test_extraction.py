from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction import extract
from kg.extraction.dates import find_dates
from kg.extraction.quantities import find_quantities
from kg.extraction.record import to_record
from kg.extraction.status import find_status
from kg.extraction.targets import find_targets
from kg.model import Cell, Evidence, Task, TaskFacts
from kg.reading import read


def task(promise: str, progress: str = "") -> Task:
    return Task("r", 1, ("类", None), Cell(promise), Cell(progress), Cell("民政局"), ())


def all_evidence(facts: TaskFacts) -> list[Evidence]:
    found = [e for name in facts.names for e in name.evidence]
    found += [quantity.evidence for quantity in facts.quantities]
    found += [date.evidence for date in facts.dates]
    found += [target.evidence for target in facts.targets]
    found += [t.actual_evidence for t in facts.targets if t.actual_evidence]
    return found + ([facts.status.evidence] if facts.status else [])


def test_every_fact_of_the_dataset_quotes_its_cell(dataset: Path) -> None:
    for facts in extract(read(dataset)):
        for evidence in all_evidence(facts):
            text = facts.task.cell(evidence.cell).text
            assert evidence.quote
            assert text[evidence.start : evidence.end] == evidence.quote


def test_scores_on_the_real_document(shared: Path, tmp_path: Path) -> None:
    facts = extract(read(shared / "sources" / "jianghan-2019-10.txt"))
    found = tmp_path / "found.jsonl"
    found.write_text(
        "".join(json.dumps(to_record(f), ensure_ascii=False) + "\n" for f in facts),
        encoding="utf-8",
    )
    evaluation = shared / "evaluation"
    scorer = [sys.executable, str(evaluation / "score.py"), "--json"]
    result = subprocess.run(
        [*scorer, str(evaluation / "reference-dev.jsonl"), str(found)],
        capture_output=True,
        check=True,
        text=True,
    )
    figures = json.loads(result.stdout)
    for cell in ("task text", "progress text", "category", "departments"):
        assert figures[cell]["accuracy"] == 1
    floors = {"subdistricts": 0.99, "roads": 0.95, "names (any kind)": 0.85, "quantities": 0.97}
    for kind, floor in floors.items():
        assert figures[kind]["f1"] >= floor, kind


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("拆除房屋4.87万㎡", "4.87", "万㎡"),
        ("引进企业20余家", "20", "家"),
        ("增长８．５％", "8.5", "%"),
        ("发展三大产业", "3", "大"),
        ("发放1,234元", "1234", "元"),
    ],
)
def test_quantities(text: str, value: str, unit: str) -> None:
    (found,) = find_quantities(task(text))
    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text", ["第七届运动会", "5G试点", "一是加强管理", "2019年", "签订1+1协议"]
)
def test_names_and_orders_are_no_quantities(text: str) -> None:
    assert find_quantities(task(text)) == ()


@pytest.mark.parametrize(
    ("text", "iso", "role"),
    [
        ("截至10月底，已建成2个", "2019-10", "as_of"),
        ("预计11月15日开工", "2019-11-15", "planned"),
        ("计划明年实施", "2020", "planned"),
        ("已于9月26日通车", "2019-09-26", "done"),
        ("9月19日-27日举办展览", "2019-09-19/2019-09-27", "other"),
    ],
)
def test_dates(text: str, iso: str, role: str) -> None:
    (found,) = find_dates(task("", text), 2019, "2019-10")
    assert (found.iso, found.role) == (iso, role)


def test_dates_without_any_year_are_left_out() -> None:
    assert find_dates(task("", "截至10月底"), None, None) == ()


@pytest.mark.parametrize(
    ("promise", "progress", "judgement"),
    [
        ("新增就业2万人", "截至10月底，新增就业21224人", "met"),
        ("失业率控制在3.2%以内", "截至10月底，失业率为2.39%", "met"),
        ("发放贷款100万元", "截至10月底，发放贷款90万元", "on_track"),
        ("发放贷款100万元", "截至10月底，发放贷款50万元", "behind"),
        ("建设书院1个", "正在设计", "unknown"),
    ],
)
def test_targets_are_judged_by_arithmetic(promise: str, progress: str, judgement: str) -> None:
    row = task(promise, progress)
    dates = find_dates(row, 2019, "2019-10")
    (target,) = find_targets(row, find_quantities(row), dates, 2019, "2019-10")
    assert target.judgement == judgement
    assert target.reason


@pytest.mark.parametrize(
    ("progress", "status"),
    [
        ("项目已全部完工。", "completed"),
        ("目前正在办理手续。", "in_progress"),
        ("该项目年内暂缓实施。", "delayed"),
        ("持续加强巡查。", "ongoing"),
    ],
)
def test_status(progress: str, status: str) -> None:
    found = find_status(task("", progress), ())
    assert found is not None
    assert found.value == status
    assert find_status(task("", ""), ()) is None


WORDS = st.sampled_from(
    "截至10月底，完成3.5亿元约%个第一是路街社区。、；“”《》（）0123456789万余年日ＡA+-"
)


@given(st.text(WORDS, max_size=80), st.text(max_size=40))
def test_any_text_gives_facts_that_quote_it(first: str, second: str) -> None:
    row = task(first, second)
    quantities, dates = find_quantities(row), find_dates(row, 2019, "2019-10")
    for span in (*(q.evidence for q in quantities), *(d.evidence for d in dates)):
        assert row.cell(span.cell).text[span.start : span.end] == span.quote


@pytest.mark.parametrize("run", ["1", "一", "余万"])
def test_a_long_run_of_one_sign_is_read_once(run: str) -> None:
    # Read again from each sign, this would take many minutes.
    assert find_quantities(task(run * 300_000)) == ()
