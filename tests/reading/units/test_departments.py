from __future__ import annotations

import pytest

from kg.reading.structure.tokens import Token, tokenize
from kg.reading.text_tables.table_lines import make_table_line
from kg.reading.units.departments import learn_lexicon, split_listed, split_wrapped


def lines(*texts: str) -> list[Token]:
    return list(tokenize(list(texts)))


def names(cell: list[Token], lexicon: frozenset[str] = frozenset(), full: float = 4.0) -> list[str]:
    text = "".join(token.text for token in cell)
    return [text[start:end] for start, end in split_wrapped(cell, lexicon, full)]


def test_wrapped_departments_are_told_apart_by_what_stands_alone_elsewhere() -> None:
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
def test_among_commas_a_line_break_parts_nothing(cell: tuple[str, ...]) -> None:
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
def test_roles_are_no_part_of_a_name(text: str) -> None:
    assert [text[start:end] for start, end in split_listed(text)] == ["建设局", "财政局"]


def test_a_role_may_wrap() -> None:
    assert names(lines("建设局（牵", "头）", "财政局"), full=5.0) == ["建设局", "财政局"]


def test_another_name_in_brackets_stays() -> None:
    text = "发展改革局（粮食局）"
    assert [text[start:end] for start, end in split_listed(text)] == [text]


def test_columns_side_by_side_hold_names_of_their_own() -> None:
    lead, others = [(3, "建设局")], [(3, "财政局、交"), (4, "通局")]
    cell = [token for tokens in make_table_line([lead, others], False).cells for token in tokens]
    assert names(cell, full=5.0) == ["建设局", "财政局", "交通局"]


@pytest.mark.parametrize("text", ["无", "——", "/", "待定", "N/A", "（暂无）", "无、无", "/、-"])
def test_what_says_that_there_is_none_is_no_department(text: str) -> None:
    assert not list(split_listed(text))
    assert not names(lines(text))


def test_names_beside_what_says_that_there_is_none_are_found() -> None:
    text = "无；市无线电管理局、待定"
    assert [text[start:end] for start, end in split_listed(text)] == ["市无线电管理局"]
    assert names(lines("待定、无线", "电管理局")) == ["无线电管理局"]
