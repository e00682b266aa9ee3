"""Answers in sentences, in the language of the question, from the tasks that it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.answers.intents import Asked
from kg.answers.tasks import TargetRecord, TaskRecord

# Characters of an answer before its table, of a promise in a list, and tasks that are listed.
LONGEST, _SHOWN, MOST = 1200, 80, 20
# Things that several departments may meet at, the most telling first.
_KINDS = ("Project", "Place", "Road", "Community", "Event", "Policy", "Organization", "PublicBody")
# An amount, and whether it tells what is done.
_AMOUNT = re.compile(
    r"(?P<done>(?:已|完成|建成|实现|新增|投用)[^\d，。；]{0,10})?(?<![\d.])(?P<value>\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>[个座家条处户所部台名人项场套]|亿元|万元)"
)
_STATES = {
    "completed": ("已完成", "completed"),
    "partly_completed": ("部分完成", "partly completed"),
    "in_progress": ("进行中", "in progress"),
    "ongoing": ("长期推进", "ongoing"),
    "delayed": ("推迟", "delayed"),
    "not_started": ("未开始", "not started"),
    "cancelled": ("已取消", "cancelled"),
}
_JUDGED = {
    "met": ("已达标", "met"),
    "on_track": ("超时序进度", "on track"),
    "behind": ("落后于时序", "behind"),
    "not_met": ("未达标", "not met"),
    "unknown": ("没有报数", "not reported"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes:
        text: The answer in sentences.
        tasks: The tasks behind it.
        understood: How the question was understood, in one line.
        is_family: Whether it answers a family of questions, not by the sentences that fit best.
    """

    text: str
    tasks: tuple[TaskRecord, ...]
    understood: str
    is_family: bool = True


Say = Callable[[str, str], str]


def speaker(asked: Asked) -> Say:
    """Return what chooses between a Chinese and an English text."""
    return lambda zh, en: zh if asked.is_chinese else en


def state_of(task: TaskRecord, say: Say) -> str:
    """Return the state of a task in words."""
    return say(*_STATES.get(task.status, ("状态未报", "no state told")))


def about_task(task: TaskRecord, sentences: Sequence[str], asked: Asked) -> str:
    """Return the state of a task, who answers for it, and what the report says, in its words."""
    say = speaker(asked)
    units = say("、", ", ").join(task.departments) or say("未列部门", "nobody named")
    words = "".join(dict.fromkeys(sentences))
    figures = "".join(
        about_target(target, say)
        for target in task.targets
        if "gap" in asked.cues and target.gap is not None
    )
    if "gap" in asked.cues and not figures:
        figures = _told_gap(words)
    return say(
        f"任务{task.number}（{state_of(task, say)}，{units}负责）：{figures}{words}",
        f"Task {task.number} ({state_of(task, say)}; {units}): {figures}{words}",
    )


def about_target(target: TargetRecord, say: Say) -> str:
    """Return a target with its report, what is missing, and how it is judged."""
    value = f"{_shown(target.value)}{target.unit}"
    told = say(f"{target.indicator}目标{value}", f"{target.indicator}: promised {value}")
    if target.actual is not None:
        actual = f"{_shown(target.actual)}{target.actual_unit}"
        told += say(f"，已报{actual}", f", reported {actual}")
        if target.actual_unit == target.unit and target.value:
            told += f"（{_shown(round(100 * target.actual / target.value, 2))}%）"
    if target.gap is not None:
        missing = f"{_shown(target.gap)}{target.unit}"
        told += say(f"，还差{missing}", f", missing {missing}")
    return f"{told}，{say(*_JUDGED[target.judgement])}。"


def _target_lines(targets: Sequence[tuple[TaskRecord, TargetRecord]], say: Say) -> list[str]:
    """Return targets in a line each, behind the numbers of their tasks."""
    return [
        say(f"任务{task.number}：", f"Task {task.number}: ") + about_target(target, say)
        for task, target in targets
    ]


def _told_gap(text: str) -> str:
    """Return what is missing by two figures of one unit, a total and what is done of it.

    >>> _told_gap("全区规划站点619个，已完成施工399个")
    '619个减399个，还差220个。'
    """
    found = list(_AMOUNT.finditer(text))
    for total in found:
        for done in found:
            same = done["unit"] == total["unit"] and done.start() > total.start()
            if same and done["done"] and not total["done"]:
                whole, part = (Decimal(match["value"].replace(",", "")) for match in (total, done))
                if part < whole:
                    unit = total["unit"]
                    return f"{whole}{unit}减{part}{unit}，还差{whole - part}{unit}。"
    return ""


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"


def listed(tasks: Sequence[TaskRecord], asked: Asked, phrase: str = "") -> str:
    """Return tasks, a line each: number, state, promise, and the sentence with a phrase."""
    say = speaker(asked)
    lines = []
    for task in tasks[:MOST]:
        parts = re.split("[。；\n]", task.text)
        words = [_shortened(task.promise)]
        if phrase and phrase not in task.promise:
            words += [_shortened(part) for part in parts if phrase in part][:1]
        shown = "；".join(dict.fromkeys(words))
        units = "、".join(task.departments)
        lines.append(
            say(
                f"任务{task.number}（{state_of(task, say)}，{units}）：{shown}",
                f"Task {task.number} ({state_of(task, say)}; {units}): {shown}",
            )
        )
    if len(tasks) > MOST:
        lines.append(say(f"……另有{len(tasks) - MOST}项", f"… {len(tasks) - MOST} more"))
    return "\n".join(lines)


