from __future__ import annotations

import pytest

from kg.extraction.status import part_spans
from tests.extraction.rows import facts_of


@pytest.mark.parametrize(
    ("promise", "progress", "status"),
    [
        ("建设柳园", "项目已全部完工。", "completed"),
        ("打通柳园路", "柳园路已于9月26日全线通车。", "completed"),
        ("举办柳河文化活动", "举办了舞龙大赛和元宵演出。", "completed"),
        ("建设柳园", "目前正在办理手续。", "in_progress"),
        ("建设柳园", "已完成设计方案。", "in_progress"),
        ("新建停车位500个", "已新增停车位320个，占年度任务的64%。", "in_progress"),
        ("建设柳园", "该项目年内暂缓实施。", "delayed"),
        ("改造柳园、梅园", "柳园已完工，梅园暂缓实施。", "partly_completed"),
        ("建设柳园人行天桥", "因规划调整，经市政府同意，该项目取消，不再实施。", "cancelled"),
        ("加强巡查", "持续加强巡查。", "ongoing"),
        ("加强巡查", "直接取消审批，优化服务。", "ongoing"),
        ("建设污水管网", "招标已完成，施工单位进场准备。", "in_progress"),
        ("新建实验学校", "施工图审已完成，正在办理施工许可。", "in_progress"),
        ("改建县道18公里", "路基工程已完成98%，正在铺设水稳层。", "in_progress"),
        ("建设雨污管网40公里", "40公里雨污管网已完成。", "completed"),
        ("新建文化馆", "项目已竣工交付。", "completed"),
        ("新增停车位800个", "新增停车位1020个，超额完成年度任务。", "completed"),
        ("改造3所学校食堂", "3所学校食堂改造均已完成。", "completed"),
        ("新建柳河公园", "项目未开工。", "not_started"),
        ("建设客运枢纽", "因资金问题，项目已停工。", "delayed"),
        ("新建体育馆", "该项目暂停实施。", "delayed"),
        ("完成征收200户", "征收进度偏慢，仅签约40户。", "delayed"),
        ("招商引资50亿元", "到位资金6亿元，与目标差距较大。", "delayed"),
    ],
)
def test_status(promise: str, progress: str, status: str) -> None:
    found = facts_of((promise, progress))[0].status
    assert found is not None
    assert found.value == status
    assert progress[found.evidence.start : found.evidence.end] == found.evidence.quote


def test_a_task_without_progress_has_no_status() -> None:
    assert facts_of(("建设柳园", ""))[0].status is None


def test_numbered_parts_have_states_of_their_own() -> None:
    progress = "一是柳园已全部完工并投入使用。二是梅园正在施工。"
    parts = facts_of(("建设两园", progress))[0].parts
    assert [(part.title, part.status.value) for part in parts] == [
        ("柳园已全部完工并投入使用", "completed"),
        ("梅园正在施工", "in_progress"),
    ]
    for part in parts:
        span = part.status.evidence
        assert progress[span.start : span.end] == span.quote


def test_one_number_is_not_a_list_of_parts() -> None:
    assert facts_of(("", "重点一是建设柳园，已完工。"))[0].parts == ()


@pytest.mark.parametrize(
    "text", ["1.建桥。2.修路。", "（一）建桥。（二）修路。", "①建桥。②修路。", "1、建桥；2、修路"]
)
def test_parts_are_numbered_in_many_ways(text: str) -> None:
    first, second = (text[start:end].rstrip("。；") for start, end in part_spans(text))
    assert (first[-2:], second[-2:]) == ("建桥", "修路")


def test_amounts_in_a_list_are_not_numbers_of_parts() -> None:
    assert part_spans("建成学校5、医院3、公园2处。") == []


def test_figures_are_not_numbers_of_parts() -> None:
    assert part_spans("投资1.5亿元，完成2.3公里。") == []
