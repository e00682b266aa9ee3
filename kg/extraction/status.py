"""Find the state of a task and of the numbered parts of its progress."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extraction.numbers.numerals import chinese_value
from kg.model import Status, StatusValue, Task, TaskPart
from kg.tagger.spans import LabelledSpan
from kg.tagger.tagging import Tagging

# Numbers of the parts of a report: 一是, （一）, 1., ①.
_MARKS = (
    re.compile(r"[一二三四五六七八九十]{1,2}是"),
    re.compile(r"[（(][一二三四五六七八九十]{1,2}[）)]"),
    re.compile(r"(?<![\d.])\d{1,2}[.．、](?!\d)"),
    re.compile(r"[①-⑳]"),
)
# A task is not cancelled if it is only stopped, or abolishes a procedure (取消审批).
_CANCELLED = re.compile(r"取消(?:实施|建设|[，。；]|$)|终止|不再|停建|停办|撤销")
_STOPPED = re.compile("暂[停缓]|停工|推迟|延期")
_TITLE_END = re.compile(r"[，。；：:;]")
_LONGEST = 120


def part_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the numbered parts of a text, or [] if there are fewer than two.

    >>> part_spans("一是建桥。二是修路。")
    [(0, 5), (5, 10)]
    """
    for mark in _MARKS:
        starts = _ascending_starts(mark.finditer(text))
        if len(starts) > 1:
            return list(zip(starts, [*starts[1:], len(text)], strict=True))
    return []


def _ascending_starts(marks: Iterable[re.Match[str]]) -> list[int]:
    """Return the starts of marks that count 1, 2, 3 …; others are amounts (医院3、公园2处)."""
    starts: list[int] = []
    for mark in marks:
        if _mark_number(mark.group()) == len(starts) + 1:
            starts.append(mark.start())
    return starts


def _mark_number(mark: str) -> int:
    """Return the number of a mark.

    >>> [_mark_number(mark) for mark in ("三是", "（十二）", "2.", "⑩")]
    [3, 12, 2, 10]
    """
    sign = mark.strip("（()）是.．、")
    if sign.isdecimal():
        return int(sign)
    return int(unicodedata.numeric(sign) if len(sign) == 1 else chinese_value(sign))


def find_status(task: Task, tagging: Tagging) -> Status | None:
    """Return the state of a task, or None if it has no progress."""
    state = tagging.state
    if state and state.label == "cancelled" and not _CANCELLED.search(task.progress.text):
        label = "delayed" if _STOPPED.search(task.progress.text) else "ongoing"
        state = replace(state, label=label)
    return _make_status(task, state) if state else None


def find_parts(task: Task, tagging: Tagging) -> tuple[TaskPart, ...]:
    """Return the numbered parts of the progress (一是 … 二是 …), each with its own state.

    Args:
        task: The task.
        tagging: What the model finds; the stretches of a part determine its state.
    """
    parts = []
    starts = [stretch.start for stretch in tagging.stretches]
    ends = [stretch.end for stretch in tagging.stretches]
    for start, end in part_spans(task.progress.text):
        text = task.progress.text[start:end]
        mark = next(found for pattern in _MARKS if (found := pattern.match(text)))
        title = _TITLE_END.split(text[mark.end() :].strip())[0]
        stretches = tagging.stretches[bisect_right(ends, start) : bisect_left(starts, end)]
        if stretches:
            state = _part_state(start + mark.end(), end, stretches)
            parts.append(TaskPart(title, _make_status(task, state)))
    return tuple(parts)


def _part_state(start: int, end: int, stretches: Sequence[LabelledSpan]) -> LabelledSpan:
    """Return the state of a part, at the first stretch that has it."""
    labels = {stretch.label for stretch in stretches}
    value: StatusValue
    if "obstacle" in labels and "done" not in labels:
        value, shown = "delayed", {"obstacle"}
    elif "done" in labels and labels <= {"done", "other"}:
        value, shown = "completed", {"done"}
    elif labels - {"other"}:
        value, shown = "in_progress", labels - {"other"}
    else:
        value, shown = "ongoing", labels
    first = next(stretch for stretch in stretches if stretch.label in shown)
    return LabelledSpan(max(first.start, start), min(first.end, end), value, first.probability)


def _make_status(task: Task, state: LabelledSpan) -> Status:
    value: StatusValue = state.label  # type: ignore[assignment]
    end = min(state.end, state.start + _LONGEST)
    evidence = task.evidence("progress", state.start, end, f"tagger:{value}", state.probability)
    return Status(value, evidence)
