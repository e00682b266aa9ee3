"""The function that answers the questions of each family."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.answers import departments, rankings, things
from kg.answers.changes import compare_districts
from kg.answers.replies import (
    Refusal,
    Reply,
    describe_target,
    describe_task,
    list_tasks,
    task_list_reply,
)
from kg.answers.search import split_sentences
from kg.answers.sentence_answers import AWAITS, content_words
from kg.answers.tasks import TaskRecord
from kg.answers.understanding.question import ParsedQuestion
from kg.answers.understanding.states import find_requested_state

Outcome = Reply | Refusal | None
FamilyAnswer = Callable[[ParsedQuestion, Sequence[TaskRecord]], Outcome]
# Minimum probabilities that a question asks what is behind or done, and that it asks for both.
_SURE, _BOTH = 0.4, 0.3
_MOST_NAMES = 2
_TASKS = re.compile("任务|工作|事|项|条|task|item|promise|commitment|line|row")
# Questions on what is done, and on what is not.
_DONE, _NOT_DONE = re.compile("了|done|finished|completed"), re.compile("还没|哪些没|not|still")
_APPROVAL = re.compile("审|批|点头|approv|permi|sign")
_CHAPTERS = re.compile("类目|大类|章节|板块|chapter|heading|categor")
_NEXT_YEAR = re.compile("明年|来年|后年|next year")
_HEADINGS = re.compile("类|章|块|大项|条线|部分|categor|chapter|heading|section|part")


def answer_by_number(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Reply:
    """Return the promises, targets and progress of the tasks that a question names by number."""
    found = [task for task in tasks if task.number in question.numbers]
    lines = []
    for task in found:
        figures = "".join(describe_target(target, question) for target in task.targets)
        lines.append(describe_task(task, (task.promise, figures, task.progress[:300]), question))
    understood = question.localise("某号任务", "tasks by number")
    return Reply("\n".join(lines), tuple(found), understood)


def _tasks_under_headings(
    tasks: Sequence[TaskRecord], question: ParsedQuestion
) -> Sequence[TaskRecord]:
    """Return the tasks under the headings that a question names; all tasks if it names none."""
    named = set(question.categories)
    return [task for task in tasks if named.intersection(task.categories)] if named else tasks


def _department_answer(
    answer: Callable[[str, Sequence[TaskRecord], ParsedQuestion], Reply],
) -> FamilyAnswer:
    """Return a family answer that calls `answer` for the departments of a question.

    Questions that also name a place, a period or a state are answered on those instead.
    """

    def answer_department(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
        if question.names:
            return _answer_department_place(question, tasks)
        if answer is departments.answer_tasks and question.period:
            return departments.answer_due(question.departments[0], tasks, question)
        if _is_about_done_and_behind(question):
            return _answer_each_department(question, tasks, departments.answer_tasks)
        if answer is departments.answer_tasks and (state := find_requested_state(question)):
            done = state in ("completed", "partly_completed")
            return _answer_each_department(
                question, tasks, departments.answer_done if done else departments.answer_behind
            )
        return _answer_each_department(question, _tasks_under_headings(tasks, question), answer)

    return answer_department


def _answer_each_department(
    question: ParsedQuestion,
    tasks: Sequence[TaskRecord],
    answer: Callable[[str, Sequence[TaskRecord], ParsedQuestion], Reply],
) -> Reply:
    """Return the answers on all departments that a short name may stand for."""
    (first, *_) = (m for m in question.mentions if m.kind == "Department")
    found = [answer(name, tasks, question) for name in first.names]
    text = "\n".join(one.text for one in found)
    return replace(found[0], text=text, tasks=tuple(t for one in found for t in one.tasks))


def _is_about_done_and_behind(question: ParsedQuestion) -> bool:
    """Return whether a question asks both what is done and what is not, or is unclear on it."""
    likely = dict(question.families)
    if question.has(_DONE) and question.has(_NOT_DONE) and question.text.count("哪") > 1:
        return True
    behind, done = likely["department_behind"], likely["department_done"]
    unsure = max(behind, done) < _SURE and not find_requested_state(question)
    return unsure or min(behind, done) > _BOTH


def _answer_department_due(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    due = departments.answer_due(question.departments[0], tasks, question)
    return due if due.tasks and not question.names else None


def _answer_department_place(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    own = departments.department_tasks(question.departments[0], tasks)
    found = [task for task in own if any(map(task.mentions, question.names))]
    return things.list_mentions(question.names[0], found, question) if len(found) > 1 else None


def _answer_common(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    return departments.answer_common(tasks, question) if len(question.departments) > 1 else None


def _answer_partners(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    if question.names:
        return None
    return departments.answer_partners(question.departments[0], tasks, question)


def _ranking_answer(measure: str) -> FamilyAnswer:
    def rank(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
        if rankings.is_ranking_of_things(tasks, question):
            return _rank_things(question, tasks)
        return rankings.rank_departments(_tasks_under_headings(tasks, question), question, measure)

    return rank


def _unless_named(
    answer_things: Callable[[Sequence[TaskRecord], ParsedQuestion], Outcome],
) -> FamilyAnswer:
    """Return an answer about all things, or about the ones that the question names."""

    def answer(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
        if question.names:
            return answer_mentions(question, tasks)
        return answer_things(tasks, question)

    return answer


_rank_things = _unless_named(rankings.rank_things)


def _count_tasks(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    if question.names:
        return answer_mentions(question, tasks)
    if question.has(_CHAPTERS) and not question.categories:
        return rankings.count_headings(tasks, question)
    if not question.has(_TASKS):
        return None
    under = _tasks_under_headings(tasks, question)
    if find_requested_state(question):
        return rankings.list_in_state(under, question)
    return rankings.count_tasks(under, question)


def _list_state(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    return rankings.list_in_state(_tasks_under_headings(tasks, question), question)


def _list_joint_tasks(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    joint = [task for task in tasks if len(task.departments) > 1]
    head = question.localise(
        f"{len(tasks)}项任务中，{len(joint)}项由多个部门负责：",
        f"{len(joint)} of {len(tasks)} tasks are joint:",
    )
    understood = question.localise("多个部门共同负责的任务", "tasks of several departments")
    return task_list_reply(head, joint, question, understood)


def _list_waiting_tasks(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    if question.period and not question.departments:
        return _list_planned_tasks(question, tasks)
    named = {*question.departments, *question.names}
    waiting: dict[TaskRecord, list[str]] = {}
    for task in tasks:
        awaited = {name for obstacle in task.obstacles for name in obstacle.awaits}
        quotes = [obstacle.quote for obstacle in task.obstacles]
        quotes += [s for s in split_sentences(task) if AWAITS.search(s) and s not in quotes]
        is_named = named & {*awaited, *task.departments} or any(
            name in quote for name in named for quote in quotes
        )
        if quotes and (is_named or not named):
            waiting[task] = quotes
    if question.has(_APPROVAL):
        approvals = {task: [q for q in waiting[task] if AWAITS.search(q)] for task in waiting}
        waiting = {task: quotes for task, quotes in approvals.items() if quotes} or waiting
    if not waiting:
        return None
    lines = [describe_task(task, quotes[:2], question) for task, quotes in waiting.items()]
    return Reply(
        "\n".join(lines), tuple(waiting), question.localise("谁在等谁", "who waits for whom")
    )


def _answer_place(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    name = question.names[0] if question.names else things.find_word(content_words(question), tasks)
    found = things.list_mentions(name, tasks, question) if name else None
    return found if found and len(found.tasks) > 1 else None


def answer_mentions(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    """Return the tasks that mention the things or words in a question."""
    if question.names:
        found = [
            things.list_mentions(name, tasks, question) for name in question.names[:_MOST_NAMES]
        ]
        text = "\n".join(one.text for one in found)
        return replace(found[0], text=text, tasks=tuple(t for one in found for t in one.tasks))
    if question.period:
        return _list_planned_tasks(question, tasks)
    if word := things.find_word(content_words(question), tasks):
        return things.list_mentions(word, tasks, question)
    return None


def _indicator_answer(*, short: bool) -> FamilyAnswer:
    def list_targets(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
        return rankings.list_judged_targets(
            _tasks_under_headings(tasks, question), question, short=short
        )

    return list_targets


def _list_planned_tasks(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    if is_about_next_year(question):
        return list_later_tasks(question, tasks)
    if question.period is None or question.names:
        return None
    if question.period.first[:4] > max(task.as_of[:4] for task in tasks):
        return list_later_tasks(question, tasks)
    found = [task for task in tasks if departments.planned_sentences(task, question)]
    if not found:
        return None
    head = question.localise(f"{len(found)}项任务有这个节点：", f"{len(found)} tasks:")
    text = f"{head}\n{departments.list_planned(found, question)}"
    understood = question.localise(f"{question.period.words}的任务", "what is planned then")
    return Reply(text, tuple(found), understood)


def is_about_next_year(question: ParsedQuestion) -> bool:
    """Return whether a question is about the year after the report's year."""
    return question.has(_NEXT_YEAR)


