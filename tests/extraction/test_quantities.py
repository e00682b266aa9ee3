from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.quantities import find_quantities
from tests.extraction.rows import row


def found(text: str) -> list[tuple[Decimal, str, bool]]:
    return [(q.value, q.unit, q.approximate) for q in find_quantities(row(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit", "approximate"),
    [
        ("拆除房屋4.87万㎡", "4.87", "万㎡", False),
        ("引进企业20余家", "20", "家", True),
        ("入户14余万户", "14", "万户", True),
        ("服务约300人次", "300", "人次", True),
        ("累计签约35423人", "35423", "人", False),
        ("增长8%左右", "8", "%", True),
        ("增长８．５％", "8.5", "%", False),
        ("发展三大产业", "3", "大", False),
        ("区三十余家企业", "30", "家", True),
        ("市、区两级统筹", "2", "级", False),
        ("梳理3大类1600余件矛盾"[:6], "3", "大类", False),
        ("发放1,234元", "1234", "元", False),
        ("近万名志愿者", "10000", "名", True),
        ("消除53栋B级危房", "53", "栋", False),
    ],
)
def test_what_counts_or_measures(text: str, value: str, unit: str, approximate: bool) -> None:
    assert found(text) == [(Decimal(value), unit, approximate)]


def test_a_range_gives_two() -> None:
    assert [value for value, _, _ in found("配备3-4个班组")] == [3, 4]


def test_counts_joined_by_plus_are_counts() -> None:
    assert [value for value, _, _ in found("“1个专家+3个助手”的模式")] == [1, 3]


@pytest.mark.parametrize(
    "text",
    [
        "第七届运动会",
        "5G试点",
        "一是加强管理",
        "2019年",
        "签订1+1协议",
        "构建6+N体系",
        "95123部队营房",
        "柳工场3期项目",
        "2019级新生",
        "配发执法五件套",
        "接待数十万人次",
        "开展“四个百万”活动",
        "《三年行动计划》",
        "“7天旅馆”垮塌",
        "柳园路7号",
        "PM2.5浓度",
        "统一管理",
    ],
)
def test_names_orders_and_codes_are_no_quantities(text: str) -> None:
    assert found(text) == []


def test_what_is_counted_follows_its_measure_word_or_leads_to_the_unit() -> None:
    (counted,) = find_quantities(row("建设26个智慧互联、共建共享的平安小区"))
    assert counted.what == "平安小区"
    (measured,) = find_quantities(row("城镇登记失业率为2.39%"))
    assert measured.what == "城镇登记失业率"


def test_standard_units_stand_beside_the_written_ones() -> None:
    (area,) = find_quantities(row("拆除房屋4.87万㎡"))
    assert area.measure is not None
    assert (area.measure.value, area.measure.ucum, area.measure.qudt) == (
        Decimal(48700),
        "m2",
        "M2",
    )
    (rank,) = find_quantities(row("市、区两级统筹"))
    assert rank.measure is None


SIGNS = "完成3.5亿元约%个第一是“”《》0123456789万余年日ＡA+-、，。"


@given(st.text(st.sampled_from(SIGNS), max_size=80))
def test_any_text_gives_quantities_that_quote_it(text: str) -> None:
    for quantity in find_quantities(row(text)):
        span = quantity.evidence
        assert text[span.start : span.end] == span.quote
        assert span.quote
