"""The answer to a question of each family."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.answers import departments, rankings, things
from kg.answers.changes import compare_districts
from kg.answers.matter import AWAITS, asked_words
from kg.answers.replies import Refusal, Reply, about_target, about_task, listed, of_tasks
from kg.answers.search import split_sentences
from kg.answers.tasks import TaskRecord
from kg.answers.understanding.question import Asked
from kg.answers.understanding.states import state_asked

Found = Reply | Refusal | None
Answer = Callable[[Asked, Sequence[TaskRecord]], Found]
# From what probability on a department is asked for what is behind or done, and for both.
_SURE, _BOTH = 0.4, 0.3
_MOST_NAMES = 2
_TASKS = re.compile("任务|工作|事|项|条|task|item|promise|commitment|line|row")
# Who asks what is done and what is not.
_DONE, _NOT_DONE = re.compile("了|done|finished|completed"), re.compile("还没|哪些没|not|still")
_APPROVAL = re.compile("审|批|点头|approv|permi|sign")
_CHAPTERS = re.compile("类目|大类|章节|板块|chapter|heading|categor")
_NEXT_YEAR = re.compile("明年|来年|后年|next year")
_HEADINGS = re.compile("类|章|块|大项|条线|部分|categor|chapter|heading|section|part")


def tell_numbered(asked: Asked, tasks: Sequence[TaskRecord]) -> Reply:
    """Return what the tasks with some numbers say."""
    found = [task for task in tasks if task.number in asked.numbers]
    lines = []
    for task in found:
        figures = "".join(about_target(target, asked) for target in task.targets)
        lines.append(about_task(task, (task.promise, figures, task.progress[:300]), asked))
    understood = asked.says("某号任务", "tasks by number")
    return Reply("\n".join(lines), tuple(found), understood)


def _under_heading(tasks: Sequence[TaskRecord], asked: Asked) -> Sequence[TaskRecord]:
    """Return the tasks under the headings that a question names, or all where it names none."""
    named = set(asked.categories)
    return [task for task in tasks if named.intersection(task.categories)] if named else tasks


def _of_department(
    answer: Callable[[str, Sequence[TaskRecord], Asked], Reply],
) -> Answer:
    """Return what answers on a department, where a question says nothing of one matter of it."""

    def of_department(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
        if asked.names:
            return _department_place(asked, tasks)
        if answer is departments.all_of and asked.period:
            return departments.due_of(asked.departments[0], tasks, asked)
        if _asks_both(asked):
            return _each(asked, tasks, departments.all_of)
        if answer is departments.all_of and (state := state_asked(asked)):
            done = state in ("completed", "partly_completed")
            return _each(asked, tasks, departments.done_by if done else departments.behind_of)
        return _each(asked, _under_heading(tasks, asked), answer)

    return of_department


def _each(
    asked: Asked,
    tasks: Sequence[TaskRecord],
    answer: Callable[[str, Sequence[TaskRecord], Asked], Reply],
) -> Reply:
    """Return the answers on all departments that a short form fits equally."""
    (first, *_) = (m for m in asked.mentions if m.kind == "Department")
    found = [answer(name, tasks, asked) for name in first.names]
    text = "\n".join(one.text for one in found)
    return replace(found[0], text=text, tasks=tuple(t for one in found for t in one.tasks))


def _asks_both(asked: Asked) -> bool:
    """Tell whether a question asks what is done and what is not, or neither for certain."""
    likely = dict(asked.families)
    if asked.has(_DONE) and asked.has(_NOT_DONE) and asked.text.count("哪") > 1:
        return True
    behind, done = likely["department_behind"], likely["department_done"]
    unsure = max(behind, done) < _SURE and not state_asked(asked)
    return unsure or min(behind, done) > _BOTH


def _department_later(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    due = departments.due_of(asked.departments[0], tasks, asked)
    return due if due.tasks and not asked.names else None


def _department_place(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    own = departments.tasks_of(asked.departments[0], tasks)
    found = [task for task in own if any(map(task.mentions, asked.names))]
    return things.mentions(asked.names[0], found, asked) if len(found) > 1 else None


def _common(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    return departments.in_common(tasks, asked) if len(asked.departments) > 1 else None


def _partners(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    if asked.names:
        return None
    return departments.partners_of(asked.departments[0], tasks, asked)


def _rank(measure: str) -> Answer:
    def rank(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
        if rankings.ranks_things(tasks, asked):
            return _rank_things(asked, tasks)
        return rankings.rank_departments(_under_heading(tasks, asked), asked, measure)

    return rank


def _rank_things(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    return rankings.rank_things(tasks, asked) if not asked.names else tell_mentions(asked, tasks)


def _count_tasks(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    if asked.names:
        return tell_mentions(asked, tasks)
    if asked.has(_CHAPTERS) and not asked.categories:
        return rankings.count_headings(tasks, asked)
    if not asked.has(_TASKS):
        return None
    under = _under_heading(tasks, asked)
    if state_asked(asked):
        return rankings.of_state(under, asked)
    return rankings.totals(under, asked)


def _list_state(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    return rankings.of_state(_under_heading(tasks, asked), asked)


def _joint(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    joint = [task for task in tasks if len(task.departments) > 1]
    head = asked.says(
        f"{len(tasks)}项任务中，{len(joint)}项由多个部门负责：",
        f"{len(joint)} of {len(tasks)} tasks are joint:",
    )
    understood = asked.says("多个部门共同负责的任务", "tasks of several departments")
    return of_tasks(head, joint, asked, understood)


def _waiting(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    if asked.period and not asked.departments:
        return _planned(asked, tasks)
    named = {*asked.departments, *asked.names}
    told: dict[TaskRecord, list[str]] = {}
    for task in tasks:
        awaited = {name for obstacle in task.obstacles for name in obstacle.awaits}
        quotes = [obstacle.quote for obstacle in task.obstacles]
        quotes += [s for s in split_sentences(task) if AWAITS.search(s) and s not in quotes]
        is_named = named & {*awaited, *task.departments} or any(
            name in quote for name in named for quote in quotes
        )
        if quotes and (is_named or not named):
            told[task] = quotes
    if asked.has(_APPROVAL):
        approvals = {task: [q for q in told[task] if AWAITS.search(q)] for task in told}
        told = {task: quotes for task, quotes in approvals.items() if quotes} or told
    if not told:
        return None
    lines = [about_task(task, quotes[:2], asked) for task, quotes in told.items()]
    return Reply("\n".join(lines), tuple(told), asked.says("谁在等谁", "who waits for whom"))


def _place(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    name = asked.names[0] if asked.names else things.find_word(asked_words(asked), tasks)
    found = things.mentions(name, tasks, asked) if name else None
    return found if found and len(found.tasks) > 1 else None


def tell_mentions(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    """Return the tasks that name the things, or hold the words, that a question asks for."""
    if asked.names:
        found = [things.mentions(name, tasks, asked) for name in asked.names[:_MOST_NAMES]]
        text = "\n".join(one.text for one in found)
        return replace(found[0], text=text, tasks=tuple(t for one in found for t in one.tasks))
    if asked.period:
        return _planned(asked, tasks)
    if word := things.find_word(asked_words(asked), tasks):
        return things.mentions(word, tasks, asked)
    return None


def _list_things(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    return things.all_things(tasks, asked) if not asked.names else tell_mentions(asked, tasks)


def _judged(*, short: bool) -> Answer:
    def judged(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
        return rankings.judged(_under_heading(tasks, asked), asked, short=short)

    return judged


def _planned(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    if asks_of_next_year(asked):
        return tell_later(asked, tasks)
    if asked.period is None or asked.names:
        return None
    if asked.period.first[:4] > max(task.as_of[:4] for task in tasks):
        return tell_later(asked, tasks)
    found = [task for task in tasks if departments.planned_then(task, asked)]
    if not found:
        return None
    head = asked.says(f"{len(found)}项任务有这个节点：", f"{len(found)} tasks:")
    text = f"{head}\n{departments.list_planned(found, asked)}"
    understood = asked.says(f"{asked.period.words}的任务", "what is planned then")
    return Reply(text, tuple(found), understood)


def asks_of_next_year(asked: Asked) -> bool:
    """Tell whether a question is about the year after the report's."""
    return asked.has(_NEXT_YEAR)


