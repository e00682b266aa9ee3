"""Answers on departments: their tasks, what is behind or done, and what they share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg.answers.figures import find_gap, find_task_gap
from kg.answers.replies import (
    MOST,
    Reply,
    describe_target,
    describe_task,
    join_sentences,
    list_tasks,
    target_lines,
    task_list_reply,
)
from kg.answers.search import split_sentences
from kg.answers.tasks import TaskRecord
from kg.answers.understanding.question import ParsedQuestion
from kg.answers.understanding.states import filter_by_state, find_requested_state
from kg.graph.rdf.literals import date_bounds

# Classes of things that several departments may share, the most informative first.
_KINDS = ("Project", "Place", "Road", "Community", "Event", "Policy", "Organization", "PublicBody")
_NOT_DONE = re.compile("未(?!来|成年)|尚|没有|暂缓|推迟|延")
_MOST_PARTNERS, _MOST_THINGS = 10, 3
# Maximum length of a promise next to other sentences of its task.
_SHOWN, _BRIEF = 80, 30


def department_tasks(name: str, tasks: Sequence[TaskRecord]) -> list[TaskRecord]:
    """Return the tasks that a department is responsible for."""
    return [task for task in tasks if name in task.departments]


def answer_tasks(name: str, tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply:
    """Return the answer that lists the tasks of a department."""
    own = department_tasks(name, tasks)
    head = question.localise(
        f"{name}负责{len(own)}项任务：", f"{name} is responsible for {len(own)} tasks:"
    )
    return task_list_reply(
        head, own, question, question.localise(f"{name}的任务", f"the tasks of {name}")
    )


def answer_done(name: str, tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply:
    """Return the completed tasks of a department and its targets that are met."""
    own = department_tasks(name, tasks)
    done = [task for task in own if task.status == "completed"]
    met = [(task, t) for task in own for t in task.targets if t.judgement in ("met", "on_track")]
    partly = [task for task in own if task.status == "partly_completed"]
    lines = [
        question.localise(
            f"{name}已完成{len(done)}项，达到或超过时序的数字目标{len(met)}个。",
            f"{name} has completed {len(done)} tasks; {len(met)} targets are met or on track.",
        )
    ]
    lines += target_lines(met, question)
    if done:
        lines.append(list_tasks(done, question, with_state=True))
    if partly:
        lines.append(question.localise("部分完成：", "Partly completed: "))
        lines.append(list_tasks(partly, question, with_state=True))
    understood = question.localise(f"{name}完成的任务和指标", f"what {name} has completed")
    return Reply("\n".join(lines), tuple(done or own), understood)


def answer_behind(name: str, tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply:
    """Return the tasks of a department that are late and its targets that are missed."""
    own = department_tasks(name, tasks)
    late = [t for t in own if t.is_late or t.obstacles or t.status == "not_started"]
    if find_requested_state(question) == "unfinished":
        late += [task for task in filter_by_state(own, "unfinished") if task not in late]
    targets = [(task, t) for task in own for t in task.targets if t.is_missed]
    short = {task.path for task, _ in targets}
    gaps = [(t, gap) for t in own if t.path not in short and (gap := _gap_sentences(t))]
    understood = question.localise(f"{name}落后的任务和指标", f"what {name} is behind with")
    if not late and not targets and not gaps:
        figures = "".join(describe_target(t, question) for task in own for t in task.targets)
        head = question.localise(
            f"没有，{name}没有落后的任务。", f"No task of {name} is behind schedule. "
        )
        return Reply(head + figures, tuple(own), understood)
    lines = [
        question.localise(
            f"{name}落后的：推迟、受阻或未完成{len(late)}项，数字目标{len(targets)}个。",
            f"{name}: {len(late)} tasks late or not done, {len(targets)} targets short.",
        )
    ]
    if late:
        lines += [
            describe_task(
                task, [f"{task.promise[:_SHOWN]}；", *_obstacle_sentences(task)], question
            )
            for task in late
        ]
    for task, target in targets:
        figure = f"{target.actual:f}" if target.actual is not None else "-"
        quotes = [s for s in split_sentences(task) if figure in s and s not in task.promise][:1]
        lines += [line + "".join(quotes) for line in target_lines([(task, target)], question)]
    lines += [describe_task(task, gap, question) for task, gap in gaps]
    return Reply("\n".join(lines), tuple(own), understood)


def _gap_sentences(task: TaskRecord) -> list[str]:
    """Return the gap between the figures of a task in progress, with the sentence it is from."""
    if task.status not in ("in_progress", "partly_completed"):
        return []
    if gap := find_task_gap(task):
        return [gap, task.promise[:_SHOWN]]
    found = ((find_gap(sentence), sentence) for sentence in split_sentences(task))
    return next(([gap, sentence] for gap, sentence in found if gap), [])


def _obstacle_sentences(task: TaskRecord) -> list[str]:
    """Return the sentences on the obstacles of a task and on what is not done."""
    quotes = [obstacle.quote for obstacle in task.obstacles] or [task.state_sentence]
    quotes += [sentence for sentence in split_sentences(task) if _NOT_DONE.search(sentence)][:1]
    return list(dict.fromkeys(quotes))


def answer_due(name: str, tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply:
    """Return what a department has due in the period of a question, or after the report's year."""
    own = department_tasks(name, tasks)
    understood = question.localise(f"{name}到期或更晚的任务", f"what {name} has due then or later")
    due = [
        task
        for task in own
        if (planned_sentences(task, question) if question.period else task.is_late)
    ]
    head = question.localise(f"{name}有{len(due)}项：", f"{name} has {len(due)} such tasks:")
    listing = (
        list_planned(due, question)
        if question.period
        else list_tasks(due, question, with_state=True)
    )
    return Reply(f"{head}\n{listing}", tuple(due), understood)


