"""What a question asks for: of which departments, tasks, dates and things, and what of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from kg.answers.tasks import TaskRecord
from kg.graph.terms import normal_name
from kg.questions.parameters import short_for

Cue = Literal[
    "behind",
    "finished",
    "common",
    "most",
    "fewest",
    "count",
    "gap",
    "why",
    "who",
    "when",
    "later",
    "list",
    "tie",
    "indicator",
    "mention",
    "department",
    "street",
    "joint",
    "due",
    "category",
    "total",
]
# What no report of tasks tells, or not all of them.
Outside = Literal["outside", "money", "people", "earlier"]
_NUMBER = re.compile(
    r"第\s*(\d{1,4})\s*[条项号]|(?:任务|序号|编号)\s*(\d{1,4})|(?<![月\d])(\d{1,4})\s*号(?!线|楼|院|地块|公馆|\d)"
    r"|\b(?:task|item|row)s? (?:no\.? |number )?(\d{1,4})\b"
)
# What may stand behind the first two characters of a department that stand for it.
_BEHIND_SHORT = re.compile(
    r"[，,、。？?\s]|[局委办口]|和|与|跟|同|的|在|有|要|都|还|那边|手|这边|部门|$"
)


@cache
def cues() -> Mapping[str, re.Pattern[str]]:
    """Return what tells each cue, from `cues.yaml`."""
    import yaml

    text = Path(__file__).with_name("cues.yaml").read_text(encoding="utf-8")
    return {cue: re.compile("|".join(found)) for cue, found in yaml.safe_load(text).items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for.

    Attributes:
        text: The question.
        is_chinese: Whether it is in Chinese.
        cues: What is asked of what it names.
        departments: The departments that it names.
        names: The things that it names, as the tasks name them, the longest first.
        numbers: The numbers of tasks that it names.
        outside: What it asks that no report of tasks tells, or not all of them.
    """

    text: str
    is_chinese: bool
    cues: frozenset[Cue]
    departments: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[int, ...]
    outside: Outside | None


def read_question(text: str, tasks: Sequence[TaskRecord]) -> Asked:
    """Return what a question asks for.

    Args:
        text: The question.
        tasks: The tasks whose departments and things it may name.
    """
    low = text.lower()
    told = cues()
    known = sorted({name for task in tasks for name in task.departments}, key=len, reverse=True)
    names = find_names(text, tasks)
    # A name may begin as a department does: 深兰科技 names no 科技局.
    bare = text
    for name in names:
        bare = bare if name in known else bare.replace(name, " ")
    numbers = tuple(
        dict.fromkeys(int(next(filter(None, match.groups()))) for match in _NUMBER.finditer(low))
    )
    return Asked(
        text,
        bool(re.search("[一-鿿]{2}", re.sub(r"[（(][^）)]*[）)]|[a-z] *[一-鿿]+", "", low))),
        frozenset(cue for cue in get_args(Cue) if told[cue].search(low)),
        tuple(find_departments(bare, known)),
        tuple(names),
        numbers,
        next((kind for kind in get_args(Outside) if told[kind].search(low)), None),
    )


def find_departments(text: str, known: Sequence[str]) -> list[str]:
    """Return the departments that a text names, in full or in short, in its order.

    >>> find_departments("教育局跟公安有什么交集", ["教育局", "公安分局", "科技和经信局"])
    ['教育局', '公安分局']
    >>> find_departments("科经局要做什么", ["教育局", "科技和经信局"])
    ['科技和经信局']
    """
    found: dict[int, str] = {}
    at = 0
    while at < len(text):
        end, name = _department_at(text, at, known)
        if name:
            found.setdefault(at, name)
        at = max(end, at + 1)
    return list(dict.fromkeys(found.values()))


def _department_at(text: str, at: int, known: Sequence[str]) -> tuple[int, str]:
    """Return the end and the full name of the department that begins at a place, or nothing."""
    for name in known:
        if text.startswith(name, at):
            return at + len(name), name
    for end in range(min(len(text), at + 12), at + 2, -1):
        form = text[at:end]
        if form[-1] in "局办委会队联院处":
            changed = (form, f"{form[:-1]}局") if form[-1] == "委" else (form,)
            for short in changed:
                if same := short_for(short, known):
                    return end, same[0]
    for end in range(min(len(text), at + 6), at + 1, -1):
        if not _BEHIND_SHORT.match(text, end):
            continue
        same = _shortened(text[at:end], known)
        if len(same) == 1:
            return end, same[0]
    return at, ""


def _shortened(form: str, known: Sequence[str]) -> list[str]:
    """Return the departments that a form without 局 or 委 may stand for: 公安, 卫健, 金融街."""
    if len(form) > 2 and (within := [name for name in known if form in name]):
        return within
    if begin := [name for name in known if name.startswith(form)]:
        return begin
    pattern = re.compile(".*".join(map(re.escape, form)))
    return [name for name in known if name[0] == form[0] and pattern.match(name)]


def find_names(text: str, tasks: Sequence[TaskRecord]) -> list[str]:
    """Return the things of the tasks that a text names, the longest first; none within another."""
    low = normal_name(re.sub(r"[《》“”\"‘’]", "", text)).lower()
    found: list[str] = []
    every = {name for task in tasks for name, _ in task.names if len(name) > 1}
    for name in sorted(every, key=lambda name: (-len(name), name)):
        form = normal_name(re.sub(r"[《》“”\"‘’]", "", name)).lower()
        if form in low and not any(form in normal_name(other).lower() for other in found):
            found.append(name)
    return found
