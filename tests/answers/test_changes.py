"""Answers on changes between reports and differences between districts."""

from __future__ import annotations

from pathlib import Path

import kg
from kg.answers.answer import Answers
from kg.answers.replies import Refusal, Reply
from kg.graph.stores.embedded import open_graph
from tests.small import table

ROWS = ("民生|建成青禾桥。|青禾桥{}。|建设局", "教育|扩建青禾小学。|青禾小学主体封顶。|教育局")


def answers(folder: Path, *reports: tuple[str, str]) -> Answers:
    """Return answers on reports, each given by its title and its text on the bridge."""
    files = []
    for number, (title, bridge) in enumerate(reports):
        rows = [row.format(bridge) for row in ROWS]
        file = table(folder / f"{number}.csv", *rows)
        file.write_text(f"{title},,,,\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
        files.append(file)
    kg.build(files, folder / "store")
    return Answers(open_graph(folder / "store"))


def text_of(answers: Answers, question: str) -> str:
    reply = answers.reply(question)
    assert isinstance(reply, Reply), (question, reply)
    return reply.text


def test_what_changed_between_two_reports(tmp_path: Path) -> None:
    found = answers(
        tmp_path,
        ("西湖区2023年重点工作任务进展情况表（截至2023年9月底）", "正在施工"),
        ("西湖区2023年重点工作任务进展情况表（截至2023年10月底）", "已于10月20日建成通车"),
    )
    for question in (
        "和上一期报告比，哪些任务变了",
        "这期和上期有啥不同",
        "跟上个月比状态有变化的任务",
        "what changed since the last report",
        "differences from the previous report",
    ):
        text = text_of(found, question)
        assert "1" in text.splitlines()[0]
        assert "青禾桥" in text
        assert "青禾小学" not in text


def test_districts_compared(tmp_path: Path) -> None:
    found = answers(
        tmp_path,
        ("西湖区2023年重点工作任务进展情况表（截至2023年10月底）", "正在施工"),
        ("拱墅区2023年重点工作任务进展情况表（截至2023年10月底）", "已于10月20日建成通车"),
    )
    for question in ("各区任务进展比一比", "哪个区完成得好", "compare the districts"):
        lines = text_of(found, question).splitlines()
        assert len(lines) == 2, lines


def test_one_report_of_one_district_is_compared_with_nothing(tmp_path: Path) -> None:
    found = answers(
        tmp_path, ("西湖区2023年重点工作任务进展情况表（截至2023年10月底）", "正在施工")
    )
    for question in ("和上一期报告比，哪些任务变了", "各区任务进展比一比"):
        assert isinstance(found.reply(question), Refusal)