def list_later_tasks(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Reply:
    """Return the tasks that continue beyond the year of their report."""
    late = [task for task in tasks if task.is_late]
    head = question.localise(
        f"{len(late)}项任务要到明年或更晚：", f"{len(late)} tasks reach into later years:"
    )
    text = f"{head}\n{list_tasks(late, question, with_state=True)}"
    return Reply(text, tuple(late), question.localise("明年或更晚的任务", "tasks beyond the year"))


def _answer_category(question: ParsedQuestion, tasks: Sequence[TaskRecord]) -> Outcome:
    if not question.categories and not question.has(_HEADINGS):
        return None
    if not question.categories:
        return rankings.count_headings(tasks, question)
    under = _tasks_under_headings(tasks, question)
    heading = "、".join(question.categories)
    head = question.localise(f"{heading}：{len(under)}项任务", f"{heading}: {len(under)} tasks")
    return task_list_reply(
        head, under, question, question.localise(f"{heading}的任务", f"tasks of {heading}")
    )


ANSWERS: Mapping[str, FamilyAnswer] = {
    "department_tasks": _department_answer(departments.answer_tasks),
    "department_behind": _department_answer(departments.answer_behind),
    "department_done": _department_answer(departments.answer_done),
    "department_later": _answer_department_due,
    "department_place": _answer_department_place,
    "common": _answer_common,
    "partners": _answer_partners,
    "rank_departments": _ranking_answer("tasks"),
    "rank_behind": _ranking_answer("behind"),
    "rank_done": _ranking_answer("done"),
    "rank_partners": _ranking_answer("partners"),
    "rank_things": _rank_things,
    "count_tasks": _count_tasks,
    "list_state": _list_state,
    "joint": _list_joint_tasks,
    "waiting": _list_waiting_tasks,
    "place": _answer_place,
    "mentions": answer_mentions,
    "list_things": _unless_named(things.list_things),
    "indicators_met": _indicator_answer(short=False),
    "indicators_behind": _indicator_answer(short=True),
    "planned": _list_planned_tasks,
    "later": list_later_tasks,
    "districts": lambda question, tasks: compare_districts(tasks, question),
    "category": _answer_category,
}
