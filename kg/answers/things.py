"""What tasks name: which tasks name a thing or a word, and which things there are of a kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import ceil

from kg.answers.replies import MOST, Reply, of_tasks
from kg.answers.tasks import TaskRecord
from kg.answers.understanding.question import Asked

_KIND_WORDS = {
    "Road": ("路", "道路", "road"),
    "Subdistrict": ("街道", "条街", "subdistrict", "street"),
    "Event": ("活动", "赛事", "节庆", "大会", "event"),
    "Organization": ("企业", "机构", "单位名", "公司", "organi", "compan", "firm"),
    "Project": ("项目", "工程", "project"),
    "Policy": ("政策", "文件", "办法", "polic", "document"),
    "Community": ("社区", "communit"),
    "Place": ("地方", "地点", "place"),
}
# What things of a sort are called, by the word that asks for them.
_SORTS = {
    "医院": ("医院", "hospital"),
    "学校": ("学校", "school"),
    "大学": ("大学", "高校", "universit"),
    "公园": ("公园", "park"),
    "广场": ("广场", "square"),
    "银行": ("银行", "bank"),
    "湖": ("湖", "lake"),
    "桥": ("桥", "bridge"),
}
_DEPARTMENTS = re.compile("部门|责任单位|委办局|department|bureau|agenc")
# A kind at the end of a name: 公园 of 月亮湖公园.
_OF_A_NAME = re.compile(
    rf"(?<=[一-鿿])(?<![些少个条家处所有部的座])(?:{'|'.join(_SORTS)})(?!最|多|有几)"
)
# A word that more tasks hold than this share says nothing.
_COMMON = 0.25
# How much of a run of characters a word must be.
_MOST_OF = 0.6
_WORD = re.compile(r"[a-z0-9]+|[一-鿿]+")


def mentions(name: str, tasks: Sequence[TaskRecord], asked: Asked) -> Reply:
    """Return the tasks that name a thing, and who answers for them."""
    bare = name.strip("《》“”").lower()
    found = [task for task in tasks if task.mentions(name)]
    units = dict.fromkeys(unit for task in found for unit in task.departments)
    head = asked.says(
        f"{name}：{len(found)}项任务提到，涉及{len(units)}个部门（{'、'.join(units)}）。",
        f"{name}: named by {len(found)} tasks of {len(units)} departments ({', '.join(units)}).",
    )
    understood = asked.says(f"提到{name}的任务", f"the tasks that name {name}")
    return of_tasks(head, found, asked, understood, bare)


def find_word(text: str, tasks: Sequence[TaskRecord]) -> str:
    """Return the longest words of a question that stand in some tasks but not in most, or nothing.

    Args:
        text: What is asked, without words that only ask.
        tasks: The tasks.
    """
    most = max(2, round(_COMMON * len(tasks)))
    texts = [task.text.lower() for task in tasks]
    best = ""
    for run in _WORD.findall(text.lower()):
        # A part of a longer name that no task holds is another thing's name.
        most_of = len(run) if run.isascii() else ceil(_MOST_OF * len(run))
        least = max(2, len(best) + 1, most_of)
        for size in range(len(run), least - 1, -1):
            parts = (run[at : at + size] for at in range(len(run) - size + 1))
            if found := next((p for p in parts if 0 < sum(p in t for t in texts) <= most), ""):
                best = found
                break
    return best


def all_things(tasks: Sequence[TaskRecord], asked: Asked) -> Reply | None:
    """Return the things of the kind or sort that a question asks for, the most named first."""
    names = things_asked(tasks, asked)
    if asked.has(_DEPARTMENTS):
        names = {unit for task in tasks for unit in task.departments}
    if not names:
        return None
    counts = {
        name: sum(name in task.departments or task.mentions(name) for task in tasks)
        for name in names
    }
    order = sorted(counts, key=lambda name: (-counts[name], name))
    shown = asked.says("、", ", ").join(order[: 2 * MOST])
    more = asked.says("等", " …") if len(order) > 2 * MOST else ""
    text = asked.says(f"共{len(order)}个：", f"{len(order)}: ") + shown + more
    return Reply(text, (), asked.says("报告提到的事物", "the things that the report names"))


def things_asked(tasks: Sequence[TaskRecord], asked: Asked) -> set[str]:
    """Return the names of the class of things, or of the sort of them, that a question asks for."""
    if sort := _named_in(_OF_A_NAME.sub("", asked.text), _SORTS):
        return {name for task in tasks for name, _ in task.names if sort in name}
    kind = kind_asked(asked)
    return {name for task in tasks for name, of_kind in task.names if of_kind == kind}


def kind_asked(asked: Asked) -> str | None:
    """Return the class of things that a question asks for by its word, or None."""
    return _named_in(asked.text, _KIND_WORDS)


def _named_in(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the first key of which a text has a word, or None."""
    low = text.lower()
    return next((key for key, found in words.items() if any(w in low for w in found)), None)
