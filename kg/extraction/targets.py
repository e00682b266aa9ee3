"""Find the numeric promises of a task and the reported figure that answers each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.dates import last_date
from kg.extraction.judgement import judge
from kg.extraction.numbers.measures import comparable_values, remove_scale
from kg.model import Date, Quantity, Target, Task
from kg.sentences import clause_start
from kg.tagger.tagging import PromiseLabels, Tagging

_PROMISED = 0.5
_RULE = "tagger:target"
# Units of rank and age, which are not targets: 三大产业, 五级联动, 60岁.
_RANKS = frozenset({"大", "大类", "级", "方", "岁", "周岁"})
# Descriptions of a thing that is built: 建筑面积8600平方米, 全长3.6公里, 总投资2亿元.
_DESCRIBES = re.compile(
    r"(?:(?:建筑|占地|用地|总)面积|占地|(?<!完成)(?<!实现)总投资|概算|库容)[为约达共近]*[\d.]+\D*$"
    r"|(?:[全总]?长|长度|宽度?|高度)[为约达共近]*[\d.]+(?:公里|千米|米|k?m)$"
)
# Units of people, which never answer a count of things.
_PEOPLE = frozenset({"人", "人次", "名", "户"})
_GROWTH = re.compile(r"增长|增幅|增速|提[高升]|新增")
_FALL = re.compile(r"下降|降低|减少|负增长|下滑")
# A first step: 36条已开工 does not answer a promise to open 30条, 已建成36条 does.
_STEP = re.compile(r"[开动]工|启动|进场|选址|招标|立项|审批")
_FINISHED = re.compile(r"建成|[完竣]工|完成|通车|交付|[启投]用|投入使用")
_BEGINNING = re.compile(rf"{_STEP.pattern}|实施|推进")
# A figure with its unit at the end of a text, and the words that introduce it.
_FIGURE = re.compile(r"[为约达到了共计近]*[\d.,]+\D*$")
_COMMA = re.compile(r"[，。；：！？、]")
_LONGEST_CLAUSE = 60
# The least length of a thing counted that identifies it: 新增就业, not 项目.
_TELLING = 4


def find_targets(
    task: Task,
    quantities: Sequence[Quantity],
    tagging: Tagging,
    dates: Sequence[Date],
    year: int | None,
    as_of: str | None,
) -> tuple[Target, ...]:
    """Return the numeric promises of a task, each with the figure reported for it.

    Args:
        task: The task.
        quantities: Its quantities.
        tagging: What the model finds; `tagging.promises` labels each quantity of the promise.
        dates: Its dates.
        year: The year of the plan.
        as_of: The ISO date up to which the task is reported.
    """
    quantities_of_task = [q for q in quantities if q.evidence.cell == "task"]
    reports = [quantity for quantity in quantities if quantity.evidence.cell == "progress"]
    promises = [
        (promise, labels)
        for promise, labels in zip(quantities_of_task, tagging.promises, strict=False)
        if labels.target >= _PROMISED
        and promise.unit not in _RANKS
        and not _DESCRIBES.search(_clause_words(task.task.text, promise))
    ]
    answers = _match_answers(promises, reports, task.progress.text)
    return tuple(
        _make_target(task, promise, labels, answers.get(index), dates, year, as_of)
        for index, (promise, labels) in enumerate(promises)
    )


def _match_answers(
    promises: Sequence[tuple[Quantity, PromiseLabels]], reports: Sequence[Quantity], progress: str
) -> dict[int, tuple[Quantity, float]]:
    """Return the figure that answers each promise, with its probability, by index of the promise.

    A figure answers only one promise, of its own dimension. Figures after the same words as in the
    promise come first, then the likeliest.
    """
    ranked = sorted(
        (not named, -chance, index, at)
        for index, (promise, labels) in enumerate(promises)
        for at, (report, chance) in enumerate(zip(reports, labels.answers, strict=False))
        if ((named := _is_named(promise, report, progress)) or chance > labels.answers[-1])
        and _is_comparable(promise, report)
    )
    answers: dict[int, tuple[Quantity, float]] = {}
    taken: set[int] = set()
    for _, chance, index, at in ranked:
        if index not in answers and at not in taken:
            answers[index] = reports[at], -chance
            taken.add(at)
    return answers


def _is_named(promise: Quantity, report: Quantity, progress: str) -> bool:
    """Return whether a figure directly follows the words of a promise: 城镇新增就业21224人."""
    words = _FIGURE.sub("", progress[: report.evidence.end])
    return len(promise.what) >= _TELLING and words.endswith(promise.what)


def _is_comparable(promise: Quantity, report: Quantity) -> bool:
    """Return whether two quantities have one dimension; counts of people and things differ."""
    if comparable_values(promise, report):
        return True
    units = {remove_scale(q.value, q.unit)[1] for q in (promise, report)}
    codes = {q.measure.ucum if q.measure else "" for q in (promise, report)}
    return codes == {"1"} and not units & _PEOPLE


def _make_target(
    task: Task,
    promise: Quantity,
    labels: PromiseLabels,
    answer: tuple[Quantity, float] | None,
    dates: Sequence[Date],
    year: int | None,
    as_of: str | None,
) -> Target:
    reported = _apply_sign(task, promise, answer[0]) if answer else None
    begun = reported is not None and _is_begun(task, promise, reported)
    until = _value_date(reported, dates) if reported else None
    judgement, reason = judge(promise, reported, labels, year, until or as_of, begun=begun)
    # A count of things begun does not answer how many are done.
    actual = None if begun else reported
    evidence = replace(promise.evidence, rule=_RULE, confidence=labels.target)
    return Target(
        indicator=promise.what,
        comparator=labels.comparator,
        value=promise.value,
        unit=promise.unit,
        actual=actual.value if actual else None,
        actual_unit=actual.unit if actual else None,
        as_of=until if actual else None,
        judgement=judgement,
        reason=reason,
        evidence=evidence,
        actual_evidence=replace(actual.evidence, rule=_RULE, confidence=answer[1])
        if actual and answer
        else None,
    )


def _apply_sign(task: Task, promise: Quantity, actual: Quantity) -> Quantity:
    """Return a reported figure, negative if it is a fall while growth is promised."""
    promised = _clause_words(task.task.text, promise)
    if actual.value > 0 and _GROWTH.search(promised) and not _FALL.search(promised):
        words = _clause_words(task.progress.text, actual)
        if _FALL.search(words) and not _GROWTH.search(words.replace("负增长", "")):
            return replace(actual, value=-actual.value)
    return actual


def _is_begun(task: Task, promise: Quantity, actual: Quantity) -> bool:
    """Return whether a figure counts things begun while more than a beginning is promised."""
    text, end = task.progress.text, actual.evidence.end
    comma = _COMMA.search(text, end)
    words = _clause_words(text, actual) + text[end : comma.start() if comma else len(text)]
    promised = _clause_words(task.task.text, promise)
    if _FINISHED.search(words) or _BEGINNING.search(promised):
        return False
    return _STEP.search(words) is not None


def _clause_words(text: str, quantity: Quantity) -> str:
    """Return the words of a quantity's clause up to its end."""
    end = quantity.evidence.end
    return text[clause_start(text, quantity.evidence.start, _COMMA, _LONGEST_CLAUSE) : end]


def _value_date(actual: Quantity, dates: Sequence[Date]) -> str | None:
    """Return the date of a value: the last date with the role `as_of` before it."""
    before = [
        last_date(date.iso)
        for date in dates
        if date.role == "as_of"
        and date.evidence.cell == "progress"
        and date.evidence.start <= actual.evidence.end
    ]
    return before[-1] if before else None
