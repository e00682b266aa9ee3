"""The state of a task and of the numbered parts of its progress."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Status, StatusValue, Task, TaskPart
from kg.tagger.spans import LabelledSpan
from kg.tagger.tagging import Tagging

# How documents number what they report: 一是, （一）, 1., ①.
_MARKS = (
    re.compile(r"[一二三四五六七八九十]{1,2}是"),
    re.compile(r"[（(][一二三四五六七八九十]{1,2}[）)]"),
    re.compile(r"(?<![\d.])\d{1,2}[.．、](?!\d)"),
    re.compile(r"[①-⑳]"),
)
_TITLE_END = re.compile(r"[，。；：:;]")
_LONGEST = 120


def part_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the numbered parts of a text; none where fewer than two are numbered.

    >>> part_spans("一是建桥。二是修路。")
    [(0, 5), (5, 10)]
    """
    for mark in _MARKS:
        starts = [match.start() for match in mark.finditer(text)]
        if len(starts) > 1:
            return list(zip(starts, [*starts[1:], len(text)], strict=True))
    return []


def find_status(task: Task, tagging: Tagging) -> Status | None:
    """Return the state of a task, or None where it tells no progress."""
    return _status(task, tagging.state) if tagging.state else None


def find_parts(task: Task, tagging: Tagging) -> tuple[TaskPart, ...]:
    """Return the numbered parts of the progress (一是 … 二是 …), each with its own state.

    Args:
        task: The task.
        tagging: What the model finds; a part's stretches tell its state.
    """
    parts = []
    for start, end in part_spans(task.progress.text):
        text = task.progress.text[start:end]
        mark = next(found for pattern in _MARKS if (found := pattern.match(text)))
        title = _TITLE_END.split(text[mark.end() :].strip())[0]
        stretches = [s for s in tagging.stretches if s.start < end and s.end > start]
        if stretches:
            state = _part_state(start + mark.end(), end, stretches)
            parts.append(TaskPart(title, _status(task, state)))
    return tuple(parts)


def _part_state(start: int, end: int, stretches: Sequence[LabelledSpan]) -> LabelledSpan:
    """Return the state of a part, at the first stretch that shows it."""
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


def _status(task: Task, state: LabelledSpan) -> Status:
    value: StatusValue = state.label  # type: ignore[assignment]
    end = min(state.end, state.start + _LONGEST)
    evidence = task.evidence("progress", state.start, end, f"tagger:{value}", state.probability)
    return Status(value, evidence)
