from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.dates import find_dates
from kg.graph.rdf.literals import date_bounds
from tests.extraction.rows import row


@pytest.mark.parametrize(
    ("text", "iso", "role"),
    [
        ("截至10月底，已建成2个", "2019-10", "as_of"),
        ("预计11月15日开工", "2019-11-15", "planned"),
        ("计划明年实施", "2020", "planned"),
        ("年底前完成", "2019", "planned"),
        ("验收延至2023年后再行开展", "2023", "planned"),
        ("已于9月26日通车", "2019-09-26", "done"),
        ("12月20日左右完工", "2019-12-20", "planned"),
        ("已于11月5日完工", "2019-11-05", "done"),
        ("9月19日-27日举办展览", "2019-09-19/2019-09-27", "other"),
        ("三季度下降4%", None, None),
        ("第三季度下降4%", "2019-Q3", "other"),
        ("预计4-5月招标", "2019-04/2019-05", "planned"),
        ("1—8月完成投资2亿元", "2019-01/2019-08", "as_of"),
        ("今年1至7月份新增就业", "2019-01/2019-07", "as_of"),
        ("上半年增长5%", "2019-01/2019-06", "as_of"),
        ("力争上半年开工", "2019-01/2019-06", "planned"),
        ("前三季度增长5%", "2019-01/2019-09", "as_of"),
        ("前五个月增长5%", "2019-01/2019-05", "as_of"),
        ("一季度增长5%", "2019-Q1", "as_of"),
        ("截止2018年6月30日", "2018-06-30", "as_of"),
        ("明年3月开工", "2020-03", "planned"),
        ("当年已建成", "2019", "done"),
        ("全年新增岗位300个", "2019", "done"),
        ("11月至次年2月施工", "2019-11/2020-02", "other"),
        ("2018年10月至2020年3月", "2018-10/2020-03", "other"),
        ("2018-2020年", "2018/2020", "other"),
        ("’18年立项", "2018", "other"),
        ("18年4月立项", "2018-04", "other"),
        ("（2018.04）", "2018-04", "other"),
        ("2018-04-06", "2018-04-06", "other"),
        ("二〇一八年五月底", "2018-05", "other"),
        ("十一月底前完工", "2019-11", "planned"),
        ("国庆节前通车", "2019-10-01", "planned"),
        ("学校秋季正常开学", "2019-09", "other"),
        ("3.10月底前", "2019-10", "planned"),
        ("５月２０日", "2019-05-20", "other"),
    ],
)
def test_dates(text: str, iso: str | None, role: str | None) -> None:
    found = [(date.iso, date.role) for date in find_dates(row("", text), 2019, "2019-10")]
    if iso is None:
        assert all(form.endswith("Q3") for form, _ in found)
    else:
        assert found == [(iso, role)]


def test_dates_without_any_year_are_left_out() -> None:
    assert find_dates(row("", "截至10月底"), None, None) == ()


@pytest.mark.parametrize(
    "text",
    [
        "2月30日前建成",
        "6月31日完工",
        "2019年2月29日",
        "13月",
        "工期3个月",
        "12月龄",
        "三年内建成",
        "较上年增长5%",
        "占全年任务的80%",
        "全年零售总额增长5%",
        "提前4个月封顶",
        "2019.5亿元",
        "四月天广场",
        "《2019年实施办法》",
        "0571-88886666",
    ],
)
def test_texts_that_are_not_dates(text: str) -> None:
    assert find_dates(row("", text), 2019, "2019-10") == ()


def test_the_date_of_the_report_gives_the_year() -> None:
    (date,) = find_dates(row("", "已于3月完工"), None, "2018-06")
    assert date.iso == "2018-03"


def test_a_promise_of_the_year_is_planned() -> None:
    assert [date.role for date in find_dates(row("当年完成", ""), 2019, None)] == ["planned"]


SIGNS = "截至预计年月日底前上下半季度第0123456789一二三四十明今次去内全个、，-.~’"


@given(
    st.text(
        st.sampled_from(SIGNS),
        max_size=40,
    )
)
def test_every_date_found_is_a_date(text: str) -> None:
    for date in find_dates(row("", text), 2019, "2019-10"):
        first, last = date_bounds(date.iso)
        assert len(first) == len(last) == 10
        assert text[date.evidence.start : date.evidence.end] == date.evidence.quote
