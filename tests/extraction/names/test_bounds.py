"""Bounds of tagged names: marks, verbs, amounts and remarks are cut; brackets are complete."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.names.bounds import (
    cover_quotations,
    remove_end_roads,
    remove_remarks,
    trim_spans,
)
from kg.tagger.spans import LabelledSpan


def trimmed(text: str, label: str = "project") -> list[str]:
    """Return the trimmed name if the model tags the whole text as a name."""
    spans = trim_spans(text, [LabelledSpan(0, len(text), label, 0.9)])
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("②青石码头", "place", "青石码头"),
        ("（3）青石码头", "place", "青石码头"),
        ("“百日清河”", "project", "百日清河"),
        ("枫林路820米", "road", "枫林路"),
        ("新建枫林小学项目", "project", "枫林小学项目"),
        ("20万亩松林抚育工程", "project", "松林抚育工程"),
        ("35个老旧小区改造", "project", "老旧小区改造"),
        ("待资规分局", "organization", "资规分局"),
        ("会同市公安局", "body", "市公安局"),
        ("人脸门禁系统的项目", "project", "人脸门禁系统"),
        ("枫林路管网工程约1.2公里", "project", "枫林路管网工程"),
        ("枫林路等人", "road", "枫林路"),
    ],
)
def test_marks_and_amounts_around_a_name_are_cut(text: str, label: str, name: str) -> None:
    assert trimmed(text, label) == [name]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("新建区政务中心项目", "project"),
        ("110千伏枫林变电站", "project"),
        ("2020年棚户区改造工程", "project"),
        ("15分钟生活圈", "project"),
        ("东至县", "place"),
        ("枫林高等学校", "organization"),
        ("颐康中心（二期）", "project"),
    ],
)
def test_numbers_and_brackets_of_a_title_stay(text: str, label: str) -> None:
    assert trimmed(text, label) == [text]


@pytest.mark.parametrize("text", ["东至枫林路", "改造柳河路（西起枫林路）", "枫林路至青石路段"])
def test_a_road_where_works_begin_or_end_is_left_out(text: str) -> None:
    roads = [m.span() for m in re.finditer("枫林路|青石路", text)]
    spans = [LabelledSpan(*road, "road", 0.9) for road in roads]
    assert list(remove_end_roads(text, spans)) == []


def test_roads_of_a_list_stay() -> None:
    spans = [LabelledSpan(0, 3, "road", 0.9), LabelledSpan(4, 7, "road", 0.9)]
    assert list(remove_end_roads("枫林路、青石路", spans)) == spans


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("推进枫林中学改扩建工程", "枫林中学", "枫林中学改扩建工程"),
        ("实施“枫林有约”项目", "枫林有约", "“枫林有约”项目"),
        ("推进枫林大桥（二期）", "枫林大桥", "枫林大桥（二期）"),
        ("建成智慧CBD平台", "智慧CB", "智慧CBD"),
        ("新建枫林大桥工程量", "枫林大桥", "枫林大桥"),
    ],
)
def test_a_title_is_as_long_as_it_is_written(text: str, tagged: str, name: str) -> None:
    start = text.index(tagged)
    (span,) = trim_spans(text, [LabelledSpan(start, start + len(tagged), "project", 0.9)])
    assert text[span.start : span.end] == name


def test_a_bracket_that_the_model_cuts_is_closed() -> None:
    text = "推进枫林中心（二期）建设"
    (span,) = trim_spans(text, [LabelledSpan(2, 8, "project", 0.9)])
    assert text[span.start : span.end] == "枫林中心（二期）"


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("枫林中学管网工程（2233米）", "枫林中学管网工程"),
        ("人才小区管网（约585米）工程", "人才小区管网工程"),
        ("青石第二中学（暂名）", "青石第二中学"),
        ("青石至枫林高速公路（含柳河连接线）", "青石至枫林高速公路"),
        ("青石中心（二期）", "青石中心（二期）"),
        ("枫林医院（北区）", "枫林医院（北区）"),
    ],
)
def test_remarks_in_brackets_are_left_out(name: str, whole: str) -> None:
    assert remove_remarks(name) == whole


@given(
    st.text(st.sampled_from("东至路12个万亩工程项目（）、，“》①米约"), max_size=20),
    st.sampled_from(("road", "project", "place")),
)
def test_a_trimmed_span_lies_within_the_text(text: str, label: str) -> None:
    for span in trim_spans(text, [LabelledSpan(0, len(text), label, 0.9)] if text else []):
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "tagged", "label", "name"),
    [
        ("开展“四清行动”整治", "四清行动”整治", "project", "四清行动"),
        ("“柳江之夜”文化惠民", "柳江之夜”文化惠民", "event", "“柳江之夜”文化惠民"),
        ("举办柳江青年双选专场活动", "柳江青年双选专场", "event", "柳江青年双选专场活动"),
        ("印发旧城更新实施方案", "旧城更新", "policy", "旧城更新实施方案"),
        ("开展利剑专项行动", "利剑", "project", "利剑专项行动"),
        ("利剑计划于10月启动", "利剑", "project", "利剑"),
    ],
)
def test_quotations_and_endings_are_complete(text: str, tagged: str, label: str, name: str) -> None:
    start = text.index(tagged)
    (span,) = trim_spans(text, [LabelledSpan(start, start + len(tagged), label, 0.9)])
    assert text[span.start : span.end] == name


@pytest.mark.parametrize(
    ("text", "tagged", "names"),
    [
        ("开展“与青山同行”活动", ["青山"], ["与青山同行"]),
        ("开展“青山·绿水同行”活动", ["青山", "绿水"], ["青山·绿水同行"]),
        ("开展“青山同行”活动、枫林路", ["“青山同行”活动", "枫林路"], ["“青山同行”活动", "枫林路"]),
        ("“抓好枫林路，推进青山河”", ["枫林路"], ["枫林路"]),
    ],
)
def test_a_name_covers_its_quotation(text: str, tagged: list[str], names: list[str]) -> None:
    spans = [LabelledSpan(text.index(t), text.index(t) + len(t), "event", 0.9) for t in tagged]
    assert [text[s.start : s.end] for s in cover_quotations(text, spans)] == names