def tell_later(asked: Asked, tasks: Sequence[TaskRecord]) -> Reply:
    """Return the tasks that reach into later years."""
    late = [task for task in tasks if task.is_late]
    head = asked.says(
        f"{len(late)}项任务要到明年或更晚：", f"{len(late)} tasks reach into later years:"
    )
    text = f"{head}\n{listed(late, asked, with_state=True)}"
    return Reply(text, tuple(late), asked.says("明年或更晚的任务", "tasks beyond the year"))


def _category(asked: Asked, tasks: Sequence[TaskRecord]) -> Found:
    if not asked.categories and not asked.has(_HEADINGS):
        return None
    if not asked.categories:
        return rankings.count_headings(tasks, asked)
    under = _under_heading(tasks, asked)
    heading = "、".join(asked.categories)
    head = asked.says(f"{heading}：{len(under)}项任务", f"{heading}: {len(under)} tasks")
    return of_tasks(head, under, asked, asked.says(f"{heading}的任务", f"tasks of {heading}"))


ANSWERS: Mapping[str, Answer] = {
    "department_tasks": _of_department(departments.all_of),
    "department_behind": _of_department(departments.behind_of),
    "department_done": _of_department(departments.done_by),
    "department_later": _department_later,
    "department_place": _department_place,
    "common": _common,
    "partners": _partners,
    "rank_departments": _rank("tasks"),
    "rank_behind": _rank("behind"),
    "rank_done": _rank("done"),
    "rank_partners": _rank("partners"),
    "rank_things": _rank_things,
    "count_tasks": _count_tasks,
    "list_state": _list_state,
    "joint": _joint,
    "waiting": _waiting,
    "place": _place,
    "mentions": tell_mentions,
    "list_things": _list_things,
    "indicators_met": _judged(short=False),
    "indicators_behind": _judged(short=True),
    "planned": _planned,
    "later": tell_later,
    "districts": lambda asked, tasks: compare_districts(tasks, asked),
    "category": _category,
}
