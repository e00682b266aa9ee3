"""What departments have to do, are behind with and have finished, and what ties them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg.answers.figures import gap_in, told_gap
from kg.answers.replies import (
    MOST,
    Reply,
    about_target,
    about_task,
    join_sentences,
    listed,
    of_tasks,
    target_lines,
)
from kg.answers.search import split_sentences
from kg.answers.tasks import TaskRecord
from kg.answers.understanding.question import Asked
from kg.answers.understanding.states import in_state, state_asked
from kg.graph.literals import date_bounds

# Things that several departments may meet at, the most telling first.
_KINDS = ("Project", "Place", "Road", "Community", "Event", "Policy", "Organization", "PublicBody")
_NOT_DONE = re.compile("未(?!来|成年)|尚|没有|暂缓|推迟|延")
_MOST_PARTNERS, _MOST_THINGS = 10, 3
# Characters of a promise beside what tells more.
_SHOWN, _BRIEF = 80, 30


def tasks_of(name: str, tasks: Sequence[TaskRecord]) -> list[TaskRecord]:
    """Return the tasks that a department answers for."""
    return [task for task in tasks if name in task.departments]


def all_of(name: str, tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the tasks of a department."""
    own = tasks_of(name, tasks)
    head = asked.says(f"{name}负责{len(own)}项任务：", f"{name} answers for {len(own)} tasks:")
    return of_tasks(head, own, asked, asked.says(f"{name}的任务", f"the tasks of {name}"))


