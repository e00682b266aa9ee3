"""Rankings and counts: which departments, or things of a sort, have most of what is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.answers.intents import Asked
from kg.answers.replies import MOST, Reply, speaker, state_of
from kg.answers.tasks import TaskRecord

_KIND_WORDS = {
    "Road": ("路", "road"),
    "Subdistrict": ("街道", "subdistrict"),
    "Event": ("活动", "赛事", "节庆", "大会", "event"),
    "Organization": ("企业", "organi"),
    "Project": ("项目", "project"),
    "Policy": ("政策", "polic"),
    "Community": ("社区", "communit"),
    "Place": ("地方", "place"),
}
# What things of a sort are called, by the word that asks for them.
_SORTS = {
    "医院": ("医院", "hospital"),
    "学校": ("学校", "school"),
    "大学": ("大学", "universit"),
    "公园": ("公园", "park"),
    "广场": ("广场", "square"),
    "公司": ("公司", "compan"),
    "湖": ("湖", "lake"),
    "桥": ("桥", "bridge"),
}


def totals(tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return how many tasks there are, and in which state."""
    say = speaker(asked)
    states = Counter(state_of(task, say) for task in tasks).most_common()
    told = say("、", ", ").join(f"{state}{say('', ' ')}{count}" for state, count in states)
    text = say(f"共{len(tasks)}项任务：{told}。", f"{len(tasks)} tasks: {told}.")
    return Reply(text, (), "how many tasks there are")


def ranking(tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return which departments, or things of a kind, have most or fewest of what is asked."""
    say = speaker(asked)
    kind = kind_asked(asked)
    sort = sort_asked(asked)
    counts: Counter[str] = Counter()
    by_tie = (kind or sort) and (kind != "Subdistrict") and asked.cues & {"tie", "department"}
    if "category" in asked.cues:
        inner = re.search("二级|second", asked.text)
        level = slice(-1, None) if inner else slice(0, 1)
        counts.update(heading for task in tasks for heading in task.categories[level])
        what = say("项任务", " tasks")
    elif by_tie:
        for name in _things(kind, sort, tasks):
            found = (task for task in tasks if task.mentions(name))
            counts[name] = len({unit for task in found for unit in task.departments})
        what = say("个部门", " departments")
    elif kind or sort:
        for name in _things(kind, sort, tasks):
            counts[name] = sum(task.mentions(name) for task in tasks)
        what = say("项任务提到", " tasks")
    elif "behind" in asked.cues:
        counts.update(
            name
            for task in tasks
            for target in task.targets
            if target.falls_short
            for name in task.departments
        )
        what = say("个数字目标落后", " targets behind")
    elif "finished" in asked.cues:
        done = [task for task in tasks if task.status == "completed"]
        counts.update(name for task in done for name in task.departments)
        what = say("项已完成", " completed")
    else:
        counts.update(name for task in tasks for name in task.departments)
        what = say("项任务", " tasks")
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if "fewest" in asked.cues:
        order.reverse()
    if not order:
        return Reply("", (), "")
    best = _first(order, _how_many(asked.text))
    text = say("、", ", ").join(f"{name}（{count}{what}）" for name, count in best)
    if by_tie:
        shown = {name for name, _ in best}
        units = dict.fromkeys(
            unit for t in tasks if any(map(t.mentions, shown)) for unit in t.departments
        )
        text += say("：", ": ") + say("、", ", ").join(units)
    return Reply(text + say("。", "."), (), "ranking")


def _first(order: Sequence[tuple[str, int]], size: int) -> list[tuple[str, int]]:
    """Return the first of a ranking, and what is equal to the last of them."""
    least = order[min(size, len(order)) - 1][1]
    return [pair for place, pair in enumerate(order) if place < size or pair[1] == least][:MOST]


def _how_many(text: str) -> int:
    """Return how many of a ranking are asked for.

    >>> _how_many("前三名是谁"), _how_many("top 5 departments"), _how_many("谁最多")
    (3, 5, 1)
    """
    found = re.search(r"[前第]([一二三四五六七八九十\d]{1,2})|\btop (\d{1,2})", text.lower())
    if not found:
        return 1
    shown = found[1] or found[2]
    return int(shown) if shown.isdecimal() else "一二三四五六七八九十".index(shown[0]) + 1


def _things(kind: str | None, sort: str | None, tasks: Sequence[TaskRecord]) -> set[str]:
    """Return the things of a class, or those whose names tell that they are of a sort."""
    if sort:
        return {name for task in tasks for name, _ in task.names if sort in name}
    return {name for task in tasks for name, of_kind in task.names if of_kind == kind}


def sort_asked(asked: Asked) -> str | None:
    """Return what the names of the things that a question asks for have in common, or None."""
    return _named_in(asked.text, _SORTS)


def kind_asked(asked: Asked) -> str | None:
    """Return the class of things that a question asks for by its word, or None."""
    return _named_in(asked.text, _KIND_WORDS)


def _named_in(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the first key of which a text has a word, or None."""
    low = text.lower()
    return next((key for key, found in words.items() if any(w in low for w in found)), None)
