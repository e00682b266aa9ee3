from __future__ import annotations

import pytest

from kg.reading.tables.headings import recognise_heading


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("目标", "task"),
        ("年度目标", "task"),
        ("一级指标", "category"),
        ("二级指标", "task"),
        ("目标值", "task"),
        ("序时进度", "detail"),
        ("实际完成", "progress"),
        ("完成率", "progress"),
        ("是否达序时", "detail"),
        ("是否达到序时进度", "detail"),
        ("民生实事", "task"),
        ("牵头单位（区级）", "departments"),
        ("责任部门及街道", "departments"),
        ("牵头区领导", "leader"),
        ("督办人", "leader"),
        ("责任人员", "leader"),
        ("负责同志", "leader"),
        ("任务来源", "detail"),
        ("下一步措施", "detail"),
        ("下阶段工作重点", "detail"),
    ],
)
def test_headings_with_high_confidence(heading: str, kind: str) -> None:
    found = recognise_heading((heading,))
    assert found.kind == kind
    assert found.confidence >= 0.8
