"""Tables printed in any style are read completely."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Report
from kg.reading import read
from tests.reading.printing import Entry, Style, render
from tests.tables import invent

NAMES = (
    ("序号", "工作类目", "工作任务 目标和要求", "进展情况", "主要责任部门"),
    ("编号", "分类", "重点工作", "推进情况", "牵头单位"),
    ("序号", "类别", "目标任务", "完成情况", "责任单位"),
    ("序号", "项目", "工作内容", "落实情况", "主办单位"),
)
MARKS = ("", "- {page} -", "第 {page} 页 共 {pages} 页", "{page}", "{page}/{pages}")
BETWEEN = ("\n", "、", "，", "；")
TITLES = {
    "武汉市青山区2022年重点工作任务完成情况表（截至2022年9月底）": "420107",
    "海曙区《2021年政府工作报告》责任事项进展情况": "330203",
}

common = {
    "names": st.sampled_from(NAMES),
    "page": st.integers(2, 9),
    "page_mark": st.sampled_from(MARKS),
    "repeat_header": st.booleans(),
    "between": st.sampled_from(BETWEEN),
    "role": st.sampled_from(("", "（牵头）")),
    "feed": st.sampled_from(("", "\f")),
    "newline": st.sampled_from(("\n", "\r\n")),
    "break_numbers": st.booleans(),
}
running = st.builds(
    Style,
    **common,
    task=st.integers(10, 16),
    progress=st.integers(30, 50),
    departments=st.integers(4, 6),
    hang_marks=st.booleans(),
    lose_numbers=st.booleans(),
    share_lines=st.booleans(),
    blank_tails=st.booleans(),
    gaps=st.sampled_from(("some", "all")),
)
beside = st.builds(
    Style,
    **common,
    layout=st.sampled_from(("aligned", "tabs", "bars")),
    category=st.integers(4, 6),
    task=st.integers(8, 30),
    progress=st.integers(16, 60),
    departments=st.integers(5, 12),
    order=st.sampled_from(("nctpd", "nctdp", "cntpd", "ntpd", "ndtp")),
    gaps=st.sampled_from(("rows", "none")),
    gutter=st.integers(2, 5),
    merged=st.booleans(),
    glyphs=st.booleans(),
    lose_numbers=st.just(False),
)
centred = beside.map(lambda style: replace(style, centred=True, gaps="rows"))


def plain(text: str) -> str:
    return "".join(text.split())


def read_printed(folder: Path, entries: list[Entry], style: Style, title: str) -> Report:
    path = folder / "styled.txt"
    path.write_text(render(entries, style, title), encoding="utf-8", newline="")
    return read(path)


def check_printed(folder: Path, entries: list[Entry], style: Style, title: str) -> None:
    """Check that a table printed in a style is read as it was."""
    report = read_printed(folder, entries, style, title)
    assert report.jurisdiction.code == TITLES[title]
    assert report.title == title
    assert [task.number for task in report.tasks] == [entry.number for entry in entries]
    for task, entry in zip(report.tasks, entries, strict=True):
        assert plain(task.task.text) == plain(entry.task)
        assert plain(task.progress.text) == plain(entry.progress)
        assert {d.name for d in task.departments} == set(entry.departments)
        if "c" in style.columns:
            assert task.category == entry.category


@settings(max_examples=80, deadline=None)
@given(style=beside | centred, seed=st.integers(0, 99), title=st.sampled_from(sorted(TITLES)))
def test_cells_side_by_side_are_complete(
    style: Style, seed: int, title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    entries = invent(seed, 14, seed % 2 + 1)
    check_printed(tmp_path_factory.getbasetemp(), entries, style, title)


@settings(max_examples=60, deadline=None)
@given(style=running, seed=st.integers(0, 99), title=st.sampled_from(sorted(TITLES)))
def test_cells_one_after_another_are_complete(
    style: Style, seed: int, title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    entries = invent(seed, 20, seed % 2 + 1)
    check_printed(tmp_path_factory.getbasetemp(), entries, style, title)


@pytest.mark.parametrize("layout", ["running", "aligned", "tabs"])
def test_a_table_of_a_thousand_rows(layout: str, tmp_path: Path) -> None:
    entries = invent(1, 1000, 1)
    style = Style(layout=layout, gaps="some" if layout == "running" else "none")  # type: ignore[arg-type]
    path = tmp_path / "long.txt"
    path.write_text(render(entries, style), encoding="utf-8")
    assert len(read(path).tasks) == 1000


def test_a_cell_of_a_megabyte(tmp_path: Path) -> None:
    long = "一是推进工作，已完成30项。" * 40_000
    lines = "\n".join(long[start : start + 40] for start in range(0, len(long), 40))
    path = tmp_path / "cell.txt"
    head = "序号 工作任务 进展情况 责任部门"
    path.write_text(
        f"{head}\n1\n推进工作。\n{lines}\n教育局\n2\n推进。\n已完成。\n财政局\n", "utf-8"
    )
    assert [len(task.progress.text) for task in read(path).tasks] == [len(long), 4]


HEAD = "青山区2021年政府工作报告目标任务分解表\n\n"


def test_number_in_the_middle_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text(
        HEAD
        + "序号   目标任务            进展情况                 责任单位\n"
        + "       建成道路3条，改     一是已建成2条，其余正\n"
        + " 1     善出行。            在施工。二是加强管理，    建设局\n"
        + "                           成效明显。\n"
        + "       建成学校3所，改善   一是已建成2所，其余正\n"
        + " 2     教育条件，惠及群    在施工。                 教育局\n"
        + "       众。\n",
        encoding="utf-8",
    )
    tasks = read(path).tasks
    assert [task.task.text for task in tasks] == [
        "建成道路3条，改善出行。",
        "建成学校3所，改善教育条件，惠及群众。",
    ]
    assert tasks[1].progress.text == "一是已建成2所，其余正在施工。"
    assert [task.departments[0].name for task in tasks] == ["建设局", "教育局"]


def test_empty_cells_and_unknown_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text(
        HEAD
        + "序号  目标任务            进展情况                牵头单位    配合单位      备注\n"
        + "1     建成道路3条。       已建成2条，其余正在     建设局      财政局、交\n"
        + "                          施工。                              通局\n"
        + "2     建成学校3所。                               教育局                    市级\n"
        + "3     建成医院1所。       已建成。\n",
        encoding="utf-8",
    )
    report = read(path)
    names = [[d.name for d in task.departments] for task in report.tasks]
    assert names == [["建设局", "财政局", "交通局"], ["教育局"], []]
    assert [(p.row, p.reason) for p in report.problems] == [
        (2, "no text in the progress cell"),
        (3, "names no department"),
    ]
    remarks = [[(heading, cell.text) for heading, cell in task.details] for task in report.tasks]
    assert remarks == [[], [("备注", "市级")], []]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "This is a report.\n\nTask  Progress  Department\n1  Build  Done  Works\n",
            "contains no list of tasks",
        ),
        ("序号 工作任务 完成情况 责任单位\n", "has no rows"),
    ],
)
def test_other_tables_are_refused(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read(path)
