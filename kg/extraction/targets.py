"""Numeric promises of a task, and which reported figure answers each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kg.extraction.dates import last_told
from kg.extraction.judgement import judge, noun
from kg.extraction.likeness import likeness, pairs
from kg.extraction.measures import unscaled
from kg.model import Comparator, Date, Quantity, Target, Task
from kg.sentences import clause_start, sentence_span

_AT_LEAST = re.compile(r"以上|不低于|不少于|超过|新增|力争")
_AT_MOST = re.compile(r"以内|以下|不超过|不高于|控制在|低于")
_ABOUT = re.compile(r"左右|上下|约")
# Units of rank, of division and of age (三大产业, 五级联动, 60岁) describe; they promise nothing.
_NO_PROMISE = frozenset({"大", "大类", "级", "方", "岁", "周岁"})
_COMMA = re.compile(r"[，。；：！？]")
# A threshold describes what the next figure counts: 30亿元以上项目6个.
_THRESHOLD = re.compile(r"(?:以上|以下)的?[^\W\d]{2,14}$")
# What is planned, or only said again, is not reported.
_PLANNED = re.compile(r"规划|计划|拟|目标|总体|首批|应")
# To speed up so many projects is no figure to reach.
_PROCESS = re.compile(r"(?:推进|加快)\Z")
_AGAIN = re.compile(r"推进|加快|启动|围绕|落实")
_DONE = re.compile(r"已|完成|完工|建成|建好|竣工|落成|实现|达|累计")
# A part of the figure before it.
_PART = re.compile(r"其中")
_LEAST = 0.3
_LONGEST_CLAUSE = 200
_MOST = 60


def find_targets(
    task: Task,
    quantities: Sequence[Quantity],
    dates: Sequence[Date],
    year: int | None,
    as_of: str | None,
) -> tuple[Target, ...]:
    """Return the numeric promises of a task with what is reported for each.

    A reported value is the one in the progress cell of the same dimension whose words are most like
    the promise's; each answers one promise. How it is judged tells `judgement.judge`.

    Args:
        task: The task.
        quantities: Its quantities.
        dates: Its dates.
        year: The year of the plan.
        as_of: The ISO month up to which the report tells.
    """
    # No row promises so much; the limit keeps a cell of a megabyte from taking for ever.
    promised = list(_promised(task.task.text, quantities))[:_MOST]
    answers = _answers(task, promised, [q for q in quantities if q.evidence.cell == "progress"])
    return tuple(
        _target(task, promise, answers.get(index), dates, year, as_of)
        for index, promise in enumerate(promised)
    )


def _promised(text: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the quantities of the task cell that promise something."""
    found = [q for q in quantities if q.evidence.cell == "task" and q.unit not in _NO_PROMISE]
    for quantity, following in pairwise([*found, None]):
        assert quantity is not None
        if following:
            between = text[_number_end(quantity) : _number_start(following)]
            if _THRESHOLD.match(between):
                continue
        yield quantity


def _number_end(quantity: Quantity) -> int:
    end = quantity.evidence.end
    return end - 2 if quantity.evidence.quote.endswith(("以上", "以下")) else end


def _number_start(quantity: Quantity) -> int:
    number = [match.start() for match in re.finditer(r"(?<!\d)\d", quantity.evidence.quote)]
    return quantity.evidence.start + (number[-1] if number else 0)


def _answers(
    task: Task, promised: Sequence[Quantity], reported: Sequence[Quantity]
) -> dict[int, Quantity]:
    """Return the reported figure for each promise, by the promise's index; each figure once."""
    promises = [_promise(task.task.text, promise) for promise in promised]
    figures = [_figure(task.progress.text, found) for found in reported[:_MOST]]
    clauses = _clauses(task.task.text)
    ranked = sorted(
        (-_fit(promise, figure, clauses), index, at)
        for index, promise in enumerate(promises)
        for at, figure in enumerate(figures)
        if figure.unit == promise.unit and not promise.is_process
    )
    answers: dict[int, Quantity] = {}
    taken: set[int] = set()
    for fit, index, at in ranked:
        if -fit >= _LEAST and index not in answers and at not in taken:
            answers[index] = reported[at]
            taken.add(at)
    return answers


