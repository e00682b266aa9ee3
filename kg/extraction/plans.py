"""What is said to come next, where the document labels it so (下一步打算：…)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import CellName, Plan, Task
from kg.sentences import sentence_spans

_NOTHING = frozenset({"", "无", "暂无", "没有", "无问题", "/", "-", "—"})


def find_plans(task: Task) -> tuple[Plan, ...]:
    """Return what is said to come next, sentence by sentence.

    >>> from kg.model import Cell
    >>> row = Task("r", 1, ("", None), Cell(""), Cell(""), Cell(""), (), plan=Cell("招标；6月开工。"))
    >>> [plan.what for plan in find_plans(row)]
    ['招标', '6月开工']
    """
    return tuple(
        Plan(what, task.evidence("plan", start, end, "label:plan"))
        for start, end, what in told_sentences(task, "plan")
    )


def told_sentences(task: Task, cell: CellName) -> Iterator[tuple[int, int, str]]:
    """Yield the sentences of a cell that tell something: their spans, and their bare words."""
    text = task.cell(cell).text
    for start, end in sentence_spans(text):
        what = text[start:end].strip("。；;！？ \u3000")
        if what not in _NOTHING:
            yield start, end, what
