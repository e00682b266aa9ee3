from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.numbers.numerals import chinese_value, numeral_values

SIGNS = "两〇零一二三四五六七八九十百千万亿"


@pytest.mark.parametrize(
    ("numeral", "values"),
    [
        ("三", [3]),
        ("两百", [200]),
        ("一百零八", [108]),
        ("三千二百", [3200]),
        ("一万二千", [12000]),
        ("六七", [6, 7]),
        ("二十五六", [25, 26]),
        ("七八十", [70, 80]),
        ("三五", [3, 5]),
        ("五三", []),
        ("十一十二", []),
        ("三十〇", []),
        ("千", []),
    ],
)
def test_a_numeral_has_one_value_or_two_or_none(numeral: str, values: list[int]) -> None:
    assert [int(value) for value in numeral_values(numeral)] == values


def test_a_hundred_and_more_is_a_number() -> None:
    assert [int(value) for value in numeral_values("百", is_more=True)] == [100]


@given(st.text(st.sampled_from(SIGNS), min_size=1, max_size=12))
def test_any_run_of_numerals_has_at_most_two_values(numeral: str) -> None:
    assert chinese_value(numeral) >= 0
    assert len(numeral_values(numeral)) <= 2
