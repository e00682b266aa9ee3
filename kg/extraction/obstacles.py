"""Find the obstacles of a task: causes of a stop, conditions, missing permits, problems.

Planners ask for blockers first, so each is a fact of its own, with its cause. The model finds the
stretches of the progress that report obstacles; their words determine the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.plans import LEAST_PROBABILITY, MARKS, strip_span, stripped_sentences
from kg.model import Obstacle, ObstacleKind, Task
from kg.sentences import sentence_spans
from kg.tagger.tagging import Tagging

_STOPPED = r"推迟|暂缓|缓建|延[期后至误]|停[工滞]|暂停|滞后|偏慢|顺延|无法|未能"
_KINDS: tuple[tuple[ObstacleKind, re.Pattern[str]], ...] = (
    ("cancelled", re.compile(r"取消|终止|停[办建]|不再")),
    ("postponed", re.compile(_STOPPED)),
    ("waiting", re.compile(r"(?<![接对招期])待|需[要由]?(?!求)|等候")),
    ("procedure", re.compile(r"手续|审[批查核]|报批|批复|报建|[尚还仍]未|未取得|协调")),
)
# The cause of a stop, and the condition waited for; the rest of the clause is what is blocked.
_END = r"[^，。；]"
_CAUSE = re.compile(
    rf"(?:因|由于|受)(?P<what>{_END}{{2,40}}?)"
    rf"(?:的?(?:影响|限制|制约)|原因)?(?:，|(?={_STOPPED}|取消|经))"
)
_CONDITION = re.compile(rf"(?<![接对招期])待(?P<what>{_END}{{2,40}}?)(?:之?后|，|再)")
# A step that waits for another is blocked, even if it is reported as the next step.
_WAITING = re.compile(rf"(?<![接对招期])待{_END}{{2,40}}?(?:之?后|再)|等待|[尚需有]待(?!遇)")
_LONGEST = 120
_KEPT_BACK = ("obstacle", "next_step", "under_way")


def find_obstacles(task: Task, tagging: Tagging) -> tuple[Obstacle, ...]:
    """Return the obstacles in the progress of a task in order, then those labelled as problems.

    Args:
        task: The task.
        tagging: What the model finds in it.
    """
    return (*_find_in_progress(task, tagging), *_find_labelled(task))


def _find_labelled(task: Task) -> Iterator[Obstacle]:
    """Yield the problems that the document labels (存在问题：…)."""
    for start, end, what in stripped_sentences(task, "problem"):
        yield Obstacle("problem", what, "", task.evidence("problem", start, end, "label:problem"))


def _find_in_progress(task: Task, tagging: Tagging) -> Iterator[Obstacle]:
    text = task.progress.text
    for first, last, confidence in _obstacle_sentences(text, tagging):
        start, end = strip_span(text, first, last)
        if words := text[start:end]:
            end = min(end, start + _LONGEST)
            kind = _obstacle_kind(words)
            evidence = task.evidence("progress", start, end, f"tagger:{kind}", confidence)
            yield Obstacle(kind, *split_cause(words), evidence)


def _obstacle_sentences(text: str, tagging: Tagging) -> Iterator[tuple[int, int, float]]:
    """Yield the spans of the sentences that report an obstacle, with their probabilities."""
    for stretch in tagging.stretches:
        if stretch.label not in _KEPT_BACK or stretch.probability < LEAST_PROBABILITY:
            continue
        for first, last in sentence_spans(text[stretch.start : stretch.end]):
            start, end = stretch.start + first, min(stretch.start + last, len(text))
            if stretch.label == "obstacle" or _WAITING.search(text, start, end):
                yield start, end, stretch.probability


def _obstacle_kind(words: str) -> ObstacleKind:
    """Return the kind of an obstacle by its words."""
    for kind, marks in _KINDS:
        if marks.search(words):
            return kind
    return "problem"


def split_cause(words: str) -> tuple[str, str]:
    """Return the cause of an obstacle and what it blocks, in the words of a clause.

    >>> split_cause("受雨季影响，工期延误")
    ('雨季', '工期延误')
    >>> split_cause("待用地权属变更后继续办理")
    ('用地权属变更', '继续办理')
    >>> split_cause("尚未取得批复")
    ('尚未取得批复', '')
    """
    for pattern in (_CAUSE, _CONDITION):
        if found := pattern.search(words):
            rest = (words[: found.start()] + words[found.end() :]).strip(MARKS)
            return found["what"], rest
    return words, ""
