"""The taggings of simple texts that are not in the training data."""

from __future__ import annotations

import pytest

from kg.tagger import Pair, Tagging, tag


def found(first: str, second: str = "", **spans: tuple[tuple[int, int], ...]) -> Tagging:
    (tagging,) = tag([Pair(first, second, **spans)])
    return tagging


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("在清泉路沿线新建停车位200个", "road", "清泉路"),
        ("推进云溪大桥工程建设", "project", "云溪大桥工程"),
        ("会同市水务集团开展排查", "organization", "市水务集团"),
        ("印发《云溪县河道管理办法》", "policy", "云溪县河道管理办法"),
        ("在白石镇、东港镇实施", "place", "东港镇"),
    ],
)
def test_names_of_each_kind(text: str, kind: str, name: str) -> None:
    spans = {(span.label, text[span.start : span.end]) for span in found(text).first_names}
    assert (kind, name) in spans


@pytest.mark.parametrize("text", ["加强环境整治，提升服务水平。", "新建改造农村公路120公里"])
def test_classes_and_fields_of_work_are_not_names(text: str) -> None:
    assert found(text).first_names == ()


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("建成云溪大桥", "云溪大桥已建成通车。", "completed"),
        ("建设云溪大桥", "云溪大桥正在进行桩基施工。", "in_progress"),
        ("建设云溪大桥", "受征地影响，云溪大桥停工，工程进度滞后。", "delayed"),
        ("加强巡查管理", "持续加强巡查管理，不断完善机制。", "ongoing"),
    ],
)
def test_states(first: str, second: str, state: str) -> None:
    tagging = found(first, second)
    assert tagging.state is not None
    assert tagging.state.label == state


def test_stretches_cover_the_report() -> None:
    second = "桩基已全部完成。桥面正在施工。下一步，计划12月底通车。"
    stretches = found("建设云溪大桥", second).stretches
    assert [stretch.label for stretch in stretches] == ["done", "under_way", "next_step"]
    assert (stretches[0].start, stretches[-1].end) == (0, len(second))


def test_the_figure_that_answers_a_promise_is_found() -> None:
    first, second = "新增停车位500个", "投入120万元，新增停车位320个。"
    tagging = found(first, second, promises=((5, 9),), reports=((2, 6), (12, 16)))
    (promise,) = tagging.promises
    assert promise.target > 0.5
    assert max(promise.answers) == promise.answers[1]


def test_an_empty_text_has_no_spans() -> None:
    tagging = found("")
    assert tagging == Tagging((), (), (), None, ())


@pytest.mark.parametrize(
    "text",
    [
        "新建道路條，綠化帶養護，區政務服務中心開工。",
        "Build 12 roads by the end of the year.",
        "新建道路l0条,公园O座,完成率8 5.6 %",
        "\x00\ufffd\U0001f600\ud7ff",
    ],
)
def test_any_kind_of_text_is_read(text: str) -> None:
    tagging = found(text, text)
    assert all(0 <= span.start < span.end <= len(text) for span in tagging.second_names)
