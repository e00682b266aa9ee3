"""Answers in sentences, in the language of the question: how tasks and targets are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.answers.tasks import TargetRecord, TaskRecord
from kg.answers.understanding.question import Asked
from kg.labels import JUDGEMENTS, STATES

# Characters of an answer before its table, of a sentence in a list, tasks that are listed, and
# of which few more is told.
LONGEST, _SHOWN, MOST, _FEW = 1200, 80, 20, 4


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes:
        text: The answer in sentences.
        tasks: The tasks behind it.
        understood: How the question was understood, in one line, in its language.
        is_family: Whether it answers a family of questions, not by the sentences that fit best.
    """

    text: str
    tasks: tuple[TaskRecord, ...]
    understood: str
    is_family: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered, in a clause.

    Attributes:
        zh: The reason in Chinese.
        en: The reason in English.
        is_unknown: Whether no task tells of what is asked.
    """

    zh: str
    en: str
    is_unknown: bool = False


def state_of(status: str, asked: Asked) -> str:
    """Return a state in words."""
    return asked.says(*STATES.get(status, ("状态未报", "no state told")))


def about_task(task: TaskRecord, sentences: Sequence[str], asked: Asked) -> str:
    """Return the state of a task, who answers for it, and some sentences."""
    units = asked.says("、", ", ").join(task.departments) or asked.says("未列部门", "nobody named")
    words = "".join(dict.fromkeys(sentences))
    return asked.says(
        f"任务{task.number}（{state_of(task.status, asked)}，{units}负责）：{words}",
        f"Task {task.number} ({state_of(task.status, asked)}; {units}): {words}",
    )


def about_target(target: TargetRecord, asked: Asked) -> str:
    """Return a target with its report, what is missing, and how it is judged."""
    value = f"{_figure(target.value)}{target.unit}"
    told = asked.says(f"{target.indicator}目标{value}", f"{target.indicator}: promised {value}")
    if target.actual is not None:
        actual = f"{_figure(target.actual)}{target.actual_unit}"
        told += asked.says(f"，已报{actual}", f", reported {actual}")
        if target.actual_unit == target.unit and target.value:
            told += f"（{_figure(round(100 * target.actual / target.value, 2))}%）"
    if target.gap is not None:
        missing = f"{_figure(target.gap)}{target.unit}"
        told += asked.says(f"，还差{missing}", f", missing {missing}")
    return f"{told}，{asked.says(*JUDGEMENTS[target.judgement])}。"


def target_lines(targets: Sequence[tuple[TaskRecord, TargetRecord]], asked: Asked) -> list[str]:
    """Return targets in a line each, behind the numbers of their tasks."""
    return [
        asked.says(f"任务{task.number}：", f"Task {task.number}: ") + about_target(target, asked)
        for task, target in targets
    ]


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}"


def listed(
    tasks: Sequence[TaskRecord], asked: Asked, phrase: str = "", *, with_state: bool = False
) -> str:
    """Return tasks, a line each: number, state, promise, and what tells most.

    Args:
        tasks: The tasks.
        asked: The question.
        phrase: Words of which the sentence is shown.
        with_state: Whether the sentence is shown that tells the state.
    """
    lines = []
    room = _SHOWN if len(tasks) > _FEW else 2 * _SHOWN
    for task in tasks[:MOST]:
        words = [_shortened(task.promise, room)]
        if phrase and phrase not in task.promise.lower():
            parts = [part for part in re.split("[。；\n]", task.text) if phrase in part.lower()]
            words += [_shortened(part, room) for part in parts[: 1 + (len(tasks) <= _FEW)]]
        if with_state and task.shows:
            words.append(_shortened(task.shows, room))
        lines.append(about_task(task, [join_sentences(words)], asked))
    if len(tasks) > MOST:
        more = len(tasks) - MOST
        lines.append(asked.says(f"……另有{more}项", f"… {more} more"))
    return "\n".join(lines)


def join_sentences(sentences: Iterable[str]) -> str:
    """Return sentences as one text, each once, with a mark between where one has none.

    >>> join_sentences(["建桥", "已通车。", "建桥", "验收"])
    '建桥；已通车。验收'
    """
    text = ""
    for sentence in dict.fromkeys(sentences):
        text += ("；" if text and text[-1] not in "。；…！？" else "") + sentence
    return text


def _shortened(text: str, room: int) -> str:
    return text.strip() if len(text) <= room else f"{text.strip()[:room]}…"


def of_tasks(
    head: str, tasks: Sequence[TaskRecord], asked: Asked, understood: str, phrase: str = ""
) -> Reply:
    """Return a list of tasks below a sentence."""
    return Reply(f"{head}\n{listed(tasks, asked, phrase)}", tuple(tasks), understood)


def cut(text: str) -> str:
    """Return an answer of at most the longest length, cut behind a line."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST].rpartition("\n")[0] or text[:LONGEST]
    return f"{kept}\n……"
