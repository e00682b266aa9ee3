"""Whether a numeric promise is reached: by arithmetic where figures allow it, else by the words."""

from __future__ import annotations

from decimal import Decimal

from kg.extraction.measures import comparable_values
from kg.model import Judgement, Quantity
from kg.tagger.tagging import PromiseLabels

_RATES = frozenset({"%", "‰", "个百分点"})
_PLAIN = 0.7


def judge(
    promise: Quantity,
    actual: Quantity | None,
    labels: PromiseLabels,
    year: int | None,
    as_of: str | None,
    *,
    begun: bool = False,
) -> tuple[Judgement, str]:
    """Return whether a promise is reached, and the arithmetic or the words that say so.

    Figures of one dimension decide whether a promise is met. An unmet promise is `not_met` once the
    year is over. Before that a rate is behind; of a count the pace decides, or words that plainly
    tell a delay. Without the date of a figure there is no pace, and words must be plain that do not
    tell that the promise is met.

    Args:
        promise: The promised quantity.
        actual: The quantity reported for it, or None.
        labels: What the model says of the promise.
        year: The year of the plan.
        as_of: The ISO date up to which the value is told.
        begun: Whether the value counts what is begun, not what is done.
    """
    words = f"the words tell it ({labels.judgement_probability:.0%} sure)"
    if actual is None:
        # Without a figure, words must be plain to tell more than nothing.
        if labels.judgement_probability >= _PLAIN:
            return labels.judgement, words
        return "unknown", "the progress tells no value for it"
    is_told = as_of is not None or labels.judgement_probability >= _PLAIN
    by_words = labels.judgement if is_told or labels.judgement == "met" else "unknown"
    values = comparable_values(promise, actual)
    figures = f"{actual.value} {actual.unit} against {promise.value} {promise.unit}"
    if values is None:
        return by_words, f"{figures}; {words}"
    target, value = values
    if begun:
        told = "on_track" if value >= target else by_words
        return ("unknown" if told == "met" else told), f"{figures}: begun, not done"
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
        return "unknown", f"{figures}: not reached, and no date tells how far the year is"
    share, gone = pace
    reason = f"{figures} is {share:.1%}, with {gone:.1%} of the year gone"
    return ("on_track" if share >= gone else "behind"), reason


def _pace(
    value: Decimal, target: Decimal, year: int | None, as_of: str | None
) -> tuple[Decimal, Decimal] | None:
    """Return the share of a count that is reached, and that of the year that has gone by.

    None where no date tells how far the year is.
    """
    if year is None or as_of is None or as_of[:4] != str(year) or not target:
        return None
    month = as_of[5:7]
    return value / target, Decimal(int(month) if month.isdecimal() else 12) / 12
