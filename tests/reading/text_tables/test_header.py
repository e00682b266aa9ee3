from __future__ import annotations

import pytest

from kg.reading.text_tables.header import Header, find_header

ALL = ("number", "category", "task", "progress", "departments")


@pytest.mark.parametrize(
    "lines",
    [
        ["序号 工作类目 工作任务 目标和要求 进展情况", "主要责任", "", "部门"],
        ["编号", "", "分类", "", "重点工作", "", "推进情况", "", "牵头单位"],
        [
            "序号  工作类  工作任务    进展情况    主要责",
            "      目                            任部门",
        ],
        ["| 序号 | 项目 | 工作内容 | 落实情况 | 主办单位 |"],
    ],
)
def test_header_is_found_below_a_title_with_the_same_words(lines: list[str]) -> None:
    title = ["临江区重点工作任务完成情况表", "（截至2022年9月底）", ""]
    header = find_header([*title, *lines, "1", "经济"])
    assert isinstance(header, Header)
    assert (header.start, header.end) == (3, 3 + len(lines))
    assert header.columns == ALL


def test_title_without_marks_is_not_a_header() -> None:
    header = find_header(["重点工作进展情况", "序号 工作任务 进展情况 责任单位", "1"])
    assert isinstance(header, Header)
    assert header.start == 1


def test_without_a_header_the_best_candidate_is_returned() -> None:
    assert find_header(["序号 工作任务", "今年工作很多，进展情况良好。"]) == ("number", "task")
