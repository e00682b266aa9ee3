"""What changed between reports, and how districts compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.answers.replies import MOST, Refusal, Reply, state_of
from kg.answers.tasks import TaskRecord
from kg.answers.understanding.question import Asked

ONE_REPORT = Refusal(
    "图谱里只有一期报告，没有可以比较的",
    "the graph holds one report only; there is none to compare it with",
)


def changes_between(
    tasks: Sequence[TaskRecord], states: Mapping[str, Sequence[tuple[str, str]]], asked: Asked
) -> Reply | Refusal:
    """Return the tasks whose state changed between the last two reports that tell of them.

    Args:
        tasks: The tasks.
        states: For the path of each task the reports that tell of it, and its state in each.
        asked: The question.
    """
    several = [task for task in tasks if len(states[task.path]) > 1]
    if not several:
        return ONE_REPORT
    changed = [t for t in several if states[t.path][-1][1] != states[t.path][-2][1]]
    (first, _), (last, _) = states[several[0].path][-2:]
    lines = [
        asked.says(
            f"{len(changed)}项任务的状态变了（{first}→{last}）：",
            f"{len(changed)} tasks changed their state ({first} → {last}):",
        )
    ]
    for task in changed[:MOST]:
        before, now = (state_of(status, asked) for _, status in states[task.path][-2:])
        units = "、".join(task.departments)
        number = asked.says(f"任务{task.number}", f"Task {task.number}")
        lines.append(f"{number}（{before}→{now}，{units}）：{task.promise[:60]}")
    return Reply("\n".join(lines), tuple(changed), asked.says("两期之间的变化", "what changed"))


def compare_districts(tasks: Sequence[TaskRecord], asked: Asked) -> Reply | Refusal:
    """Return how many tasks each plan has, and in which states."""
    plans = dict.fromkeys(task.plan for task in tasks)
    if len(plans) < 2:
        return Refusal(
            "图谱里只有一个地区的报告", "the graph holds the report of one district only"
        )
    lines = []
    for plan in plans:
        own = [task for task in tasks if task.plan == plan]
        states = Counter(task.status for task in own).most_common()
        told = "、".join(f"{state_of(state, asked)}{count}" for state, count in states)
        short = sum(target.falls_short for task in own for target in task.targets)
        lines.append(
            asked.says(
                f"{plan}：{len(own)}项任务，{told}，落后的数字目标{short}个。",
                f"{plan}: {len(own)} tasks, {told}, {short} targets behind.",
            )
        )
    understood = asked.says("各地区的任务", "the tasks of each district")
    return Reply("\n".join(lines), (), understood)
