"""Rows of an invented report of another year and district than those of the dataset."""

from __future__ import annotations

import pytest

from kg.model import TaskFacts
from tests.extraction.rows import facts_of


def facts(promise: str, progress: str) -> TaskFacts:
    (found,) = facts_of((promise, progress), year=2020, as_of="2020-09")
    return found


@pytest.mark.parametrize(
    ("promise", "progress", "status"),
    [
        ("完成民生实事10件。", "10件实事已完成8件，其余2件预计12月底前完成。", "in_progress"),
        ("打通滨河路、学府路。", "滨河路已建成通车，学府路延期至2021年。", "partly_completed"),
        ("举办第十届金沙马拉松。", "受疫情影响，第十届金沙马拉松取消。", "cancelled"),
        ("推进区医院迁建。", "主体已封顶，正在进行内装。", "in_progress"),
        ("严格实行河长制。", "开展“清河行动”，查处违法企业6家。", "ongoing"),
        ("建设汽车产业园。", "总投资50亿元，已完成投资21.3亿元。", "in_progress"),
    ],
)
def test_states(promise: str, progress: str, status: str) -> None:
    found = facts(promise, progress).status
    assert found is not None
    assert found.value == status


@pytest.mark.parametrize(
    ("promise", "progress", "expected"),
    [
        ("新增停车泊位3000个。", "新增停车泊位2650个，完成88.3%。", ("3000", "2650", "on_track")),
        (
            "改造老旧小区23个。",
            "清河社区等12个老旧小区改造全部完工；锦绣苑等11个小区正在施工。",
            ("23", "12", "behind"),
        ),
        ("利用外资1.2亿美元。", "利用外资0.9亿美元。", ("1.2", "0.9", "on_track")),
        ("新建城市书房5座。", "东湖城市书房等5座城市书房建成开放。", ("5", "5", "met")),
    ],
)
def test_targets(promise: str, progress: str, expected: tuple[str, str, str]) -> None:
    (target,) = facts(promise, progress).targets
    assert (str(target.value), str(target.actual), target.judgement) == expected


@pytest.mark.parametrize(
    ("progress", "kind", "name"),
    [
        ("在学府路、金沙二路沿线新增停车位。", "road", "金沙二路"),
        ("推进区中医院二期项目。", "project", "区中医院二期项目"),
        ("金沙新能源汽车产业园项目已开工。", "project", "金沙新能源汽车产业园项目"),
        ("与霍尔姆医疗科技有限公司签约。", "organization", "霍尔姆医疗科技有限公司"),
        ("印发《金沙区河长制考核办法》。", "policy", "《金沙区河长制考核办法》"),
        ("举办第十届金沙马拉松。", "event", "第十届金沙马拉松"),
        ("在清河社区、望江社区等2个社区试点。", "community", "望江社区"),
    ],
)
def test_names(progress: str, kind: str, name: str) -> None:
    assert (kind, name) in {(found.kind, found.name) for found in facts("", progress).names}
