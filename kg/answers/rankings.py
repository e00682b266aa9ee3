"""Rankings and counts: which departments, things or tasks have most of what is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from kg.answers.departments import find_partners
from kg.answers.replies import MOST, Reply, listed, of_tasks, state_of, target_lines
from kg.answers.tasks import TaskRecord
from kg.answers.things import kind_asked, things_asked
from kg.answers.understanding.question import Asked
from kg.answers.understanding.states import in_state, state_asked
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


def totals(tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return how many tasks there are, in which states, and of how many departments."""
    states = Counter(task.status for task in tasks).most_common()
    told = asked.says("、", ", ").join(
        f"{state_of(state, asked)}{asked.says('', ' ')}{count}" for state, count in states
    )
    units = {unit for task in tasks for unit in task.departments}
    text = asked.says(
        f"共{len(tasks)}项任务，涉及{len(units)}个部门：{told}。",
        f"{len(tasks)} tasks of {len(units)} departments: {told}.",
    )
    return Reply(text, (), asked.says("任务的数量", "how many tasks there are"))


def of_state(tasks: Sequence[TaskRecord], asked: Asked) -> Reply | None:
    """Return the tasks in the state that a question asks for, or None where it names none."""
    state = state_asked(asked)
    if state is None:
        return None
    found = in_state(tasks, state)
    names = asked.says("未完成", "unfinished") if state == "unfinished" else state_of(state, asked)
    head = asked.says(f"{names}的任务{len(found)}项：", f"{len(found)} tasks {names}:")
    text = head + "\n" + listed(found, asked, with_state=True)
    return Reply(text, tuple(found), asked.says(f"{names}的任务", f"the tasks {names}"))


def judged(tasks: Sequence[TaskRecord], asked: Asked, *, short: bool) -> Reply:
    """Return the numeric targets that are met or ahead of their pace, or those that fall short."""
    ahead = asked.has(_PACE)
    wanted = tuple(reversed(MISSED)) if short else ("met", "on_track") if ahead else ("met",)
    found = [(task, t) for task in tasks for t in task.targets if t.judgement in wanted]
    what = asked.says("、", " or ").join(asked.says(*JUDGEMENTS[judgement]) for judgement in wanted)
    head = asked.says(f"{len(found)}个数字目标{what}：", f"{len(found)} targets {what}:")
    tasks_found = tuple(dict.fromkeys(task for task, _ in found))
    lines = [head, *target_lines(found, asked)]
    return Reply("\n".join(lines), tasks_found, asked.says(f"{what}的目标", f"targets {what}"))


def rank_departments(tasks: Sequence[TaskRecord], asked: Asked, measure: str) -> Reply | None:
    """Return which departments have most or fewest of what is asked.

    Args:
        tasks: The tasks.
        asked: The question.
        measure: `tasks`, `behind`, `done` or `partners`.
    """
    if measure == "partners" and asked.has(_PAIRS):
        pairs = Counter(
            " + ".join(pair) for task in tasks for pair in combinations(sorted(task.departments), 2)
        )
        return _ranked(pairs, asked.says("项共同任务", " joint tasks"), asked)
    counts: Counter[str] = Counter({unit: 0 for task in tasks for unit in task.departments})
    what = asked.says("项任务", " tasks")
    if measure == "partners" and not asked.has(_JOINT):
        counts.update({unit: len(set().union(*find_partners(unit, tasks))) for unit in counts})
        what = asked.says("个有联系的部门", " departments tied to it")
    elif measure == "partners":
        joint = [task for task in tasks if len(task.departments) > 1]
        counts.update(unit for task in joint for unit in task.departments)
        what = asked.says("项共同任务", " joint tasks")
    elif measure == "behind":
        state = state_asked(asked)
        if state == "unfinished":
            counts.update(unit for t in in_state(tasks, state) for unit in t.departments)
            what = asked.says("项未完成", " unfinished tasks")
        else:
            counts.update(
                unit
                for task in tasks
                for short in [target.falls_short for target in task.targets] + [task.is_late]
                if short
                for unit in task.departments
            )
            what = asked.says("项任务或数字目标落后", " tasks or targets behind")
    elif measure == "done":
        done = [task for task in tasks if task.status == "completed"]
        counts.update(unit for task in done for unit in task.departments)
        what = asked.says("项已完成", " completed")
    else:
        counts.update(unit for task in tasks for unit in task.departments)
    return _ranked(counts, what, asked)


