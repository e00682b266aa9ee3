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
        ("其中柳园天桥因消防需要经市政府同意取消。", "cancelled", "消防需要"),
        ("受雨季影响，工期延误。", "postponed", "雨季"),
        ("待军事用地权属变更后继续办理。", "waiting", "军事用地权属变更"),
        ("选址方案需市级部门协调。", "waiting", "市级部门协调"),
        ("正在办理施工许可手续。", "procedure", "施工许可手续"),
        ("尚未取得用地批复。", "procedure", "取得用地批复"),
        ("正在协调用地性质调整工作。", "procedure", "用地性质调整"),
        ("柳园项目用地征收问题正在协调。", "problem", "柳园项目用地征收"),
    ],
)
def test_obstacles(text: str, kind: str, what: str) -> None:
    (found,) = obstacles(text)
    assert (found.kind, found.what) == (kind, what)
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
def test_what_stops_nothing_is_no_obstacle(text: str) -> None:
    assert obstacles(text) == ()


SIGNS = "因待需正在办理手续尚未取消暂缓问题协调征收，。；的等后"


@given(st.text(st.sampled_from(SIGNS), max_size=60))
def test_any_text_gives_obstacles_that_quote_it(text: str) -> None:
    for obstacle in obstacles(text):
        span = obstacle.evidence
        assert text[span.start : span.end] == span.quote