def done_by(name: str, tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the finished tasks of a department, and its targets that are met."""
    own = tasks_of(name, tasks)
    done = [task for task in own if task.status == "completed"]
    met = [(task, t) for task in own for t in task.targets if t.judgement in ("met", "on_track")]
    partly = [task for task in own if task.status == "partly_completed"]
    lines = [
        asked.says(
            f"{name}已完成{len(done)}项，达到或超过时序的数字目标{len(met)}个。",
            f"{name} has completed {len(done)} tasks; {len(met)} targets are met or on track.",
        )
    ]
    lines += target_lines(met, asked)
    if done:
        lines.append(listed(done, asked, with_state=True))
    if partly:
        lines.append(asked.says("部分完成：", "Partly completed: "))
        lines.append(listed(partly, asked, with_state=True))
    understood = asked.says(f"{name}完成的任务和指标", f"what {name} has finished")
    return Reply("\n".join(lines), tuple(done or own), understood)


def behind_of(name: str, tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the tasks of a department that are late, and its targets that fall short."""
    own = tasks_of(name, tasks)
    late = [t for t in own if t.is_late or t.obstacles or t.status == "not_started"]
    if state_asked(asked) == "unfinished":
        late += [task for task in in_state(own, "unfinished") if task not in late]
    targets = [(task, t) for task in own for t in task.targets if t.falls_short]
    short = {task.path for task, _ in targets}
    gaps = [(t, gap) for t in own if t.path not in short and (gap := _gap(t))]
    understood = asked.says(f"{name}落后的任务和指标", f"what {name} is behind with")
    if not late and not targets and not gaps:
        told = "".join(about_target(t, asked) for task in own for t in task.targets)
        head = asked.says(f"没有，{name}没有落后的任务。", f"No: nothing of {name} is behind. ")
        return Reply(head + told, tuple(own), understood)
    lines = [
        asked.says(
            f"{name}落后的：推迟、受阻或未完成{len(late)}项，数字目标{len(targets)}个。",
            f"{name}: {len(late)} tasks late or not done, {len(targets)} targets short.",
        )
    ]
    if late:
        lines += [
            about_task(task, [f"{task.promise[:_SHOWN]}；", *_lacking(task)], asked)
            for task in late
        ]
    for task, target in targets:
        figure = f"{target.actual:f}" if target.actual is not None else "-"
        quotes = [s for s in split_sentences(task) if figure in s and s not in task.promise][:1]
        lines += [line + "".join(quotes) for line in target_lines([(task, target)], asked)]
    lines += [about_task(task, gap, asked) for task, gap in gaps]
    return Reply("\n".join(lines), tuple(own), understood)


def _gap(task: TaskRecord) -> list[str]:
    """Return what is missing by the figures of a task that is under way, with the words for it."""
    if task.status not in ("in_progress", "partly_completed"):
        return []
    if gap := told_gap(task):
        return [gap, task.promise[:_SHOWN]]
    found = ((gap_in(sentence), sentence) for sentence in split_sentences(task))
    return next(([gap, sentence] for gap, sentence in found if gap), [])


def _lacking(task: TaskRecord) -> list[str]:
    """Return the sentences that tell what keeps a task back, and what of it is not done."""
    quotes = [obstacle.quote for obstacle in task.obstacles] or [task.shows]
    quotes += [sentence for sentence in split_sentences(task) if _NOT_DONE.search(sentence)][:1]
    return list(dict.fromkeys(quotes))


def due_of(name: str, tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return what a department has due in the period that is asked for, or later than its year."""
    own = tasks_of(name, tasks)
    understood = asked.says(f"{name}到期或更晚的任务", f"what {name} has due then or later")
    due = [task for task in own if (planned_then(task, asked) if asked.period else task.is_late)]
    head = asked.says(f"{name}有{len(due)}项：", f"{name} has {len(due)} such tasks:")
    told = list_planned(due, asked) if asked.period else listed(due, asked, with_state=True)
    return Reply(f"{head}\n{told}", tuple(due), understood)


def planned_then(task: TaskRecord, asked: Asked) -> list[str]:
    """Return the sentences of a task that plan something in the period that a question names."""
    if asked.period is None:
        return []
    # What was due before the report is no deadline any more.
    first, last = asked.period.first or task.as_of, asked.period.last or "9"
    days = [(*date_bounds(iso.partition("/")[0]), quote) for iso, quote in task.planned]
    # What is planned for a year is not planned for its last month.
    since = first if asked.period.first else ""
    found = (quote for start, end, quote in days if since <= start and first <= end <= last)
    return list(dict.fromkeys(found))


def list_planned(tasks: Sequence[TaskRecord], asked: Asked) -> str:
    """Return tasks, a line each, with what they plan in the period that a question names."""
    return "\n".join(
        about_task(
            task,
            [join_sentences([task.promise[:_BRIEF] + "…", *planned_then(task, asked)[:2]])],
            asked,
        )
        for task in tasks
    )


def _named(tasks: Sequence[TaskRecord]) -> set[tuple[str, str]]:
    """Return what tasks name and may tie them to others."""
    found = {pair for task in tasks for pair in task.names}
    return {(name, kind) for name, kind in found if len(name) > 2 and not name.isdecimal()}


def in_common(tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the joint tasks of two departments, and the things that tasks of each of them name."""
    first, second = asked.departments[:2]
    joint = [t for t in tasks if first in t.departments and second in t.departments]
    sides = [[t for t in tasks_of(name, tasks) if t not in joint] for name in (first, second)]
    both = [
        (name, kind)
        for name, kind in _named([*sides[0], *sides[1]])
        if all(any(task.mentions(name) for task in side) for side in sides)
    ]
    shared = sorted(both, key=lambda pair: (_rank(pair[1]), pair[0]))
    understood = asked.says(f"{first}和{second}的共同点", f"what {first} and {second} share")
    if not joint and not shared:
        text = asked.says(
            f"{first}和{second}没有共同的任务，也没有共同涉及的事物，不需要为此协调。",
            f"{first} and {second} have no task and no thing in common; they need not meet.",
        )
        return Reply(text, (), understood)
    lines = []
    if joint:
        head = f"共同负责{len(joint)}项任务，需要协调："
        lines += [asked.says(head, f"{len(joint)} joint tasks:"), listed(joint, asked)]
    else:
        head = f"{first}和{second}没有共同负责的任务。"
        lines.append(asked.says(head, "They have no joint task. "))
    if shared:
        shown = []
        for name, _ in shared[:MOST]:
            numbers = sorted(t.number for side in sides for t in side if t.mentions(name))
            told = "、".join(map(str, numbers))
            shown.append(f"{name}（{asked.says('任务', 'tasks ')}{told}）")
        lines.append(asked.says("各自任务都涉及：", "Tasks of both name: ") + "；".join(shown))
    return Reply("\n".join(lines), tuple(joint), understood)


def _rank(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def partners_of(name: str, tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the departments that a department has tasks or things in common with."""
    joint, shared = find_partners(name, tasks)
    order = sorted({*joint, *shared}, key=lambda it: (-len(joint[it]), -len(shared[it]), it))
    understood = asked.says(f"与{name}有联系的部门", f"the departments tied to {name}")
    if not order:
        text = f"{name}没有与其他部门共同的任务，也没有共同涉及的事物。"
        return Reply(asked.says(text, f"Nothing ties {name} to other departments."), (), understood)
    lines = [
        asked.says(
            f"{name}与{len(joint)}个部门共同负责任务，与{len(order)}个部门有联系：",
            f"{name} has joint tasks with {len(joint)} departments, ties with {len(order)}:",
        )
    ]
    for other in order[:_MOST_PARTNERS]:
        told = []
        if joint[other]:
            numbers = "、".join(map(str, sorted(joint[other])))
            told.append(asked.says(f"共同任务{numbers}", f"joint tasks {numbers}"))
        if shared[other]:
            things = "、".join(sorted(shared[other])[:_MOST_THINGS])
            told.append(asked.says(f"都涉及{things}", f"both name {things}"))
        lines.append(f"{other}：{'；'.join(told)}")
    own = [task for task in tasks_of(name, tasks) if len(task.departments) > 1]
    return Reply("\n".join(lines), tuple(own), understood)


def find_partners(
    name: str, tasks: Sequence[TaskRecord]
) -> tuple[defaultdict[str, set[int]], defaultdict[str, set[str]]]:
    """Return by department the numbers of the joint tasks, and the things that both name."""
    joint: defaultdict[str, set[int]] = defaultdict(set)
    shared: defaultdict[str, set[str]] = defaultdict(set)
    own = tasks_of(name, tasks)
    things = _named(own)
    for task in tasks:
        for other in task.departments:
            if other == name:
                continue
            if name in task.departments:
                joint[other].add(task.number)
            else:
                both = things.intersection(task.names)
                if both:
                    shared[other] |= {thing for thing, _ in both}
    return joint, shared
