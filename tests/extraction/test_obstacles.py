from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Obstacle
from tests.extraction.rows import facts_of


def obstacles(text: str) -> tuple[Obstacle, ...]:
    return facts_of(("", text))[0].obstacles


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("因消防需要，柳园天桥项目经市政府同意取消。", "cancelled", "消防需要"),
        ("受持续降雨影响，工程进度滞后。", "postponed", "持续降雨"),
        ("因征地拆迁未完成，项目推迟至明年实施。", "postponed", "征地拆迁未完成"),
        ("桩基已完成。用地指标不足，尚未取得用地批复。", "procedure", ""),
        ("桩基已完成。目前存在资金缺口，征收难度较大。", "problem", ""),
    ],
)
def test_obstacles(text: str, kind: str, what: str) -> None:
    found = obstacles(text)[-1]
    assert found.kind == kind
    assert found.what == what or (not what and found.what in text)
    assert text[found.evidence.start : found.evidence.end] == found.evidence.quote


@pytest.mark.parametrize(
    "text",
    [
        "接待群众来访。",
        "满足需求，优待老人。",
        "遇到的困难已基本解决。",
        "各项手续已办结。",
        "聚焦民生问题，坚持问题导向。",
    ],
)
def test_other_sentences_are_not_obstacles(text: str) -> None:
    assert obstacles(text) == ()


SIGNS = "因待需正在办理手续尚未取消暂缓问题协调征收，。；的等后"


@given(st.text(st.sampled_from(SIGNS), max_size=60))
def test_any_text_gives_obstacles_that_quote_it(text: str) -> None:
    for obstacle in obstacles(text):
        span = obstacle.evidence
        assert text[span.start : span.end] == span.quote