class _Promise(NamedTuple):
    """A promise as figures are held against it: what it counts, and where its clause begins."""

    value: Decimal
    unit: str
    noun: str
    clause: int
    is_process: bool


class _Figure(NamedTuple):
    """A reported figure with its words: before it, its clause, its sentence, from its end on."""

    value: Decimal
    unit: str
    before: str
    clause: str
    sentence: str
    behind: str


def _promise(text: str, quantity: Quantity) -> _Promise:
    start = _number_start(quantity)
    return _Promise(
        *unscaled(quantity.value, quantity.unit),
        noun=noun(quantity),
        clause=_clause_start(text, quantity.evidence.end),
        is_process=_PROCESS.search(text[max(0, start - 4) : start]) is not None,
    )


def _figure(text: str, quantity: Quantity) -> _Figure:
    evidence = quantity.evidence
    first, _ = sentence_span(text, evidence.start, evidence.end)
    before = text[_clause_start(text, evidence.end) : evidence.end]
    clause = before + _rest_of_clause(text, evidence.end)
    return _Figure(
        *unscaled(quantity.value, quantity.unit),
        before=before,
        clause=clause,
        sentence=text[max(first, evidence.end - 2 * _LONGEST_CLAUSE) : evidence.end],
        behind=clause[clause.find(evidence.quote[-2:]) :],
    )


def _clauses(text: str) -> dict[int, frozenset[str]]:
    """Return the pairs of characters of each clause of a text, by where it begins."""
    starts = [0, *(mark.end() for mark in _COMMA.finditer(text))][:_MOST]
    return {start: pairs(text[start:end]) for start, end in pairwise([*starts, len(text)])}


def _fit(promise: _Promise, figure: _Figure, clauses: Mapping[int, frozenset[str]]) -> float:
    """Return how well a reported figure answers a promise.

    The words of its own clause count most, then those of its sentence, which often names the
    indicator once for several figures, then a word that says that it is reached.
    """
    done = _DONE.search(figure.clause)
    if _PLANNED.search(figure.before) and not _DONE.search(figure.before):
        return 0.0
    if figure.value == promise.value and _AGAIN.search(figure.clause) and not done:
        return 0.0
    if _belongs_elsewhere(promise, figure, clauses):
        return 0.0
    fit = likeness(promise.noun, figure.clause) + likeness(promise.noun, figure.sentence) / 2
    if promise.noun[-2:] in figure.clause:
        fit += 0.5
    elif promise.noun[-1:] in figure.behind:
        fit += 0.25
    if _PART.match(figure.clause):
        return fit / 2
    return fit + (0.1 if fit and done else 0.0)


def _belongs_elsewhere(
    promise: _Promise, figure: _Figure, clauses: Mapping[int, frozenset[str]]
) -> bool:
    """Return whether another clause of the task is more like the words around a figure."""
    found = pairs(figure.clause)
    alike = {start: len(words & found) for start, words in clauses.items()}
    own = alike.get(promise.clause, 0)
    return own < max(alike.values(), default=0) and own < 3


def _clause_start(text: str, position: int) -> int:
    return clause_start(text, position - 1, _COMMA, _LONGEST_CLAUSE - 1)


def _rest_of_clause(text: str, position: int) -> str:
    last = min(len(text), position + _LONGEST_CLAUSE)
    mark = _COMMA.search(text, position, last)
    return text[position : mark.start() if mark else last]


def _target(
    task: Task,
    promise: Quantity,
    actual: Quantity | None,
    dates: Sequence[Date],
    year: int | None,
    as_of: str | None,
) -> Target:
    comparator = _comparator(task, promise)
    until = _until(actual, dates) if actual else None
    judgement, reason = judge(task, promise, actual, comparator, dates, year, until or as_of)
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


def _until(actual: Quantity, dates: Sequence[Date]) -> str | None:
    """Return the date up to which a value is told: the last such date before it."""
    before = [
        last_told(date.iso)
        for date in dates
        if date.role == "as_of"
        and date.evidence.cell == "progress"
        and date.evidence.start <= actual.evidence.end
    ]
    return before[-1] if before else None
