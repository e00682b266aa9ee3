"""Answers on changes between reports and on differences between districts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.answers.replies import MOST, Refusal, Reply, state_text
from kg.answers.tasks import TaskRecord
from kg.answers.understanding.question import ParsedQuestion

ONE_REPORT = Refusal(
    "图谱里只有一期报告，没有可以比较的",
    "the graph has only one report; there is none to compare it with",
)


def changes_between(
    tasks: Sequence[TaskRecord],
    states: Mapping[str, Sequence[tuple[str, str]]],
    question: ParsedQuestion,
) -> Reply | Refusal:
    """Return the tasks whose state changed between the last two reports that contain them.

    Args:
        tasks: The tasks.
        states: By task path, the reports that contain the task and its state in each.
        question: The question.
    """
    several = [task for task in tasks if len(states[task.path]) > 1]
    if not several:
        return ONE_REPORT
    changed = [t for t in several if states[t.path][-1][1] != states[t.path][-2][1]]
    (first, _), (last, _) = states[several[0].path][-2:]
    lines = [
        question.localise(
            f"{len(changed)}项任务的状态变了（{first}→{last}）：",
            f"{len(changed)} tasks changed their state ({first} → {last}):",
        )
    ]
    for task in changed[:MOST]:
        before, now = (state_text(status, question) for _, status in states[task.path][-2:])
        units = "、".join(task.departments)
        number = question.localise(f"任务{task.number}", f"Task {task.number}")
        lines.append(f"{number}（{before}→{now}，{units}）：{task.promise[:60]}")
    return Reply(
        "\n".join(lines), tuple(changed), question.localise("两期之间的变化", "what changed")
    )


def compare_districts(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply | Refusal:
    """Return the number of tasks of each plan by state, and its targets that are behind."""
    plans = dict.fromkeys(task.plan for task in tasks)
    if len(plans) < 2:
        return Refusal("图谱里只有一个地区的报告", "the graph has reports of only one district")
    lines = []
    for plan in plans:
        own = [task for task in tasks if task.plan == plan]
        states = Counter(task.status for task in own).most_common()
        counts = "、".join(f"{state_text(state, question)}{count}" for state, count in states)
        short = sum(target.is_missed for task in own for target in task.targets)
        lines.append(
            question.localise(
                f"{plan}：{len(own)}项任务，{counts}，落后的数字目标{short}个。",
                f"{plan}: {len(own)} tasks, {counts}, {short} targets behind.",
            )
        )
    understood = question.localise("各地区的任务", "the tasks of each district")
    return Reply("\n".join(lines), (), understood)
