from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from typing import get_args

import pytest

from kg.extraction.judgement import judge
from kg.extraction.numbers.measures import standard_measure
from kg.model import Comparator, Evidence, Judgement, Quantity
from kg.server.data.judgement_reasons import reason_text
from kg.tagger.tagging import PromiseLabels


def quantity(value: str, unit: str) -> Quantity:
    number = Decimal(value)
    evidence = Evidence("r", 1, "task", 0, 1, "x", "quantity")
    return Quantity(number, unit, "", False, evidence, standard_measure(number, unit))


def reasons() -> set[str]:
    """Return every reason that a judgement can have: one for each branch of the arithmetic."""
    figures = [
        (quantity("20", "个"), quantity("5", "个")),
        (quantity("20", "个"), quantity("30", "个")),
        (quantity("20", "个"), quantity("30", "%")),
        (quantity("20", "个"), None),
        (quantity("8", "%"), quantity("6.9", "%")),
        (quantity("3", "km"), quantity("800", "m")),
    ]
    return {
        judge(
            promise,
            actual,
            PromiseLabels(1.0, comparator, judgement, sure, ()),
            year,
            as_of,
            begun=begun,
        )[1]
        for (promise, actual), comparator, judgement, sure, year, as_of, begun in product(
            figures,
            get_args(Comparator),
            get_args(Judgement),
            (0.5, 0.79),
            (None, 2019),
            (None, "2019", "2019-10", "2019-12", "2020-01"),
            (False, True),
        )
    }


FORMS = {
    "已完成 #，目标 #：已达到",
    "已完成 #，目标 #：全年已过，未达到",
    "已完成 #，目标 #：未达到；没有截止日期，无法按时间判断进度",
    "已完成 #，目标 #：未达到；依据文字判断（把握 #）",
    "已完成 #，目标 #，为目标的 #；全年时间已过 #",
    "已启动 #，目标 #：只是启动，尚未完成",
    "#，目标 #：低于目标",
    "#，目标 #；依据文字判断（把握 #）",
    "#，上限 #",
    "依据文字判断（把握 #）",
    "进展情况没有写明数值",
}


def test_each_reason_of_a_judgement_is_told_in_chinese() -> None:
    told = {reason_text(english, "zh") for english in reasons()}
    # A figure is a number with a unit.
    forms = {re.sub(r"-?[\d.]+ ?(?:个|km|m|%)", "#", text) for text in told}
    assert [text for text in forms if re.search("[A-Za-z]", text)] == []
    # There are no other wordings, and each of these occurs.
    assert forms == FORMS


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("30 个 against 20 个: reached", "已完成 30 个，目标 20 个：已达到"),
        ("3.1 % against 4 % at most", "3.1 %，上限 4 %"),
        (
            "5 个 against 20 个: not reached; by the words of the report (79% sure)",
            "已完成 5 个，目标 20 个：未达到；依据文字判断（把握 79%）",
        ),
        (
            "5 个 against 20 %; by the words of the report (79% sure)",
            "5 个，目标 20 %；依据文字判断（把握 79%）",
        ),
        ("something else", "something else"),
    ],
)
def test_figures_stand_where_they_belong(english: str, chinese: str) -> None:
    assert reason_text(english, "zh") == chinese
    assert reason_text(english, "en") == english
