"""Compare the targets of a task in two reports: which are the same, and which came nearer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.extraction.likeness import likeness
from kg.extraction.numbers.measures import remove_scale
from kg.model import Target

# A target in the first and in the second report; None if a report does not have it.
Pair = tuple[Target | None, Target | None]
_ALIKE = 0.5
_SIGNS = {">=": "≥", "<=": "≤", "=": "", "~": "≈"}


@dataclass(frozen=True, slots=True)
class Series:
    """The values of a target in several reports, in order.

    Attributes:
        indicator: What is measured.
        row: Number of the task's row in the last report.
        unit: The unit of all values.
        goal: The promised value.
        points: The date and the value of each report; None if it has no value.
    """

    indicator: str
    row: int
    unit: str
    goal: Decimal
    points: tuple[tuple[str, Decimal | None], ...]


def pair_targets(before: Sequence[Target], after: Sequence[Target]) -> list[Pair]:
    """Pair the targets of a task in two reports.

    First those with the same name and figure are paired, then those with the same name and unit,
    then those with similar names and the same unit, then those with the same figure.
    """
    rest = list(after)
    found: dict[int, Target] = {}
    for is_same in (_is_equal, _is_named_alike, _is_alike, _is_same_figure):
        for at, one in enumerate(before):
            if at in found:
                continue
            other = next((other for other in rest if is_same(one, other)), None)
            if other is not None:
                found[at] = other
                rest.remove(other)
    return [
        *((one, found.get(at)) for at, one in enumerate(before)),
        *((None, other) for other in rest),
    ]


def _is_equal(one: Target, other: Target) -> bool:
    return one.value == other.value and _is_named_alike(one, other)


def _is_named_alike(one: Target, other: Target) -> bool:
    return one.indicator == other.indicator and _unscaled_unit(one.unit) == _unscaled_unit(
        other.unit
    )


def _is_alike(one: Target, other: Target) -> bool:
    alike = max(likeness(one.indicator, other.indicator), likeness(other.indicator, one.indicator))
    return alike >= _ALIKE and _unscaled_unit(one.unit) == _unscaled_unit(other.unit)


def _is_same_figure(one: Target, other: Target) -> bool:
    return one.value == other.value and _unscaled_unit(one.unit) == _unscaled_unit(other.unit)


def _unscaled_unit(unit: str) -> str:
    return remove_scale(Decimal(1), unit)[1]


def goal_text(target: Target | None) -> str:
    """Return the promised value of a target as text, or an empty string."""
    return f"{_SIGNS[target.comparator]}{target.value}{target.unit}" if target else ""


def actual_text(target: Target) -> str:
    """Return the reported value of a target as text, or an empty string."""
    return "" if target.actual is None else f"{target.actual}{target.actual_unit or target.unit}"


def change_kind(before: Target, after: Target) -> Literal["nearer", "away", "figure"]:
    """Return whether a target came nearer or moved away; `figure` if that is unknown."""
    old, new = gap(before), gap(after)
    if old is None or new is None or old == new:
        return "figure"
    return "nearer" if new < old else "away"


def gap(target: Target) -> Decimal | None:
    """Return the missing share of a target: 0 if it is met, None if that is unknown.

    For an upper limit, it is the share by which the value exceeds it.
    """
    actual = actual_in_unit(target, target.unit)
    if actual is None or not target.value:
        return None
    missing = actual - target.value if target.comparator == "<=" else target.value - actual
    return max(missing / abs(target.value), Decimal(0))


def actual_in_unit(target: Target, unit: str) -> Decimal | None:
    """Return the reported value of a target in a unit; None if it cannot be converted."""
    if target.actual is None:
        return None
    value, bare = remove_scale(target.actual, target.actual_unit or target.unit)
    scale, wanted = remove_scale(Decimal(1), unit)
    return value / scale if bare == wanted else None


def target_series(
    pairs: Sequence[Pair],
    row: int,
    dates: Sequence[str],
    between: Sequence[Sequence[Target]] = (),
) -> Iterator[Series]:
    """Yield the series of the targets that both reports have, if a report has a value.

    Args:
        pairs: The targets.
        row: Number of the task's row in the last report.
        dates: The dates of the first report, of those between, and of the last.
        between: The targets of the task in the reports between.
    """
    for first, last in pairs:
        if first is None or last is None:
            continue
        same = (_matching_target(targets, last) for targets in between)
        values = [actual_in_unit(it, last.unit) if it else None for it in (first, *same, last)]
        if any(value is not None for value in values):
            points = tuple(zip(dates, values, strict=True))
            yield Series(last.indicator, row, last.unit, last.value, points)


def _matching_target(targets: Sequence[Target], wanted: Target) -> Target | None:
    """Return the target that is the same as one of another report, or None."""
    return next((one for one, other in pair_targets(targets, [wanted]) if other), None)
