from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.dates import find_dates
from kg.graph.literals import bounds
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


SIGNS = "截至预计年月日底前上下半季度第0123456789一二三四明今去内、，-"


@given(
    st.text(
        st.sampled_from(SIGNS),
        max_size=40,
    )
)
def test_every_date_found_is_a_date(text: str) -> None:
    for date in find_dates(row("", text), 2019, "2019-10"):
        first, last = bounds(date.iso)
        assert len(first) == len(last) == 10
        assert text[date.evidence.start : date.evidence.end] == date.evidence.quote
