from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.errors import InputError
from kg.graph.difference import diff
from kg.history.comparison import Difference
from kg.views.difference import render_difference, to_answer
from tests.history.plans import write_plan


@pytest.fixture
def found(tmp_path: Path) -> Difference:
    may, october, _ = write_plan(tmp_path)
    return diff(may, october)


class Tags(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_page_is_one_file_without_script(found: Difference) -> None:
    page = render_difference(found, "html")
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.tags
    assert all(link.startswith(("#", "data:")) for link in tags.links)
    assert tags.tags.count("svg") == len(found.series) > 0
    for words in ("新增任务", "New tasks", "举办荷花文化节活动。", "已完成 completed", "goal"):
        assert words in page
    charts = page.split("<svg")[1:]
    for chart in charts:
        ElementTree.fromstring("<svg" + chart.partition("</svg>")[0] + "</svg>")


def test_all_forms_tell_all_changes(found: Difference) -> None:
    answer = to_answer(found)
    assert len(answer.rows) == len(found.changes)
    told = json.loads(render_difference(found, "json"))
    assert [change["kind"] for change in told["changes"]] == [row[0] for row in answer.rows]
    markdown = render_difference(found, "md")
    assert markdown.count("\n| ") >= len(found.changes)
    assert markdown.startswith("# donghu-2021-05 → donghu-2021-10\n")


def test_words_cannot_become_markup(tmp_path: Path) -> None:
    head = "东湖区2021年政府工作报告任务进展情况（截至2021年{}月底）\n工作任务,进展情况,责任部门\n"
    paths = [tmp_path / name for name in ("a.csv", "b.csv")]
    bad = "建设<script>alert(1)</script>公园。"
    paths[0].write_text(head.format(5) + f"{bad},正在施工。,园林局\n", encoding="utf-8")
    paths[1].write_text(head.format(6) + "新增就业500人。,已完成。,人社局\n", encoding="utf-8")
    assert "<script>" not in render_difference(diff(paths[0], paths[1]), "html")


def test_nothing_has_changed(tmp_path: Path) -> None:
    path = write_plan(tmp_path)[0]
    same = diff(path, path)
    assert "没有变化" in render_difference(same, "html")
    assert "Nothing has changed" in render_difference(same, "md")


def test_what_is_no_report_is_refused(tmp_path: Path) -> None:
    path = write_plan(tmp_path)[0]
    with pytest.raises(InputError, match="no such file"):
        diff(path, tmp_path / "missing.csv")
    with pytest.raises(InputError, match="no store here"):
        diff(path, "donghu-2021-10", tmp_path / "store")
