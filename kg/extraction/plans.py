"""Find the next steps of a task: labelled by the document, or in its progress."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import CellName, Plan, Task
from kg.sentences import sentence_spans
from kg.tagger.tagging import Tagging

_NOTHING = frozenset({"", "无", "暂无", "没有", "无问题", "/", "-", "—"})
MARKS = "，。；;！？、 \u3000"
# Stretches with a lower probability are ignored.
LEAST_PROBABILITY = 0.4


def find_plans(task: Task, tagging: Tagging) -> tuple[Plan, ...]:
    """Return the next steps of a task: stretches of its progress, then labelled sentences.

    Args:
        task: The task.
        tagging: What the model finds in it.
    """
    return (*_find_in_progress(task, tagging), *_find_labelled(task))


def _find_labelled(task: Task) -> Iterator[Plan]:
    """Yield the plans that the document labels (下一步打算：…)."""
    for start, end, what in stripped_sentences(task, "plan"):
        yield Plan(what, task.evidence("plan", start, end, "label:plan"))


def _find_in_progress(task: Task, tagging: Tagging) -> Iterator[Plan]:
    text = task.progress.text
    for stretch in tagging.stretches:
        if stretch.label != "next_step" or stretch.probability < LEAST_PROBABILITY:
            continue
        start, end = strip_span(text, stretch.start, stretch.end)
        if start < end:
            evidence = task.evidence(
                "progress", start, end, "tagger:next_step", stretch.probability
            )
            yield Plan(text[start:end], evidence)


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span of a text without the punctuation marks at its edges.

    >>> strip_span("，下月开工。", 0, 6)
    (1, 5)
    """
    words = text[start:end].strip(MARKS)
    first = text.index(words, start)
    return first, first + len(words)


def stripped_sentences(task: Task, cell: CellName) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of the sentences of a cell, each with its text without end marks.

    Sentences that only say that there is nothing (无) are left out.
    """
    text = task.cell(cell).text
    for start, end in sentence_spans(text):
        what = text[start:end].strip("。；;！？ \u3000")
        if what not in _NOTHING:
            yield start, end, what
