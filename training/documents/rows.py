"""The rows of a document: the columns of a table, or the parts of list items."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.tagger.roles import Role
from training.documents.wording import fill, invent_person, invent_schedule, wording
from training.markup import MarkedTask

_UNIT_ROLES: dict[str, Role] = {"lead": "lead", "cooperating": "cooperating"}
# An indicator and its target figure: 地区生产总值增长 | 8%左右.
_INDICATOR = re.compile(
    r"([^\d，。；：]{4,18}?)((?:增长|达到|不低于|控制在|提高到|实现|完成)?[\d.]+.{1,12})"
)
# Parts of a task's text: its number, and the answerable units.
_OWN_NUMBER = re.compile(
    r"^(?:\d{1,3}(?:[、．]|\.(?!\d)|[)）])|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}、)\s*"
)
_OWN_UNITS = re.compile(
    r"[（(【〔](?:(?:责任|牵头|主办|承办|落实)(?:单位|部门|科室|主体)[：:]"
    r"|[^（()）。]{2,60}(?:负责|牵头|配合)[^（()）]{0,30}[）)】〕])[^（()）【】]*[）)】〕]?。?$"
)
_NUMBERED, _QUOTED, _MERGED = 0.2, 0.06, 0.06
# Words that mark a step as done, and the figures and clauses of a progress text.
_DONE = re.compile(r"目前，?|截至[^，。]{1,12}，|已经|已|累计|完毕|了")
_FIGURE = re.compile(r"\d+")
_CLAUSE = re.compile(r"[，：:]")


@dataclass(frozen=True, slots=True)
class Row:
    """A task in a document.

    Attributes:
        number: Its number in the document, from 1.
        category: Its category, or empty.
        task: The promise.
        target: The figure or content, if separate.
        node: The milestone for the year.
        progress: The reported progress.
        plan: The next steps.
        problem: The obstacles.
        units: The answerable units, each with its role.
        leader: The answerable person.
        deadline: The deadline.
        remarks: The cells of further columns, in the order of their headings.
    """

    number: int
    category: str
    task: str
    target: str = ""
    node: str = ""
    progress: str = ""
    plan: str = ""
    problem: str = ""
    units: tuple[tuple[str, Role], ...] = ()
    leader: str = ""
    deadline: str = ""
    remarks: tuple[str, ...] = ()

    def units_of(self, *roles: Role) -> tuple[str, ...]:
        """Return the units with any of the roles, in order."""
        return tuple(name for name, role in self.units if role in roles)


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts that a document has.

    Attributes:
        titles: Whether tasks are only titles.
        target: Whether figures or contents are separate from the task.
        progress: Whether there is progress.
        plan: Whether next steps are separate from the progress.
        schedule: Whether a schedule replaces the next steps.
        node: Whether there is a milestone for the year.
        groups: Whether groups of units are answerable besides others.
        answers: Whether the progress begins with the reporting unit.
        problem: Whether obstacles are separate from the progress.
        units: Whether units are named.
        roles: Whether lead and cooperating units are distinguished.
        leader: Whether people are named.
        deadline: Whether there are deadlines.
        remarks: Headings of further columns.
    """

    titles: bool
    target: bool
    progress: bool
    plan: bool
    schedule: bool
    node: bool
    groups: bool
    answers: bool
    problem: bool
    units: bool
    roles: bool
    leader: bool
    deadline: bool
    remarks: tuple[str, ...]


def choose_contents(
    tasks: Sequence[MarkedTask], chance: random.Random, *, listed: bool
) -> Contents:
    """Return random contents for a document of these tasks; lists have titles more often."""
    has_progress = sum(bool(task.progress.text) for task in tasks) * 2 > len(tasks)
    named = any(task.units for task in tasks)
    headings = sorted(wording()["remarks"])
    return Contents(
        titles=chance.random() < (0.45 if listed else 0.2),
        target=chance.random() < 0.25,
        progress=has_progress and chance.random() < 0.9,
        plan=chance.random() < 0.15,
        schedule=chance.random() < 0.05,
        node=chance.random() < 0.1,
        groups=chance.random() < 0.15,
        answers=chance.random() < 0.03,
        problem=chance.random() < 0.08,
        units=named and chance.random() < 0.75,
        roles=chance.random() < 0.5,
        leader=chance.random() < 0.15,
        deadline=chance.random() < 0.2,
        remarks=tuple(chance.sample(headings, chance.choices((0, 1, 2, 3), (60, 25, 10, 5))[0])),
    )


def make_rows(tasks: Sequence[MarkedTask], contents: Contents, chance: random.Random) -> list[Row]:
    """Return the rows of a document with the marked tasks of one government."""
    year = int(tasks[0].as_of[:4] or 2020)
    # A document has the outer level of categories, the inner one or none.
    level = chance.choice((0, -1, -1, None))
    categories = {
        task.category: task.category.split(" / ")[level] if level is not None else ""
        for task in tasks
    }
    rows = []
    for number, task in enumerate(tasks, 1):
        words, target = _promise(task), ""
        progress, plan, problem = task.progress.text.strip(), "", ""
        title = _title(task, words, chance)
        if title and chance.random() < _QUOTED and "“" not in title:
            title = f"“{title}”"
        if contents.titles and title:
            words, target = title, words if contents.target else ""
        elif contents.target:
            words, target = _split_task(words)
        if contents.plan or contents.problem:
            progress, plan, problem = _split_progress(task, contents)
        if contents.schedule:
            plan = invent_schedule(chance)
        if chance.random() < _NUMBERED / 2:
            target, words = (_number_sentences(text, chance) for text in (target, words))
        if chance.random() < _NUMBERED:
            progress = _number_sentences(progress, chance)
        if contents.answers and progress and task.units:
            progress = f"{task.units[0].name}：{progress}"
        deadline = chance.choice(wording()["deadlines"]) if contents.deadline else ""
        node = chance.choice(wording()["nodes"]) if contents.node else ""
        node = fill(node, task.government, year, chance)
        remarks = (_remark(h, task.government, year, chance) for h in contents.remarks)
        rows.append(
            Row(
                number,
                categories.get(task.category, ""),
                words,
                target,
                node,
                progress if contents.progress else "",
                plan,
                problem,
                _units(task, contents, chance) if contents.units else (),
                invent_person(chance) if contents.leader else "",
                fill(deadline, task.government, year, chance),
                tuple(remarks),
            )
        )
    return _merge_rows(rows, chance) if chance.random() < _MERGED else rows


