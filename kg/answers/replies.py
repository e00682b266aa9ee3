"""Answers in sentences, in the language of the question: descriptions of tasks and targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.answers.tasks import TargetRecord, TaskRecord
from kg.answers.understanding.question import ParsedQuestion
from kg.labels import JUDGEMENTS, STATES

# Maximum length of an answer, maximum length of a sentence in a list, maximum number of tasks in a
# list, and up to how many tasks a list is more detailed.
LONGEST, _SHOWN, MOST, _FEW = 1200, 80, 20, 4


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes:
        text: The answer in sentences.
        tasks: The tasks behind it.
        understood: How the question was understood, in one line, in its language.
        is_family: Whether it is the answer of a family, not the best matching sentences.
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
        is_unknown: Whether no task matches the question.
    """

    zh: str
    en: str
    is_unknown: bool = False


def state_text(status: str, question: ParsedQuestion) -> str:
    """Return the label of a state."""
    return question.localise(*STATES.get(status, ("状态未报", "state not reported")))


def describe_task(task: TaskRecord, sentences: Sequence[str], question: ParsedQuestion) -> str:
    """Return the number, state and departments of a task, and some sentences."""
    units = question.localise("、", ", ").join(task.departments) or question.localise(
        "未列部门", "no department named"
    )
    words = "".join(dict.fromkeys(sentences))
    return question.localise(
        f"任务{task.number}（{state_text(task.status, question)}，{units}负责）：{words}",
        f"Task {task.number} ({state_text(task.status, question)}; {units}): {words}",
    )


def describe_target(target: TargetRecord, question: ParsedQuestion) -> str:
    """Return a target with the reported value, the gap and the judgement."""
    value = f"{_format_number(target.value)}{target.unit}"
    text = question.localise(
        f"{target.indicator}目标{value}", f"{target.indicator}: promised {value}"
    )
    if target.actual is not None:
        actual = f"{_format_number(target.actual)}{target.actual_unit}"
        text += question.localise(f"，已报{actual}", f", reported {actual}")
        if target.actual_unit == target.unit and target.value:
            text += f"（{_format_number(round(100 * target.actual / target.value, 2))}%）"
    if target.gap is not None:
        missing = f"{_format_number(target.gap)}{target.unit}"
        text += question.localise(f"，还差{missing}", f", missing {missing}")
    return f"{text}，{question.localise(*JUDGEMENTS[target.judgement])}。"


def target_lines(
    targets: Sequence[tuple[TaskRecord, TargetRecord]], question: ParsedQuestion
) -> list[str]:
    """Return one line for each target, beginning with the number of its task."""
    return [
        question.localise(f"任务{task.number}：", f"Task {task.number}: ")
        + describe_target(target, question)
        for task, target in targets
    ]


def _format_number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def list_tasks(
    tasks: Sequence[TaskRecord],
    question: ParsedQuestion,
    phrase: str = "",
    *,
    with_state: bool = False,
) -> str:
    """Return one line for each task: number, state, promise and relevant sentences.

    Args:
        tasks: The tasks.
        question: The question.
        phrase: Show the sentences that contain this phrase.
        with_state: Show the sentence that states the state.
    """
    lines = []
    room = _SHOWN if len(tasks) > _FEW else 2 * _SHOWN
    for task in tasks[:MOST]:
        words = [_shorten(task.promise, room)]
        if phrase and phrase not in task.promise.lower():
            parts = [part for part in re.split("[。；\n]", task.text) if phrase in part.lower()]
            words += [_shorten(part, room) for part in parts[: 1 + (len(tasks) <= _FEW)]]
        if with_state and task.state_sentence:
            words.append(_shorten(task.state_sentence, room))
        lines.append(describe_task(task, [join_sentences(words)], question))
    if len(tasks) > MOST:
        more = len(tasks) - MOST
        lines.append(question.localise(f"……另有{more}项", f"… {more} more"))
    return "\n".join(lines)


def join_sentences(sentences: Iterable[str]) -> str:
    """Join sentences, each once, with a semicolon after those without a final mark.

    >>> join_sentences(["建桥", "已通车。", "建桥", "验收"])
    '建桥；已通车。验收'
    """
    text = ""
    for sentence in dict.fromkeys(sentences):
        text += ("；" if text and text[-1] not in "。；…！？" else "") + sentence
    return text


def _shorten(text: str, room: int) -> str:
    return text.strip() if len(text) <= room else f"{text.strip()[:room]}…"


def task_list_reply(
    head: str,
    tasks: Sequence[TaskRecord],
    question: ParsedQuestion,
    understood: str,
    phrase: str = "",
) -> Reply:
    """Return an answer with a list of tasks below a sentence."""
    return Reply(f"{head}\n{list_tasks(tasks, question, phrase)}", tuple(tasks), understood)


def truncate(text: str) -> str:
    """Shorten an answer to at most `LONGEST` characters, at the end of a line if possible."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST].rpartition("\n")[0] or text[:LONGEST]
    return f"{kept}\n……"
