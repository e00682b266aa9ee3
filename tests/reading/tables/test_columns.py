from __future__ import annotations

import pytest

from kg.reading.tables.columns import Column, column_of, meanings_in, missing_columns


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("编号", "number"),
        ("任务分类", "category"),
        ("项目", "category"),
        ("工作内容", "task"),
        ("重点工作", "task"),
        ("目标任务完成情况", "progress"),
        ("工作推进情况", "progress"),
        ("主办单位", "departments"),
        ("配合单位", "departments"),
        ("完成时限", None),
        ("责任人", None),
        ("Department", None),
    ],
)
def test_meaning_of_column_headings(heading: str, column: Column | None) -> None:
    assert column_of(heading) == column


def columns(header: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(h for h in meanings_in(header.split()) if h != "other"))


def test_headings_with_the_same_meaning_are_one_column() -> None:
    header = "序号 一级类目 二级类目 目标任务 落实情况 牵头单位 配合单位 备注"
    assert columns(header) == ("number", "category", "task", "progress", "departments")
    assert meanings_in(header.split())[-1] == "other"


def test_a_heading_may_continue_after_a_line_break() -> None:
    assert columns("工作\n任务 目标 进展\n情况 主要责任\n部门") == (
        "task",
        "progress",
        "departments",
    )


def test_missing_columns_are_named() -> None:
    assert missing_columns(("number", "task")) == "进展情况, 责任部门"