def _merge_rows(rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """Return rows with some neighbours in a category merged, with numbered parts."""
    merged: list[Row] = []
    for row in rows:
        before = merged[-1] if merged else None
        if before is None or before.category != row.category or chance.random() < 0.5:
            merged.append(replace(row, number=len(merged) + 1))
            continue
        merged[-1] = replace(
            before,
            task=_number_parts((before.task, row.task), chance),
            target=_number_parts((before.target, row.target), chance),
            progress=_number_parts((before.progress, row.progress), chance),
            plan=_number_parts((before.plan, row.plan), chance),
            units=tuple(dict.fromkeys((*before.units, *row.units))),
        )
    return merged


def plan_for(progress: str, chance: random.Random) -> str:
    """Return a plan that fits a progress text.

    >>> plan_for("目前，已建成桥梁，通过验收。", random.Random(1))
    '建成桥梁，通过验收。'
    """
    planned = _FIGURE.sub(lambda f: str(int(f[0][:6]) + chance.randint(1, 9)), progress)
    sentences = re.split(r"(?<=[。；])", _DONE.sub("", planned))
    return "".join(sentences[: chance.randint(1, 3)])


def _promise(task: MarkedTask) -> str:
    """Return the text of a task without its number and the units at its end."""
    words = _OWN_NUMBER.sub("", task.task.text.strip())
    return _OWN_UNITS.sub("", words).strip() or task.task.text.strip()


def _number_sentences(text: str, chance: random.Random) -> str:
    """Return a text with numbered sentences."""
    return _number_parts(re.split(r"(?<=[。；])", text), chance)


def _number_parts(parts: Sequence[str], chance: random.Random) -> str:
    """Return the parts of a text with numbers, on separate lines or on one line.

    A single part, and parts that are numbered already, are not changed.
    """
    parts = [part for part in parts if part]
    text = "".join(parts)
    if len(parts) < 2 or _OWN_NUMBER.match(text) or re.search("一是|（一）|①|1[、.．]", text):
        return text
    between = chance.choice(("", "", "\n", " "))
    form = chance.choice(("{n}.", "{n}、", "（{n}）", "（{z}）", "{z}是", "{c}", "{n}）"))
    shown = (
        form.format(n=place + 1, z="一二三四五六七八九十"[place % 10], c=chr(0x2460 + place % 20))
        + sentence
        for place, sentence in enumerate(parts)
    )
    return between.join(shown)


def _remark(heading: str, government: str, year: int, chance: random.Random) -> str:
    """Return a cell of a further column, which may be empty."""
    if chance.random() < 0.1:
        return ""
    return fill(chance.choice(wording()["remarks"][heading]), government, year, chance)


def _title(task: MarkedTask, words: str, chance: random.Random) -> str:
    """Return a title for a task: the first project that it names, or its first clause."""
    for span in task.task.names:
        if span.kind == "project" and span.end - span.start >= 4:
            title = task.task.text[span.start : span.end]
            return (
                title + chance.choice(("", "", "建设", "项目"))
                if title[-2:] not in ("项目", "工程")
                else title
            )
    first = _CLAUSE.search(words)
    return words[: first.start()] if first and 4 <= first.start() <= 24 else ""


def _split_task(words: str) -> tuple[str, str]:
    """Return an indicator and its figure, or a title and its content."""
    if match := _INDICATOR.fullmatch(words.rstrip("。；")):
        return match[1], match[2]
    first = _CLAUSE.search(words)
    if first and 4 <= first.start() <= 24 and len(words) - first.end() > 6:
        return words[: first.start()], words[first.end() :]
    return words, ""


def _split_progress(task: MarkedTask, contents: Contents) -> tuple[str, str, str]:
    """Return progress, next steps and obstacles; those that are not separate are progress."""
    text = task.progress.text
    marks = [*task.progress.stretches, (len(text), "")]
    parts: dict[str, list[str]] = {"progress": [], "plan": [], "problem": []}
    for (start, kind), (end, _) in pairwise(marks):
        part = "progress"
        if kind == "next_step" and contents.plan and start:
            part = "plan"
        elif kind == "obstacle" and contents.problem and start:
            part = "problem"
        parts[part].append(text[start:end].strip())
    progress, plan, problem = ("".join(part) for part in parts.values())
    return progress, plan, problem


def _units(
    task: MarkedTask, contents: Contents, chance: random.Random
) -> tuple[tuple[str, Role], ...]:
    """Return the units of a task, with their roles if the document distinguishes these."""
    units: list[tuple[str, Role]] = []
    for place, unit in enumerate(task.units):
        role = _UNIT_ROLES.get(unit.role, "unit")
        if role == "unit" and contents.roles:
            role = "cooperating" if place else "lead"
        units.append((unit.name, role if contents.roles else "unit"))
    if contents.groups and units and chance.random() < 0.5:
        role = "cooperating" if contents.roles else "unit"
        units.append((chance.choice(wording()["unit_groups"]), role))
    return tuple(units)
