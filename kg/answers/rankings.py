"""Answers with rankings and counts of departments, things and tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from kg.answers.departments import find_partners
from kg.answers.replies import MOST, Reply, list_tasks, state_text, target_lines, task_list_reply
from kg.answers.tasks import TaskRecord
from kg.answers.things import find_requested_kind, find_requested_things
from kg.answers.understanding.question import ParsedQuestion
from kg.answers.understanding.states import filter_by_state, find_requested_state
from kg.labels import JUDGEMENTS, MISSED

_FEWEST = re.compile(
    "最少|最低|最小|最轻|最闲|最末|垫底|倒数|fewest|least|lowest|smallest|lightest"
)
_TIES = re.compile("部门|单位|牵|串|绑|拴|连|tie|department|bureau|agenc|link|connect|bind|span")
_PAIRS = re.compile("哪[两二](?:个|家)|which (?:two|pair)")
_JOINT = re.compile("任务|共同负责|joint|task")
_OF_TASKS = re.compile(
    r"哪一?[项件]任务|哪一?项(?!目)|哪一?件事|which (?:single )?(?:task|item|promise)"
)
_INNER = re.compile("二级|second|小类|子类")
_NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten"
_FIRST = re.compile(
    r"[前第哪]([一二三四五六七八九十\d]{1,2})(?!项|件)"
    rf"|\b(?:top|which|the) (\d{{1,2}}|{_NUMBER_WORDS})\b"
)
_EXACTLY = re.compile(
    r"(?:正好|刚好|只|仅|就)(?:有|担|负责|承担|领|管|背|摊)?了?([一二两三四五六七八九十\d]{1,2})[项件个]"
    r"(?:任务|工作|事|的)"
    rf"|(?:only|just|exactly) (?:an? |one )?(single|one|\d{{1,2}}|{_NUMBER_WORDS}) "
    "(?:single )?task"
)
_NUMERALS = "一二三四五六七八九十"
_WORDS = {word: number for number, word in enumerate(_NUMBER_WORDS.split("|"), 2)}
_PACE = re.compile("时序|进度|领先|快于|超前|pace|ahead|on track|schedule")


def count_tasks(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply:
    """Return the number of tasks by state and the number of departments."""
    states = Counter(task.status for task in tasks).most_common()
    states_text = question.localise("、", ", ").join(
        f"{state_text(state, question)}{question.localise('', ' ')}{count}"
        for state, count in states
    )
    units = {unit for task in tasks for unit in task.departments}
    text = question.localise(
        f"共{len(tasks)}项任务，涉及{len(units)}个部门：{states_text}。",
        f"{len(tasks)} tasks of {len(units)} departments: {states_text}.",
    )
    return Reply(text, (), question.localise("任务的数量", "how many tasks there are"))


def list_in_state(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply | None:
    """Return the tasks in the state that a question asks for, or None if it names no state."""
    state = find_requested_state(question)
    if state is None:
        return None
    found = filter_by_state(tasks, state)
    names = (
        question.localise("未完成", "unfinished")
        if state == "unfinished"
        else state_text(state, question)
    )
    head = question.localise(f"{names}的任务{len(found)}项：", f"{len(found)} tasks {names}:")
    text = head + "\n" + list_tasks(found, question, with_state=True)
    return Reply(text, tuple(found), question.localise(f"{names}的任务", f"the tasks {names}"))


def list_judged_targets(
    tasks: Sequence[TaskRecord], question: ParsedQuestion, *, short: bool
) -> Reply:
    """Return the numeric targets that are met or on track, or those that are missed."""
    ahead = question.has(_PACE)
    wanted = tuple(reversed(MISSED)) if short else ("met", "on_track") if ahead else ("met",)
    found = [(task, t) for task in tasks for t in task.targets if t.judgement in wanted]
    what = question.localise("、", " or ").join(
        question.localise(*JUDGEMENTS[judgement]) for judgement in wanted
    )
    head = question.localise(f"{len(found)}个数字目标{what}：", f"{len(found)} targets {what}:")
    tasks_found = tuple(dict.fromkeys(task for task, _ in found))
    lines = [head, *target_lines(found, question)]
    return Reply(
        "\n".join(lines), tasks_found, question.localise(f"{what}的目标", f"targets {what}")
    )


def rank_departments(
    tasks: Sequence[TaskRecord], question: ParsedQuestion, measure: str
) -> Reply | None:
    """Return the departments with the highest or lowest value of a measure.

    Args:
        tasks: The tasks.
        question: The question.
        measure: `tasks`, `behind`, `done` or `partners`.
    """
    if measure == "partners" and question.has(_PAIRS):
        pairs = Counter(
            " + ".join(pair) for task in tasks for pair in combinations(sorted(task.departments), 2)
        )
        return _ranking_reply(pairs, question.localise("项共同任务", " joint tasks"), question)
    counts: Counter[str] = Counter({unit: 0 for task in tasks for unit in task.departments})
    what = question.localise("项任务", " tasks")
    if measure == "partners" and not question.has(_JOINT):
        counts.update({unit: len(set().union(*find_partners(unit, tasks))) for unit in counts})
        what = question.localise("个有联系的部门", " connected departments")
    elif measure == "partners":
        joint = [task for task in tasks if len(task.departments) > 1]
        counts.update(unit for task in joint for unit in task.departments)
        what = question.localise("项共同任务", " joint tasks")
    elif measure == "behind":
        state = find_requested_state(question)
        if state == "unfinished":
            counts.update(unit for t in filter_by_state(tasks, state) for unit in t.departments)
            what = question.localise("项未完成", " unfinished tasks")
        else:
            counts.update(
                unit
                for task in tasks
                for short in [target.is_missed for target in task.targets] + [task.is_late]
                if short
                for unit in task.departments
            )
            what = question.localise("项任务或数字目标落后", " tasks or targets behind")
    elif measure == "done":
        done = [task for task in tasks if task.status == "completed"]
        counts.update(unit for task in done for unit in task.departments)
        what = question.localise("项已完成", " completed")
    else:
        counts.update(unit for task in tasks for unit in task.departments)
    return _ranking_reply(counts, what, question)


def is_ranking_of_things(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> bool:
    """Return whether a question ranks tasks or things of a class rather than departments."""
    return question.has(_OF_TASKS) or bool(find_requested_things(tasks, question))


def rank_things(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply | None:
    """Return the things or tasks that connect most departments, or that are mentioned most."""
    names = find_requested_things(tasks, question)
    if question.has(_OF_TASKS):
        return _rank_tasks(tasks, question)
    by_tie = question.has(_TIES) and find_requested_kind(question) != "Subdistrict"
    counts: Counter[str] = Counter()
    for name in names:
        found = [task for task in tasks if task.mentions(name)]
        units = {unit for task in found for unit in task.departments}
        counts[name] = len(units) if by_tie else len(found)
    what = question.localise(
        "个部门" if by_tie else "项任务提到", " departments" if by_tie else " tasks"
    )
    reply = _ranking_reply(counts, what, question)
    if reply is None or not by_tie:
        return reply
    shown = [name for name in names if f"{name}（" in reply.text]
    tied = [task for task in tasks if any(map(task.mentions, shown))]
    units_tied = dict.fromkeys(unit for task in tied for unit in task.departments)
    departments = question.localise("涉及：", "Departments: ") + question.localise("、", ", ").join(
        units_tied
    )
    return Reply(f"{reply.text}\n{departments}", tuple(tied), reply.understood)


def _rank_tasks(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply | None:
    """Return the tasks with the largest number of responsible departments."""
    most = max((len(task.departments) for task in tasks), default=0)
    if most < 2:
        return None
    found = [task for task in tasks if len(task.departments) == most]
    head = question.localise(f"{most}个部门共同负责：", f"{most} departments are responsible for:")
    return task_list_reply(
        head,
        found,
        question,
        question.localise("部门最多的任务", "the tasks with most departments"),
    )


def _ranking_reply(counts: Counter[str], what: str, question: ParsedQuestion) -> Reply | None:
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if question.has(_FEWEST):
        order.reverse()
    if not order:
        return None
    best = _top_entries(order, _ranking_size(question.text))
    text = question.localise("、", ", ").join(f"{name}（{count}{what}）" for name, count in best)
    return Reply(text + question.localise("。", "."), (), question.localise("排名", "a ranking"))


def _top_entries(order: Sequence[tuple[str, int]], size: int) -> list[tuple[str, int]]:
    """Return the first entries of a ranking, and those equal to the last of them."""
    least = order[min(size, len(order)) - 1][1]
    return [pair for place, pair in enumerate(order) if place < size or pair[1] == least][:MOST]


def _ranking_size(text: str) -> int:
    """Return how many entries of a ranking a question asks for.

    >>> _ranking_size("前三名是谁"), _ranking_size("top 5 departments"), _ranking_size("谁最多")
    (3, 5, 1)
    """
    found = _FIRST.search(text.lower())
    if not found:
        return 1
    return _parse_number(found[1] or found[2])


def _parse_number(words: str) -> int:
    """Return the value of a number in digits or words: 3, 三, three, single."""
    if words.isdecimal():
        return int(words)
    if words in ("single", "one"):
        return 1
    return _WORDS[words] if words in _WORDS else _NUMERALS.index(words[0].replace("两", "二")) + 1


def departments_with_count(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply | None:
    """Return the departments with exactly the number of tasks that a question names, or None."""
    found = _EXACTLY.search(question.text.lower())
    if not found or not question.has(_TIES):
        return None
    wanted = _parse_number(found[1] or found[2])
    counts = Counter(unit for task in tasks for unit in task.departments)
    names = sorted(unit for unit, count in counts.items() if count == wanted)
    text = question.localise(
        f"{len(names)}个部门有{wanted}项任务：{'、'.join(names)}。",
        f"{len(names)} departments have {wanted} tasks: {', '.join(names)}.",
    )
    return Reply(text, (), question.localise("任务数相同的部门", "departments by number of tasks"))


def count_headings(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply | None:
    """Return the headings of the report by number of tasks, the largest first."""
    level = slice(-1, None) if question.has(_INNER) else slice(0, 1)
    counts = Counter(heading for task in tasks for heading in task.categories[level])
    if not counts:
        return None
    lines = [question.localise(f"{len(counts)}个类目：", f"{len(counts)} headings:")]
    lines += [
        f"{name}（{count}{question.localise('项任务', ' tasks')}）"
        for name, count in counts.most_common()
    ]
    return Reply(
        "\n".join(lines), (), question.localise("报告的类目", "the headings of the report")
    )
