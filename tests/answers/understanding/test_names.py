from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.answers.tasks import TaskRecord
from kg.answers.understanding.names import Gazetteer

DEPARTMENTS = (
    "教育局",
    "科技和经信局",
    "人力资源局",
    "商务局",
    "商务区规划建设局",
    "公安分局",
    "规划分局",
)
NAMES = (
    ("西北湖", "Place"),
    ("北湖街", "Subdistrict"),
    ("打铜社区", "Community"),
    ("江汉路", "Road"),
    ("江汉大道", "Road"),
    ("青山区", "Place"),
    ("深兰科技", "Organization"),
    ("2019年", "Event"),
)


def record(progress: str = "") -> TaskRecord:
    return TaskRecord(
        path="qingshan-2023/1",
        number=1,
        report="qingshan-2023-10",
        as_of="2023-10",
        categories=(),
        promise="改善环境",
        progress=progress,
        status="",
        state_sentence="",
        departments=DEPARTMENTS,
        names=NAMES,
        targets=(),
        planned=(),
        obstacles=(),
    )


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer([record("邀请武汉大学、湖北大学专家，建设5G基站。")], ["青山区"])


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("西北湖和北湖街有什么事", ["西北湖", "北湖街"]),
        ("北湖的养老怎么样了", ["北湖街"]),
        ("北湖街道今年干什么", ["北湖街"]),
        ("在打铜那边", ["打铜社区"]),
        ("湖大和武大来了没有", ["湖北大学", "武汉大学"]),
        ("教育口有哪些任务", ["教育局"]),
        ("科经局忙什么", ["科技和经信局"]),
        ("人社这块归谁", ["人力资源局"]),
        ("跟公安绑在一起的事", ["公安分局"]),
        ("深兰科技落户了吗", ["深兰科技"]),
        # Pinyin, initials, English names.
        ("xibeihu 有哪些任务", ["西北湖"]),
        ("xi bei hu 怎么样了", ["西北湖"]),
        ("jhl 有什么任务", ["江汉路"]),
        ("jiaoyuju忙什么", ["教育局"]),
        ("What about Xibei Lake?", ["西北湖"]),
        ("what does the education bureau do", ["教育局"]),
        ("is the commerce bureau behind?", ["商务局"]),
        ("Which tasks name Wuhan University (武汉大学)?", ["武汉大学"]),
        # Misspelt.
        ("西北胡归谁管", ["西北湖"]),
        ("江汉大到通车没", ["江汉大道"]),
        # What is no name.
        ("青山区今年做了什么", []),
        ("2019年做了什么", []),
        ("5G建得怎么样", []),
        ("月亮湖公园在哪", []),
    ],
)
def test_names_in_questions(gazetteer: Gazetteer, question: str, names: list[str]) -> None:
    assert [mention.names[0] for mention in gazetteer.find(question)] == names


def test_a_form_that_fits_two_departments_stands_for_both(gazetteer: Gazetteer) -> None:
    (mention,) = gazetteer.find("商务有哪些任务")
    assert set(mention.names) == {"商务局", "商务区规划建设局"}


@given(st.text(max_size=40))
def test_mentions_stand_apart_and_inside_the_question(gazetteer: Gazetteer, text: str) -> None:
    mentions = gazetteer.find(text)
    edges = [edge for mention in mentions for edge in (mention.start, mention.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text.lower()) for edge in edges)
