from __future__ import annotations

import pytest

from kg.reading.structure.tokens import Token, tokenize
from kg.reading.text_tables.table_lines import make_table_line
from kg.reading.units.departments import learn_lexicon, split_listed_names, split_wrapped_names


def lines(*texts: str) -> list[Token]:
    return list(tokenize(list(texts)))


def names(cell: list[Token], lexicon: frozenset[str] = frozenset(), full: float = 4.0) -> list[str]:
    text = "".join(token.text for token in cell)
    return [text[start:end] for start, end in split_wrapped_names(cell, lexicon, full)]


def test_wrapped_departments_are_split_by_names_that_are_alone_in_other_cells() -> None:
    alone = [lines("农业农村", "局"), lines("江东新区", "管委会")]
    lexicon = learn_lexicon(alone)
    assert names(lines("江东新区", "管委会", "农业农村", "", "局"), lexicon) == [
        "江东新区管委会",
        "农业农村局",
    ]
    assert names(lines("步行街区", "综合服务", "中心"), lexicon) == ["步行街区综合服务中心"]
    assert names(lines("财政局", "民政局"), lexicon) == ["财政局", "民政局"]


@pytest.mark.parametrize(
    "cell",
    [("教育局、市", "场监督管", "理局、财", "政局"), ("教育局，市场", "监督管理局", "，财政局")],
)
def test_a_line_break_among_commas_is_not_a_separator(cell: tuple[str, ...]) -> None:
    assert names(lines(*cell)) == ["教育局", "市场监督管理局", "财政局"]


@pytest.mark.parametrize(
    "text",
    [
        "建设局（牵头）、财政局",
        "建设局(牵头单位) 财政局（配合）",
        "牵头单位：建设局；配合单位：财政局",
        "建设局/财政局",
    ],
)
def test_roles_are_not_part_of_a_name(text: str) -> None:
    assert [text[start:end] for start, end in split_listed_names(text)] == ["建设局", "财政局"]


def test_a_comma_in_the_brackets_of_a_group_is_not_a_separator() -> None:
    cell = lines("市通信办，各县（市、", "区）政府")
    assert names(cell, full=11.0) == ["市通信办", "各县（市、区）政府"]


def test_a_role_may_wrap() -> None:
    assert names(lines("建设局（牵", "头）", "财政局"), full=5.0) == ["建设局", "财政局"]


def test_another_name_in_brackets_is_kept() -> None:
    text = "发展改革局（粮食局）"
    assert [text[start:end] for start, end in split_listed_names(text)] == [text]


def test_columns_side_by_side_have_separate_names() -> None:
    lead, others = [(3, "建设局")], [(3, "财政局、交"), (4, "通局")]
    cell = [token for tokens in make_table_line([lead, others], False).cells for token in tokens]
    assert names(cell, full=5.0) == ["建设局", "财政局", "交通局"]


@pytest.mark.parametrize("text", ["无", "——", "/", "待定", "N/A", "（暂无）", "无、无", "/、-"])
def test_texts_that_mean_none_are_not_departments(text: str) -> None:
    assert not list(split_listed_names(text))
    assert not names(lines(text))


def test_names_beside_texts_that_mean_none_are_found() -> None:
    text = "无；市无线电管理局、待定"
    assert [text[start:end] for start, end in split_listed_names(text)] == ["市无线电管理局"]
    assert names(lines("待定、无线", "电管理局")) == ["无线电管理局"]


def test_task_forces_on_two_lines_of_a_cell_are_two() -> None:
    text = "清欠工作专班 保供工作专班"
    names = [text[start:end] for start, end in split_listed_names(text)]
    assert names == ["清欠工作专班", "保供工作专班"]