def _shortened(text: str) -> str:
    return text.strip() if len(text) <= _SHOWN else f"{text.strip()[:_SHOWN]}…"


def of_department(name: str, tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return what a department has to do, is behind with, or has finished."""
    say = speaker(asked)
    own = [task for task in tasks if name in task.departments]
    if "behind" in asked.cues or "later" in asked.cues:
        return _behind(name, own, asked)
    if "finished" in asked.cues:
        done = [task for task in own if task.status == "completed"]
        head = say(f"{name}已完成{len(done)}项：", f"{name} has completed {len(done)} tasks:")
        return Reply(f"{head}\n{listed(done, asked)}", tuple(done), f"finished tasks of {name}")
    head = say(f"{name}负责{len(own)}项任务：", f"{name} answers for {len(own)} tasks:")
    return Reply(f"{head}\n{listed(own, asked)}", tuple(own), f"tasks of {name}")


def _behind(name: str, own: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the tasks of a department that are late, and its targets that fall short."""
    say = speaker(asked)
    late = [task for task in own if is_late(task)]
    targets = [(task, t) for task in own for t in task.targets if t.falls_short]
    if not late and not targets:
        told = "".join(about_target(t, say) for task in own for t in task.targets)
        head = say(f"没有，{name}没有落后的任务。", f"No: nothing of {name} is behind. ")
        return Reply(head + told, tuple(own), f"what {name} is behind with")
    lines = [
        say(
            f"{name}落后的：推迟{len(late)}项，数字目标{len(targets)}个。",
            f"{name} is behind with {len(late)} tasks and {len(targets)} targets.",
        )
    ]
    if late:
        lines.append(listed(late, asked))
    lines += _target_lines(targets, say)
    return Reply("\n".join(lines), tuple(own), f"what {name} is behind with")


def is_late(task: TaskRecord) -> bool:
    """Tell whether a task is delayed, or planned beyond the year of its report."""
    year = task.as_of[:4]
    later = bool(year) and any(iso[:4].isdigit() and iso[:4] > year for iso in task.planned)
    return task.status in ("delayed", "cancelled") or later


def in_common(names: Sequence[str], tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the joint tasks of departments, and the things that tasks of each of them name."""
    say = speaker(asked)
    first, second = names[:2]
    joint = [t for t in tasks if first in t.departments and second in t.departments]
    sides = [[t for t in tasks if name in t.departments and t not in joint] for name in names[:2]]
    named = {pair for side in sides for task in side for pair in task.names}
    things = {(name, kind) for name, kind in named if len(name) > 2 and not name.isdecimal()}
    both = [(n, k) for n, k in things if all(any(t.mentions(n) for t in side) for side in sides)]
    shared = sorted(both, key=lambda pair: (_rank(pair[1]), pair[0]))
    understood = f"what {first} and {second} have in common"
    if not joint and not shared:
        text = say(
            f"{first}和{second}没有共同的任务，也没有共同涉及的事物，不需要为此协调。",
            f"{first} and {second} have no task and no thing in common; they need not meet.",
        )
        return Reply(text, (), understood)
    lines = []
    if joint:
        head = say(f"共同负责{len(joint)}项任务，需要协调：", f"{len(joint)} joint tasks:")
        lines += [head, listed(joint, asked)]
    else:
        lines.append(say(f"{first}和{second}没有共同负责的任务。", "They have no joint task. "))
    if shared:
        shown = []
        for name, _ in shared[:MOST]:
            numbers = sorted(t.number for side in sides for t in side if t.mentions(name))
            shown.append(f"{name}（{say('任务', 'tasks ')}{'、'.join(map(str, numbers))}）")
        lines.append(say("各自任务都涉及：", "Tasks of both name: ") + "；".join(shown))
    return Reply("\n".join(lines), tuple(joint), understood)


def _rank(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def mentions(name: str, tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the tasks that name a thing, and who answers for them."""
    say = speaker(asked)
    bare = name.strip("《》“”")
    found = [task for task in tasks if task.mentions(name)]
    units = dict.fromkeys(unit for task in found for unit in task.departments)
    head = say(
        f"{name}：{len(found)}项任务提到，涉及{len(units)}个部门（{'、'.join(units)}）。",
        f"{name}: named by {len(found)} tasks of {len(units)} departments ({', '.join(units)}).",
    )
    return Reply(f"{head}\n{listed(found, asked, bare)}", tuple(found), f"tasks that name {name}")


def judged(tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the numeric targets that are met, or those that fall short."""
    say = speaker(asked)
    short = "behind" in asked.cues or "gap" in asked.cues
    found = [
        (task, target)
        for task in tasks
        for target in task.targets
        if (target.falls_short if short else target.judgement == "met")
    ]
    what = say("未达到进度" if short else "已达标", "short of their pace" if short else "met")
    head = say(f"{len(found)}个数字目标{what}：", f"{len(found)} targets {what}:")
    tasks_found = tuple(dict.fromkeys(task for task, _ in found))
    lines = [head, *_target_lines(found, say)]
    return Reply("\n".join(lines), tasks_found, f"targets {what}")


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
