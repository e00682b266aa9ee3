from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.numbers.quantities import find_quantities
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
        ("建成四所托育园", "4", "所", False),
        ("引进四十家商户", "40", "家", False),
        ("新栽行道树两万三千株", "23000", "株", False),
        ("惠及三万余人", "3", "万人", True),
        ("走访百余户", "100", "户", True),
        ("上千人参加", "1000", "人", True),
        ("发放补贴1，350元", "1350", "元", False),
        ("管网长860m", "860", "m", False),
        ("补助720元/人·月", "720", "元/人·月", False),
        ("低保标准910元/人月", "910", "元/人月", False),
        ("日处理2.5万吨/日", "2.5", "万吨/日", False),
        ("收购稻谷1.6亿公斤", "1.6", "亿公斤", False),
        ("安装水泵六台(套)", "6", "台(套)", False),
        ("更新仪器15台（套）", "15", "台（套）", False),
        ("新增260床", "260", "床", False),
        ("腾出40张床位", "40", "张床位", False),
        ("工期缩短3个月", "3", "个月", False),
        ("提前4个月封顶", "4", "个月", False),
        ("整改问题37 个", "37", "个", False),
        ("零售额增幅-2.4%", "-2.4", "%", False),
        ("新建食堂3幢", "3", "幢", False),
        ("新建垃圾站一座，", "1", "座", False),
        ("各镇各建一所敬老院", "1", "所", False),
        ("每周二次巡查", "2", "次", False),
        ("教学楼共六层", "6", "层", False),
        ("近3年投入", "3", "年", False),
        ("整合学校12所以上", "12", "所", True),
        ("1.整治河道。2.16所学校", "16", "所", False),
    ],
)
def test_quantities(text: str, value: str, unit: str, approximate: bool) -> None:
    assert found(text) == [(Decimal(value), unit, approximate)]


def test_a_range_has_two_values() -> None:
    assert [value for value, _, _ in found("配备3-4个班组")] == [3, 4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建六七个广场", [("6", "个", True), ("7", "个", True)]),
        ("用三四年时间", [("3", "年", True), ("4", "年", True)]),
        ("打通十五六条巷子", [("15", "条", True), ("16", "条", True)]),
        ("每村配三至五名", [("3", "名", False), ("5", "名", False)]),
        ("下降2%-3%", [("2", "%", False), ("3", "%", False)]),
        ("奖励2万-5万元", [("2", "万元", False), ("5", "万元", False)]),
        ("奖励6000-1万元", [("6000", "元", False), ("1", "万元", False)]),
    ],
)
def test_numbers_between_which_a_quantity_lies(
    text: str, expected: list[tuple[str, str, bool]]
) -> None:
    assert found(text) == [(Decimal(value), unit, about) for value, unit, about in expected]


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
        "十二年一贯制学校",
        "治污三年行动",
        "调查“气十条”落实",
        "翠竹苑35幢",
        "朝阳小学7幢、9幢楼",
        "五县洲大桥",
        "1.1总体情况",
        "G345改线",
        "318国道",
        "10kV城北线",
        "联系电话0571-88886666",
        "第七、八批项目",
        "三十〇个站点",
        "十一十二个小区",
        "施工至9层",
        "三至五层设教室",
        "二次供水改造",
        "创建三级甲等医院",
        "5万吨级码头",
        "百姓大舞台",
        "排名前三位",
        "三门坡镇",
        "五台县",
        "2021年3月",
        "2021-2023年",
        "21年6月",
        "平台升级2.0版",
        "举办2024大湾区论坛",
    ],
)
def test_names_ordinals_and_codes_are_not_quantities(text: str) -> None:
    assert found(text) == []


def test_the_thing_counted_is_after_its_measure_word_or_before_the_number() -> None:
    (counted,) = find_quantities(row("建设26个智慧互联、共建共享的平安小区"))
    assert counted.what == "平安小区"
    (done,) = find_quantities(row("12所学校已全部开学"))
    assert done.what == "学校"
    (measured,) = find_quantities(row("城镇登记失业率为2.39%"))
    assert measured.what == "城镇登记失业率"


def test_quantities_have_standard_units_beside_the_written_ones() -> None:
    (area,) = find_quantities(row("拆除房屋4.87万㎡"))
    assert area.measure is not None
    assert (area.measure.value, area.measure.ucum, area.measure.qudt) == (
        Decimal(48700),
        "m2",
        "M2",
    )
    (rate,) = find_quantities(row("补助800元/人·月"))
    assert rate.measure is None
    (parties,) = find_quantities(row("三方合力"))
    assert parties.measure is None
    (rank,) = find_quantities(row("市、区两级统筹"))
    assert rank.measure is None


SIGNS = "完成3.5亿元约%个第一是“”《》0123456789万余年日ＡA+-、，。七八十百至前层/（套）m "


@given(st.text(st.sampled_from(SIGNS), max_size=80))
def test_any_text_gives_quantities_that_quote_it(text: str) -> None:
    for quantity in find_quantities(row(text)):
        span = quantity.evidence
        assert text[span.start : span.end] == span.quote
        assert span.quote