def ranks_things(tasks: Sequence[TaskRecord], asked: Asked) -> bool:
    """Tell whether a question ranks tasks, or things of a kind, and not departments."""
    return asked.has(_OF_TASKS) or bool(things_asked(tasks, asked))


def rank_things(tasks: Sequence[TaskRecord], asked: Asked) -> Reply | None:
    """Return the things or tasks that tie most departments, or are named most."""
    names = things_asked(tasks, asked)
    if asked.has(_OF_TASKS):
        return _rank_tasks(tasks, asked)
    by_tie = asked.has(_TIES) and kind_asked(asked) != "Subdistrict"
    counts: Counter[str] = Counter()
    for name in names:
        found = [task for task in tasks if task.mentions(name)]
        units = {unit for task in found for unit in task.departments}
        counts[name] = len(units) if by_tie else len(found)
    what = asked.says("个部门" if by_tie else "项任务提到", " departments" if by_tie else " tasks")
    reply = _ranked(counts, what, asked)
    if reply is None or not by_tie:
        return reply
    shown = [name for name in names if f"{name}（" in reply.text]
    tied = [task for task in tasks if any(map(task.mentions, shown))]
    units_tied = dict.fromkeys(unit for task in tied for unit in task.departments)
    told = asked.says("涉及：", "Departments: ") + asked.says("、", ", ").join(units_tied)
    return Reply(f"{reply.text}\n{told}", tuple(tied), reply.understood)


def _rank_tasks(tasks: Sequence[TaskRecord], asked: Asked) -> Reply | None:
    """Return the tasks that most departments answer for."""
    most = max((len(task.departments) for task in tasks), default=0)
    if most < 2:
        return None
    found = [task for task in tasks if len(task.departments) == most]
    head = asked.says(f"{most}个部门共同负责：", f"{most} departments answer for:")
    return of_tasks(
        head, found, asked, asked.says("部门最多的任务", "the tasks of most departments")
    )


def _ranked(counts: Counter[str], what: str, asked: Asked) -> Reply | None:
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if asked.has(_FEWEST):
        order.reverse()
    if not order:
        return None
    best = _first(order, _how_many(asked.text))
    text = asked.says("、", ", ").join(f"{name}（{count}{what}）" for name, count in best)
    return Reply(text + asked.says("。", "."), (), asked.says("排名", "a ranking"))


def _first(order: Sequence[tuple[str, int]], size: int) -> list[tuple[str, int]]:
    """Return the first of a ranking, and what is equal to the last of them."""
    least = order[min(size, len(order)) - 1][1]
    return [pair for place, pair in enumerate(order) if place < size or pair[1] == least][:MOST]


def _how_many(text: str) -> int:
    """Return how many of a ranking are asked for.

    >>> _how_many("前三名是谁"), _how_many("top 5 departments"), _how_many("谁最多")
    (3, 5, 1)
    """
    found = _FIRST.search(text.lower())
    if not found:
        return 1
    return _number(found[1] or found[2])


def _number(words: str) -> int:
    """Return the number that words tell: 3, 三, three, single."""
    if words.isdecimal():
        return int(words)
    if words in ("single", "one"):
        return 1
    return _WORDS[words] if words in _WORDS else _NUMERALS.index(words[0].replace("两", "二")) + 1


def with_exactly(tasks: Sequence[TaskRecord], asked: Asked) -> Reply | None:
    """Return the departments that have just so many tasks as a question says, or None."""
    found = _EXACTLY.search(asked.text.lower())
    if not found or not asked.has(_TIES):
        return None
    wanted = _number(found[1] or found[2])
    counts = Counter(unit for task in tasks for unit in task.departments)
    names = sorted(unit for unit, count in counts.items() if count == wanted)
    text = asked.says(
        f"{len(names)}个部门有{wanted}项任务：{'、'.join(names)}。",
        f"{len(names)} departments have {wanted} tasks: {', '.join(names)}.",
    )
    return Reply(text, (), asked.says("任务数相同的部门", "departments by number of tasks"))


def count_headings(tasks: Sequence[TaskRecord], asked: Asked) -> Reply | None:
    """Return the headings of the report with the number of tasks under each, the largest first."""
    level = slice(-1, None) if asked.has(_INNER) else slice(0, 1)
    counts = Counter(heading for task in tasks for heading in task.categories[level])
    if not counts:
        return None
    lines = [asked.says(f"{len(counts)}个类目：", f"{len(counts)} headings:")]
    lines += [
        f"{name}（{count}{asked.says('项任务', ' tasks')}）" for name, count in counts.most_common()
    ]
    return Reply("\n".join(lines), (), asked.says("报告的类目", "the headings of the report"))