def planned_sentences(task: TaskRecord, question: ParsedQuestion) -> list[str]:
    """Return the sentences of a task with plans for the period that a question names."""
    if question.period is None:
        return []
    # Dates before the report are not deadlines any more.
    first, last = question.period.first or task.as_of, question.period.last or "9"
    days = [(*date_bounds(iso.partition("/")[0]), quote) for iso, quote in task.planned]
    # A plan for a whole year is not a plan for its last month.
    since = first if question.period.first else ""
    found = (quote for start, end, quote in days if since <= start and first <= end <= last)
    return list(dict.fromkeys(found))


def list_planned(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> str:
    """Return one line for each task, with its plans for the period that a question names."""
    return "\n".join(
        describe_task(
            task,
            [join_sentences([task.promise[:_BRIEF] + "…", *planned_sentences(task, question)[:2]])],
            question,
        )
        for task in tasks
    )


def _named_things(tasks: Sequence[TaskRecord]) -> set[tuple[str, str]]:
    """Return the things that tasks mention and that may connect departments."""
    found = {pair for task in tasks for pair in task.names}
    return {(name, kind) for name, kind in found if len(name) > 2 and not name.isdecimal()}


def answer_common(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply:
    """Return the joint tasks of two departments and the things that tasks of both mention."""
    first, second = question.departments[:2]
    joint = [t for t in tasks if first in t.departments and second in t.departments]
    sides = [
        [t for t in department_tasks(name, tasks) if t not in joint] for name in (first, second)
    ]
    both = [
        (name, kind)
        for name, kind in _named_things([*sides[0], *sides[1]])
        if all(any(task.mentions(name) for task in side) for side in sides)
    ]
    shared = sorted(both, key=lambda pair: (_kind_rank(pair[1]), pair[0]))
    understood = question.localise(f"{first}和{second}的共同点", f"what {first} and {second} share")
    if not joint and not shared:
        text = question.localise(
            f"{first}和{second}没有共同的任务，也没有共同涉及的事物，不需要为此协调。",
            f"{first} and {second} share no task and no thing; they need not coordinate.",
        )
        return Reply(text, (), understood)
    lines = []
    if joint:
        head = f"共同负责{len(joint)}项任务，需要协调："
        lines += [
            question.localise(head, f"{len(joint)} joint tasks:"),
            list_tasks(joint, question),
        ]
    else:
        head = f"{first}和{second}没有共同负责的任务。"
        lines.append(question.localise(head, "They have no joint task. "))
    if shared:
        shown = []
        for name, _ in shared[:MOST]:
            numbers = sorted(t.number for side in sides for t in side if t.mentions(name))
            numbers_text = "、".join(map(str, numbers))
            shown.append(f"{name}（{question.localise('任务', 'tasks ')}{numbers_text}）")
        lines.append(
            question.localise("各自任务都涉及：", "Tasks of both mention: ") + "；".join(shown)
        )
    return Reply("\n".join(lines), tuple(joint), understood)


def _kind_rank(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def answer_partners(name: str, tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply:
    """Return the departments that share tasks or things with a department."""
    joint, shared = find_partners(name, tasks)
    order = sorted({*joint, *shared}, key=lambda it: (-len(joint[it]), -len(shared[it]), it))
    understood = question.localise(f"与{name}有联系的部门", f"the departments connected to {name}")
    if not order:
        text = f"{name}没有与其他部门共同的任务，也没有共同涉及的事物。"
        return Reply(
            question.localise(text, f"{name} shares nothing with other departments."),
            (),
            understood,
        )
    lines = [
        question.localise(
            f"{name}与{len(joint)}个部门共同负责任务，与{len(order)}个部门有联系：",
            f"{name} has joint tasks with {len(joint)} departments and ties to {len(order)}:",
        )
    ]
    for other in order[:_MOST_PARTNERS]:
        ties = []
        if joint[other]:
            numbers = "、".join(map(str, sorted(joint[other])))
            ties.append(question.localise(f"共同任务{numbers}", f"joint tasks {numbers}"))
        if shared[other]:
            things = "、".join(sorted(shared[other])[:_MOST_THINGS])
            ties.append(question.localise(f"都涉及{things}", f"both mention {things}"))
        lines.append(f"{other}：{'；'.join(ties)}")
    own = [task for task in department_tasks(name, tasks) if len(task.departments) > 1]
    return Reply("\n".join(lines), tuple(own), understood)


def find_partners(
    name: str, tasks: Sequence[TaskRecord]
) -> tuple[defaultdict[str, set[int]], defaultdict[str, set[str]]]:
    """Return the partners of a department.

    Returns:
        By partner the numbers of the joint tasks, and by partner the things that both mention.
    """
    joint: defaultdict[str, set[int]] = defaultdict(set)
    shared: defaultdict[str, set[str]] = defaultdict(set)
    own = department_tasks(name, tasks)
    things = _named_things(own)
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
