from __future__ import annotations

import pytest

from kg.extraction.numbers.list_counts import CountedList, check_counts
from tests.extraction.rows import facts_of


def disagreements(text: str) -> list[CountedList]:
    (found,) = facts_of(("", text), code="420103")
    return list(check_counts(found.task, found.names))


@pytest.mark.parametrize(
    "text",
    [
        "民族、民权、满春等3条街道已完工",
        "柳园路、梅园路、竹园路等3条道路已完工",
        "对柳园、东湖—西湖等2个区域进行整治",
        "完成老旧小区改造3个",
    ],
)
def test_lists_that_agree_with_their_count_are_not_reported(text: str) -> None:
    assert disagreements(text) == []


def test_a_list_with_too_few_items_is_reported() -> None:
    (counted,) = disagreements("引进柳信银行、梅信银行等7家银行")
    assert (counted.said, counted.listed, counted.named) == (7, 2, 2)
    assert counted.evidence.quote.startswith("柳信银行")


def test_a_list_with_one_item_too_many_is_reported() -> None:
    (counted,) = disagreements("柳园路、梅园路、竹园路等2条道路已完工")
    assert (counted.said, counted.named) == (2, 3)
