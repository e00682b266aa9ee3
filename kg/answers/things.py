"""Answers on things: which tasks mention a thing or a word, and which things of a class exist."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import ceil

from kg.answers.replies import MOST, Reply, task_list_reply
from kg.answers.tasks import TaskRecord
from kg.answers.understanding.question import ParsedQuestion

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
# Kinds of things that are recognised by a word in their name, with the words that ask for them.
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
# A kind at the end of a name, such as 公园 in 月亮湖公园.
_OF_A_NAME = re.compile(
    rf"(?<=[一-鿿])(?<![些少个条家处所有部的座])(?:{'|'.join(_SORTS)})(?!最|多|有几)"
)
# Words in more than this share of the tasks are ignored.
_COMMON = 0.25
# Minimum share of a run of characters that a word must cover.
_MOST_OF = 0.6
_WORD = re.compile(r"[a-z0-9]+|[一-鿿]+")


def list_mentions(name: str, tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply:
    """Return the tasks that mention a thing and the departments responsible for them."""
    bare = name.strip("《》“”").lower()
    found = [task for task in tasks if task.mentions(name)]
    units = dict.fromkeys(unit for task in found for unit in task.departments)
    head = question.localise(
        f"{name}：{len(found)}项任务提到，涉及{len(units)}个部门（{'、'.join(units)}）。",
        f"{name}: mentioned in {len(found)} tasks of {len(units)} departments "
        f"({', '.join(units)}).",
    )
    understood = question.localise(f"提到{name}的任务", f"the tasks that mention {name}")
    return task_list_reply(head, found, question, understood, bare)


def find_word(text: str, tasks: Sequence[TaskRecord]) -> str:
    """Return the longest word of a question that occurs in tasks, but not in too many of them.

    Args:
        text: The question without words that carry no content.
        tasks: The tasks.

    Returns:
        The word; empty if there is none.
    """
    most = max(2, round(_COMMON * len(tasks)))
    texts = [task.text.lower() for task in tasks]
    best = ""
    for run in _WORD.findall(text.lower()):
        # A short part of a name that no task contains is the name of something else.
        most_of = len(run) if run.isascii() else ceil(_MOST_OF * len(run))
        least = max(2, len(best) + 1, most_of)
        for size in range(len(run), least - 1, -1):
            parts = (run[at : at + size] for at in range(len(run) - size + 1))
            if found := next((p for p in parts if 0 < sum(p in t for t in texts) <= most), ""):
                best = found
                break
    return best


def list_things(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> Reply | None:
    """Return the things of the class or kind in a question, the most mentioned first."""
    names = find_requested_things(tasks, question)
    if question.has(_DEPARTMENTS):
        names = {unit for task in tasks for unit in task.departments}
    if not names:
        return None
    counts = {
        name: sum(name in task.departments or task.mentions(name) for task in tasks)
        for name in names
    }
    order = sorted(counts, key=lambda name: (-counts[name], name))
    shown = question.localise("、", ", ").join(order[: 2 * MOST])
    more = question.localise("等", " …") if len(order) > 2 * MOST else ""
    text = question.localise(f"共{len(order)}个：", f"{len(order)}: ") + shown + more
    return Reply(
        text, (), question.localise("报告提到的事物", "the things that the report mentions")
    )


def find_requested_things(tasks: Sequence[TaskRecord], question: ParsedQuestion) -> set[str]:
    """Return the names of the things of the class or kind that a question asks for."""
    if sort := _match_words(_OF_A_NAME.sub("", question.text), _SORTS):
        return {name for task in tasks for name, _ in task.names if sort in name}
    kind = find_requested_kind(question)
    return {name for task in tasks for name, of_kind in task.names if of_kind == kind}


def find_requested_kind(question: ParsedQuestion) -> str | None:
    """Return the class of things that a question asks for, or None."""
    return _match_words(question.text, _KIND_WORDS)


def _match_words(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the first key with a word that occurs in a text, or None."""
    low = text.lower()
    return next((key for key, found in words.items() if any(w in low for w in found)), None)
