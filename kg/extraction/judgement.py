"""Judge whether a numeric promise is reached, by arithmetic if possible, else by the words."""

from __future__ import annotations

from decimal import Decimal

from kg.extraction.numbers.measures import comparable_values
from kg.model import Judgement, Quantity
from kg.tagger.tagging import PromiseLabels

_RATES = frozenset({"%", "‰", "个百分点"})
_PLAIN = 0.7
# A count is on track at this part of the share of the year that has passed: work is not spread
# evenly over a year, and reports count whole months.
_TOLERANCE = Decimal("0.95")


def judge(
    promise: Quantity,
    actual: Quantity | None,
    labels: PromiseLabels,
    year: int | None,
    as_of: str | None,
    *,
    begun: bool = False,
) -> tuple[Judgement, str]:
    """Return the judgement on a promise, and the arithmetic or the words that it is based on.

    If the figures have one dimension, they decide whether a promise is met. If it is not, it is
    `not_met` once the year is over. Before that, a rate is `behind`; for a count the pace decides,
    or words that clearly report a delay. Without the date of a figure there is no pace, and only
    clear words decide, unless they say that the promise is met.

    Args:
        promise: The promised quantity.
        actual: The quantity reported for it, or None.
        labels: What the model says of the promise.
        year: The year of the plan.
        as_of: The ISO date of the value.
        begun: Whether the value counts things begun, not finished.
    """
    words = f"by the words of the report ({labels.judgement_probability:.0%} sure)"
    if actual is None:
        # Without a figure, only clear words count.
        if labels.judgement_probability >= _PLAIN:
            return labels.judgement, words
        return "unknown", "the progress gives no figure for it"
    is_reliable = as_of is not None or labels.judgement_probability >= _PLAIN
    by_words = labels.judgement if is_reliable or labels.judgement == "met" else "unknown"
    values = comparable_values(promise, actual)
    figures = f"{actual.value} {actual.unit} against {promise.value} {promise.unit}"
    if values is None:
        return by_words, f"{figures}; {words}"
    target, value = values
    if begun:
        verdict = "on_track" if value >= target else by_words
        return ("unknown" if verdict == "met" else verdict), f"{figures}: begun, not done"
    over = year is not None and as_of is not None and as_of[:7] >= f"{year}-12"
    if labels.comparator == "<=":
        missed: Judgement = "not_met" if over else "behind"
        return ("met" if value <= target else missed), f"{figures} at most"
    if value >= target:
        return "met", f"{figures}: reached"
    if over:
        return "not_met", f"{figures}: not reached, and the year is over"
    if promise.unit in _RATES:
        return "behind", f"{figures}: below"
    if labels.judgement == "behind" and labels.judgement_probability >= _PLAIN:
        return "behind", f"{figures}: not reached; {words}"
    pace = _pace(value, target, year, as_of)
    if pace is None:
        return "unknown", f"{figures}: not reached, and the date of the figure is unknown"
    share, gone = pace
    reason = f"{figures} is {share:.1%}, with {gone:.1%} of the year gone"
    return ("on_track" if share >= _TOLERANCE * gone else "behind"), reason


def _pace(
    value: Decimal, target: Decimal, year: int | None, as_of: str | None
) -> tuple[Decimal, Decimal] | None:
    """Return the share of a count that is reached, and the share of the year that has passed.

    The result is None if the date of the count is unknown or not in the year.
    """
    if year is None or as_of is None or as_of[:4] != str(year) or not target:
        return None
    month = as_of[5:7]
    return value / target, Decimal(int(month) if month.isdecimal() else 12) / 12
