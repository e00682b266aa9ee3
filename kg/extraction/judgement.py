"""Whether a numeric promise is reached: by arithmetic, by the report's words, by its dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.extraction.measures import unscaled
from kg.extraction.words import chunks
from kg.model import Comparator, Date, Judgement, Quantity, Task
from kg.sentences import sentence_span, sentence_spans

_AHEAD = re.compile(r"超时序|超进度|超序时|快于")
_LATE = re.compile(r"掉[^，。]{0,6}进度|低于[^，。]{0,6}进度|滞后")
# All that there is to do is done.
_FINISHED = re.compile(r"全部(?:完工|完成|竣工|建成|安装到位|到位|投入使用)|全面完成")
_OPEN = re.compile(r"正在|尚未|预计|计划|拟|将|待")
_RATES = frozenset({"%", "‰", "个百分点"})


def noun(promise: Quantity) -> str:
    """Return the thing that a promise counts, without the verbs before and behind it."""
    found = [promise.what[c.start : c.end] for c in chunks(promise.what)]
    long_enough = [words for words in found if len(words) > 1]
    if not long_enough:
        return promise.what
    follows = promise.evidence.quote.rfind(promise.what) < 0
    return long_enough[0] if follows else long_enough[-1]


def judge(
    task: Task,
    promise: Quantity,
    actual: Quantity | None,
    comparator: Comparator,
    dates: Sequence[Date],
    year: int | None,
    as_of: str | None,
) -> tuple[Judgement, str]:
    """Return whether a promise is reached, and the arithmetic or the words that say so.

    A figure that reaches the promise meets it. Else the report's words decide: all is finished
    (so no more will come), late or ahead, the rest is dated within the plan's year or behind it.
    Else a count is measured against the share of the year that has gone by.

    Args:
        task: The task.
        promise: The promised quantity.
        actual: The quantity reported for it, or None.
        comparator: How the promise is meant.
        dates: The dates of the task.
        year: The year of the plan.
        as_of: The ISO date up to which the value is told.
    """
    if actual is None:
        return _by_words(task, promise, dates, year)
    target, _ = unscaled(promise.value, promise.unit)
    value, unit = unscaled(actual.value, actual.unit)
    figures = f"{actual.value} {actual.unit} against {promise.value} {promise.unit}"
    if comparator == "<=":
        return ("met" if value <= target else "behind"), f"{figures} at most"
    if value >= target:
        return "met", f"{figures}: reached"
    end = actual.evidence.end
    _, last = sentence_span(task.progress.text, end, end)
    words = task.progress.text[end:last]
    if late := _LATE.search(words):
        return "behind", f"the report says “{late.group()}”"
    if ahead := _AHEAD.search(words):
        return "on_track", f"the report says “{ahead.group()}”"
    if planned := _by_date(dates, year, end, last):
        return planned
    rest = task.progress.text[last : task.progress.text.find("。", last) + 1]
    if (finished := _FINISHED.search(words)) and not _OPEN.search(words + rest):
        return "not_met", f"{figures}, and the report says “{finished.group()}”"
    if year is None or as_of is None or int(as_of[:4]) > year:
        return "not_met", f"{figures}: not reached"
    if unit in _RATES:
        return "behind", f"{figures}: a rate below the one promised"
    gone = Decimal(int(as_of[5:7] or 12)) / 12 if as_of[4:5] == "-" else Decimal(1)
    share = value / target if target else Decimal(1)
    pace = f"{figures} is {share:.1%}, with {gone:.1%} of the year gone"
    return ("on_track" if share >= gone else "behind"), pace


def _by_words(
    task: Task, promise: Quantity, dates: Sequence[Date], year: int | None
) -> tuple[Judgement, str]:
    """Judge a promise without a reported figure by the sentence that tells of the thing."""
    text, wanted = task.progress.text, noun(promise)
    spans = [span for span in sentence_spans(text) if wanted[-2:] in text[slice(*span)]]
    for start, end in spans:
        if planned := _by_date(dates, year, start, end):
            return planned
    words = "".join(text[start:end] for start, end in spans)
    if (finished := _FINISHED.search(words)) and not _OPEN.search(words):
        return "met", f"the report says “{finished.group()}”"
    return "unknown", "the progress tells no value for it"


def _by_date(
    dates: Sequence[Date], year: int | None, start: int, end: int
) -> tuple[Judgement, str] | None:
    """Judge by the last date between two offsets for which something is planned."""
    planned = [
        date
        for date in dates
        if date.role == "planned"
        and date.evidence.cell == "progress"
        and start <= date.evidence.start < end
    ]
    if not planned or year is None:
        return None
    last = max(planned, key=lambda date: date.iso)
    in_time = int(last.iso[:4]) <= year
    return ("on_track" if in_time else "behind"), f"the rest is planned for {last.iso}"
