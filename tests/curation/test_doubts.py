"""What is not understood is on the review list, and never a wrong number."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.curation.doubts import Doubt, find_doubts
from kg.errors import InputError
from kg.extraction.facts import extract
from kg.model import TaskFacts
from kg.reading import read

HEADER = "序号,工作任务,进展情况,责任部门\n"


def review_text(tmp_path: Path, text: str) -> tuple[TaskFacts, list[Doubt]]:
    path = tmp_path / "report.csv"
    path.write_text(text, encoding="utf-8")
    report = read(path, "420103")
    (facts,) = extract(report)
    return facts, find_doubts(report, [facts])


def test_a_plain_row_leaves_no_doubt(tmp_path: Path) -> None:
    _, doubts = review_text(tmp_path, HEADER + "1,新建柳园路,柳园路已完工3公里。,建设局\n")
    assert doubts == []


def test_digits_misread_by_a_scanner_give_no_number(tmp_path: Path) -> None:
    facts, doubts = review_text(
        tmp_path,
        HEADER + "1,新建道路1O条,截至l0月，已完成7条，在民权路、民族路沿线开展整治，"
        "投资3O.5亿元。,建设局\n",
    )
    assert [(str(q.value), q.unit) for q in facts.quantities] == [("7", "条")]
    assert [name.name for name in facts.names if name.kind == "road"] == ["民权路", "民族路"]
    misread = [doubt.reason for doubt in doubts if doubt.kind == "number"]
    assert len(misread) == 3
    assert all("misread" in reason for reason in misread)


def test_full_width_digits_are_digits(tmp_path: Path) -> None:
    facts, _ = review_text(tmp_path, HEADER + "1,新建道路１０条,投资３．５亿元。,建设局\n")
    assert [(str(q.value), q.unit) for q in facts.quantities] == [("10", "条"), ("3.5", "亿元")]


def test_traditional_characters_are_told(tmp_path: Path) -> None:
    facts, doubts = review_text(
        tmp_path,
        "序號,工作任務,進展情況,責任部門\n1,新建道路10條,因征收問題，暫緩實施，已完成7條。,教育局\n",
    )
    assert facts.quantities == ()
    assert any("traditional" in doubt.reason for doubt in doubts)
    assert sum(doubt.kind == "number" for doubt in doubts) == 2


def test_a_row_in_english_is_told(tmp_path: Path) -> None:
    facts, doubts = review_text(
        tmp_path, HEADER + "1,Build 10 roads by 2020,7 roads built at 3.5 million,Education\n"
    )
    assert facts.quantities == ()
    assert facts.names == ()
    assert any("not in Chinese" in doubt.reason for doubt in doubts)


@pytest.mark.parametrize("name", ["report.txt", "report.csv"])
def test_a_document_in_english_is_refused_with_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("No,Task,Progress\n1,Build 10 roads,7 built\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"list of tasks|header"):
        read(path)
