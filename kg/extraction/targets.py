"""Numeric promises, what is reported for each, and whether it is reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.model import Comparator, Date, Judgement, Quantity, Target, Task, sentence_span

_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SCALED = re.compile(r"^([万亿]*)(.*)$")
_AT_LEAST = re.compile(r"以上|不低于|不少于|超过|新增|力争")
_AT_MOST = re.compile(r"以内|以下|不超过|不高于|控制在|低于")
_ABOUT = re.compile(r"左右|上下|约")
_AHEAD = re.compile(r"超时序|超进度|快于")
_LATE = re.compile(r"掉[^，。]{0,6}进度|低于[^，。]{0,6}进度|滞后")
_CLAUSE_END = re.compile(r"[。；]")
# Units of rank and of division (三大产业, 五级联动) count parts of a name, not a promise.
_NO_PROMISE = frozenset({"大", "级", "方", "岁", "周岁"})
_LIKENESS = 0.25


def find_targets(
    task: Task,
    quantities: Sequence[Quantity],
    dates: Sequence[Date],
    year: int | None,
    as_of: str | None,
) -> tuple[Target, ...]:
    """Return the numeric promises of a task with what is reported for each.

    A reported value is the one in the progress cell of the same dimension whose words are most like
    the promise's. It is judged against the promise, and against the share of the year that has gone
    by where the year is not over.

    Args:
        task: The task.
        quantities: Its quantities.
        dates: Its dates.
        year: The year of the plan.
        as_of: The ISO month up to which the report tells.
    """
    promised = [q for q in quantities if q.evidence.cell == "task" and q.unit not in _NO_PROMISE]
    reported = [q for q in quantities if q.evidence.cell == "progress"]
    return tuple(_target(task, promise, reported, dates, year, as_of) for promise in promised)


def _target(
    task: Task,
    promise: Quantity,
    reported: Sequence[Quantity],
    dates: Sequence[Date],
    year: int | None,
    as_of: str | None,
) -> Target:
    comparator = _comparator(task, promise)
    actual = _reported_for(task.progress.text, promise, reported)
    until = _until(actual, dates) if actual else None
    judgement, reason = _judge(task, promise, actual, comparator, year, until or as_of)
    return Target(
        indicator=promise.what,
        comparator=comparator,
        value=promise.value,
        unit=promise.unit,
        actual=actual.value if actual else None,
        actual_unit=actual.unit if actual else None,
        as_of=until if actual else None,
        judgement=judgement,
        reason=reason,
        evidence=promise.evidence,
        actual_evidence=actual.evidence if actual else None,
    )


def _comparator(task: Task, promise: Quantity) -> Comparator:
    text, evidence = task.task.text, promise.evidence
    words = text[evidence.start : evidence.end + 3]
    if _AT_MOST.search(words):
        return "<="
    if _ABOUT.search(words):
        return "~"
    return ">=" if _AT_LEAST.search(words) else "="


def _scaled(quantity: Quantity) -> tuple[Decimal, str]:
    """Return the value without a scale word, and the bare unit.

    Money is told with and without its unit (1065.51亿, 255亿元), so both are 元.
    """
    match = _SCALED.match(quantity.unit)
    assert match is not None
    value = quantity.value
    for mark in match[1]:
        value *= _SCALES[mark]
    unit = match[2].replace("％", "%")
    return value, unit or "元"


def _reported_for(text: str, promise: Quantity, reported: Sequence[Quantity]) -> Quantity | None:
    """Return the reported quantity of the same dimension that is most like the promise.

    Its own words count, and half as much those of its sentence, which often names the indicator
    once for several figures.
    """
    _, unit = _scaled(promise)
    likeness = []
    for index, found in enumerate(reported):
        if _scaled(found)[1] == unit:
            start, _ = sentence_span(text, found.evidence.start, found.evidence.end)
            around = _likeness(promise.what, text[start : found.evidence.end])
            own = _likeness(promise.what, found.what)
            likeness.append((own + around / 2, -index, found))
    if not likeness:
        return None
    share, _, best = max(likeness, key=lambda item: item[:2])
    return best if share >= _LIKENESS else None


def _likeness(promise: str, found: str) -> float:
    """Return the share of a promise's pairs of characters that stand in the other words too."""
    pairs = {promise[i : i + 2] for i in range(len(promise) - 1)}
    others = {found[i : i + 2] for i in range(len(found) - 1)}
    return len(pairs & others) / len(pairs) if pairs else 0.0


def _until(actual: Quantity, dates: Sequence[Date]) -> str | None:
    """Return the date up to which a value is told: the last such date before it."""
    before = [
        date.iso
        for date in dates
        if date.role == "as_of"
        and date.evidence.cell == "progress"
        and date.evidence.start <= actual.evidence.end
    ]
    return before[-1] if before else None


def _judge(
    task: Task,
    promise: Quantity,
    actual: Quantity | None,
    comparator: Comparator,
    year: int | None,
    as_of: str | None,
) -> tuple[Judgement, str]:
    if actual is None:
        return "unknown", "the progress tells no value for it"
    target, _ = _scaled(promise)
    value, unit = _scaled(actual)
    figures = f"{actual.value} {actual.unit} against {promise.value} {promise.unit}"
    if comparator == "<=":
        met = value <= target
        return ("met" if met else "behind"), f"{figures} at most"
    if value >= target:
        return "met", f"{figures}: reached"
    words = _sentence(task.progress.text, actual.evidence.end)
    if late := _LATE.search(words):
        return "behind", f"the report says “{late.group()}”"
    if ahead := _AHEAD.search(words):
        return "on_track", f"the report says “{ahead.group()}”"
    if year is None or as_of is None or int(as_of[:4]) > year:
        return "not_met", f"{figures}: not reached"
    if unit in ("%", "个百分点"):
        return "behind", f"{figures}: a rate below the one promised"
    gone = Decimal(int(as_of[5:7] or 12)) / 12 if as_of[4:5] == "-" else Decimal(1)
    share = value / target if target else Decimal(1)
    pace = f"{figures} is {share:.1%}, with {gone:.1%} of the year gone"
    return ("on_track" if share >= gone else "behind"), pace


def _sentence(text: str, position: int) -> str:
    end = _CLAUSE_END.search(text, position)
    return text[position : end.end() if end else len(text)]
