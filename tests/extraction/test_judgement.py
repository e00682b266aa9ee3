"""Whether a promise is reached: figures first, then the pace, then words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extraction.judgement import judge
from kg.extraction.numbers.measures import standard_measure
from kg.model import Comparator, Evidence, Judgement, Quantity
from kg.tagger.tagging import PromiseLabels


def quantity(value: str, unit: str) -> Quantity:
    number = Decimal(value)
    evidence = Evidence("r", 1, "task", 0, 1, "x", "quantity")
    return Quantity(number, unit, "", False, evidence, standard_measure(number, unit))


def judged(
    promise: tuple[str, str],
    actual: tuple[str, str] | None,
    as_of: str | None = None,
    words: tuple[Judgement, float] = ("on_track", 0.6),
    comparator: Comparator = "=",
    *,
    begun: bool = False,
) -> Judgement:
    labels = PromiseLabels(1.0, comparator, *words, ())
    reported = quantity(*actual) if actual else None
    judgement, reason = judge(quantity(*promise), reported, labels, 2021, as_of, begun=begun)
    assert reason
    return judgement


@pytest.mark.parametrize(
    ("actual", "as_of", "judgement"),
    [
        (("12", "个"), None, "met"),
        (("8", "个"), "2021-06", "on_track"),
        (("3", "个"), "2021-06", "behind"),
        # A little less than half is on track in the middle of the year.
        (("4.8", "个"), "2021-06", "on_track"),
        (("4.7", "个"), "2021-06", "behind"),
        (("8", "个"), "2021-12", "not_met"),
        (("8", "个"), None, "unknown"),
        (("8", "个"), "2020-06", "unknown"),
    ],
)
def test_figures_and_the_date_decide(
    actual: tuple[str, str], as_of: str | None, judgement: Judgement
) -> None:
    assert judged(("10", "个"), actual, as_of) == judgement


@pytest.mark.parametrize(
    ("actual", "as_of", "judgement"),
    [
        (("3.1", "%"), "2021-06", "met"),
        (("3.9", "%"), "2021-06", "behind"),
        (("3.9", "%"), "2021-12", "not_met"),
    ],
)
def test_a_promised_limit_is_met_or_exceeded(
    actual: tuple[str, str], as_of: str, judgement: Judgement
) -> None:
    assert judged(("3.5", "%"), actual, as_of, comparator="<=") == judgement


def test_a_rate_below_its_target_is_behind_at_any_time() -> None:
    assert judged(("6", "%"), ("-1.1", "%")) == "behind"
    assert judged(("6", "%"), ("6.4", "%")) == "met"


@pytest.mark.parametrize(
    ("promise", "actual"),
    [
        (("2.4", "公里"), ("2400", "米")),
        (("5", "万平方米"), ("60000", "㎡")),
        (("150", "亩"), ("11", "公顷")),
        (("20", "吨"), ("20000", "公斤")),
    ],
)
def test_units_of_one_dimension_are_compared(
    promise: tuple[str, str], actual: tuple[str, str]
) -> None:
    assert judged(promise, actual) == "met"


def test_words_decide_only_if_they_are_clear() -> None:
    assert judged(("10", "个"), None, words=("met", 0.9)) == "met"
    assert judged(("10", "个"), None, words=("met", 0.5)) == "unknown"
    assert judged(("10", "个"), ("8", "个"), "2021-06", words=("behind", 0.9)) == "behind"


def test_figures_of_things_begun_do_not_reach_a_target() -> None:
    assert judged(("10", "个"), ("12", "个"), begun=True) == "on_track"
    assert judged(("10", "个"), ("6", "个"), words=("met", 0.9), begun=True) == "unknown"


@pytest.mark.parametrize("told", ["on_track", "behind", "not_met"])
def test_without_a_date_only_clear_words_decide(told: Judgement) -> None:
    for actual in (("3", "万元"), ("3", "个")):
        assert judged(("10", "个"), actual, words=(told, 0.6), begun=True) == "unknown"
    assert judged(("10", "个"), ("3", "万元"), words=(told, 0.6)) == "unknown"
    assert judged(("10", "个"), ("3", "万元"), words=(told, 0.9)) == told
    assert judged(("10", "个"), ("3", "万元"), "2021-06", words=(told, 0.6)) == told
