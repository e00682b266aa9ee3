"""The rows of a document: the columns of a table, or the parts of list items."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.tagger.roles import Role
from training.documents.texts import (
    lead_sentences,
    number_parts,
    number_sentences,
    promise_text,
    split_progress,
    split_task,
    title_of,
)
from training.documents.wording import fill, invent_person, invent_schedule, wording
from training.markup import MarkedTask

_UNIT_ROLES: dict[str, Role] = {"lead": "lead", "cooperating": "cooperating"}
_NUMBERED, _QUOTED, _MERGED, _LED = 0.2, 0.06, 0.06, 0.08
# How often promises without progress have several sentences, and a title before them.
_JOINED, _TITLED = 0.4, 0.6


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
        remarks: The headings and cells of further columns.
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
    remarks: tuple[tuple[str, str], ...] = ()

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
        target=chance.random() < (0.25 if listed else 0.35),
        progress=has_progress and chance.random() < 0.8,
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
        words, target = promise_text(task), ""
        progress, plan, problem = task.progress.text.strip(), "", ""
        title = title_of(task, words, chance)
        if title and chance.random() < _QUOTED and "“" not in title:
            title = f"“{title}”"
        if contents.titles and title:
            words, target = title, words if contents.target else ""
        elif contents.target:
            words, target = split_task(words)
        if contents.plan or contents.problem:
            progress, plan, problem = split_progress(
                task, plan=contents.plan, problem=contents.problem
            )
        if contents.schedule:
            plan = invent_schedule(chance)
        if chance.random() < _NUMBERED / 2:
            target, words = (number_sentences(text, chance) for text in (target, words))
        if chance.random() < _NUMBERED:
            progress = number_sentences(progress, chance)
        elif chance.random() < _LED:
            progress = lead_sentences(progress, chance)
        if contents.answers and progress and task.units:
            progress = f"{task.units[0].name}：{progress}"
        deadline = chance.choice(wording()["deadlines"]) if contents.deadline else ""
        node = chance.choice(wording()["nodes"]) if contents.node else ""
        node = fill(node, task.government, year, chance)
        remarks = ((h, _remark(h, task.government, year, chance)) for h in contents.remarks)
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
    if not contents.progress and not contents.target and chance.random() < _JOINED:
        return _join_promises(rows, tasks, chance)
    return _merge_rows(rows, chance) if chance.random() < _MERGED else rows


def _join_promises(
    rows: Sequence[Row], tasks: Sequence[MarkedTask], chance: random.Random
) -> list[Row]:
    """Return rows of several sentences: a title from the category, and one to three promises."""
    titled = chance.random() < _TITLED
    joined: list[Row] = []
    left = 0
    for row, task in zip(rows, tasks, strict=True):
        words = row.task if row.task.endswith(("。", "；")) else f"{row.task}。"
        if left and joined[-1].category == row.category:
            before = joined[-1]
            units = tuple(dict.fromkeys((*before.units, *row.units)))
            joined[-1] = replace(before, task=before.task + words, units=units)
            left -= 1
            continue
        name = task.category.split(" / ")[-1]
        title = chance.choice(wording()["promise_titles"]).format(name=name)
        joined.append(
            replace(row, number=len(joined) + 1, task=title + words if titled and name else words)
        )
        left = chance.choice((0, 1, 1, 2))
    return joined


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
            task=number_parts((before.task, row.task), chance),
            target=number_parts((before.target, row.target), chance),
            progress=number_parts((before.progress, row.progress), chance),
            plan=number_parts((before.plan, row.plan), chance),
            units=tuple(dict.fromkeys((*before.units, *row.units))),
        )
    return merged


def _remark(heading: str, government: str, year: int, chance: random.Random) -> str:
    """Return a cell of a further column, which may be empty."""
    if chance.random() < 0.1:
        return ""
    return fill(chance.choice(wording()["remarks"][heading]), government, year, chance)


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
