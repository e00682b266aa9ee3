"""Write rows as a table, as in converted files and copied pages."""

from __future__ import annotations

import random
from collections.abc import Sequence

from kg.tagger.roles import Role
from training.documents.layouts import LAYOUTS, UNIT_ROLES, Column, Parts
from training.documents.rows import Contents, Row, plan_for
from training.documents.wording import fill, invent_person, wording
from training.documents.writer import Writer

_UNIT_SEPARATORS = ("、", "、", "、", "，", ",", " ", "；", ";", "\n", "/")
_NUMERALS = "一二三四五六七八九十"


def write_table(
    rows: Sequence[Row], contents: Contents, writer: Writer, chance: random.Random
) -> None:
    """Write rows as a table in a random layout."""
    columns = _columns(rows, contents, chance)
    headed = all(column.role != "category" for column in columns) and chance.random() < 0.6
    (layout,) = chance.choices(*zip(*LAYOUTS, strict=True))
    layout(columns, _category_rows(rows) if headed else {}, writer, chance)


def _category_rows(rows: Sequence[Row]) -> dict[int, str]:
    """Return the text of the category row before each row that begins a category."""
    found: dict[int, str] = {}
    before = ""
    for place, row in enumerate(rows):
        if row.category and row.category != before:
            found[place] = f"{_NUMERALS[len(found) % 10]}、{row.category}"
        before = row.category
    return found


def _columns(rows: Sequence[Row], contents: Contents, chance: random.Random) -> list[Column]:
    """Return the columns of a table in their order."""
    grouped = any(row.category for row in rows) and chance.random() < 0.4
    inner = grouped and chance.random() < 0.25
    columns = [_number_column(rows, inner, chance)] if inner or chance.random() < 0.9 else []
    task = Column("task", _heading("task", chance))
    for row in rows:
        number: Parts = ((f"{row.number}. ", "number"),) if inner else ()
        task.cells.append((*number, (row.task, "task")))
    columns.append(task)
    if contents.target:
        columns.append(_plain("target", [row.target for row in rows], chance))
    if contents.node:
        heading = chance.choice(wording()["node_headings"])
        columns.append(Column("target", heading, [((row.node, "target"),) for row in rows]))
    behind = _unit_columns(rows, chance)
    if contents.progress:
        progress = _progress_columns(rows, chance)
        behind = [*progress, *behind] if chance.random() < 0.25 else [*behind, *progress]
    columns += behind
    further: list[tuple[Role, list[str]]] = [
        ("plan", [row.plan for row in rows]),
        ("problem", [row.problem for row in rows]),
    ]
    chance.shuffle(further)
    columns += [_plain(role, texts, chance) for role, texts in further if any(texts)]
    for role, texts in (
        ("deadline", [row.deadline for row in rows]),
        ("leader", [row.leader for row in rows]),
    ):
        if any(texts):
            at = chance.randrange(min(2, len(columns)), len(columns) + 1)
            columns.insert(at, _plain(role, texts, chance))  # type: ignore[arg-type]
    for place, heading in enumerate(contents.remarks if rows[0].remarks else ()):
        remark = Column("remark", heading, [((r.remarks[place], "remark"),) for r in rows])
        columns.insert(chance.randrange(1, len(columns) + 1), remark)
    if grouped:
        texts = [row.category for row in rows]
        merged = inner or chance.random() < 0.8
        shown = [
            "" if merged and place and texts[place - 1] == text else text
            for place, text in enumerate(texts)
        ]
        at = 1 if inner else chance.choices((0, min(1, len(columns))), (60, 40))[0]
        columns.insert(at, _plain("category", shown, chance))
    return columns


def _heading(role: Role, chance: random.Random) -> str:
    heading: str = chance.choice(wording()["headings"][role])
    return heading


def _plain(role: Role, texts: Sequence[str], chance: random.Random) -> Column:
    return Column(role, _heading(role, chance), [((text, role),) for text in texts])


def _number_column(rows: Sequence[Row], inner: bool, chance: random.Random) -> Column:
    """Return the column of numbers; with `inner` those of categories, in merged cells."""
    form = chance.choices(("{}", "1.{}", "（{}）", "{}.", "{}、"), (84, 4, 4, 4, 4))[0]
    start = chance.choice((0, 0, 0, 0, 5, 17, 60))
    column = Column("number", _heading("number", chance))
    seen, before = 0, None
    for row in rows:
        text = form.format(row.number + start)
        if inner:
            again = before is not None and row.category == before
            seen += not again
            text, before = "" if again else str(seen), row.category
        column.cells.append(((text, "number"),))
    return column


def _unit_columns(rows: Sequence[Row], chance: random.Random) -> list[Column]:
    """Return the columns of units; a person may follow a unit, also on the next line."""
    separator = chance.choice(_UNIT_SEPARATORS)
    people = chance.random() < 0.06
    once = chance.random() < 0.15
    columns = []
    for role in UNIT_ROLES:
        named = [row.units_of(role) for row in rows]
        if not any(named):
            continue
        star = chance.choice("*★") if role == "lead" and chance.random() < 0.03 else ""
        column = Column(role, _heading(role, chance))
        for place, names in enumerate(named):
            # The units of several rows may be one merged cell.
            again = once and place and names == named[place - 1]
            shown = () if again else [star + name for name in names]
            parts = unit_parts(shown, role, separator)
            if people and parts:
                between = (chance.choice((" ", "\n", "")), None)
                parts = (*parts, between, (invent_person(chance), "leader"))
            column.cells.append(parts)
        columns.append(column)
    if chance.random() < 0.1:
        columns.reverse()
    return columns


def unit_parts(names: Sequence[str], role: Role, separator: str) -> Parts:
    """Return units with separators between them; each unit is a part of its own."""
    parts: list[tuple[str, Role | None]] = []
    for name in names:
        parts += [(separator, None), (name, role)]
    return tuple(parts[1:])


def _progress_columns(rows: Sequence[Row], chance: random.Random) -> list[Column]:
    """Return the column of progress, sometimes with a column for the plan of the period."""
    progress = _plain("progress", [row.progress for row in rows], chance)
    if chance.random() < 0.15:
        steps = wording()["nodes"] + wording()["schedule_steps"]
        alike = chance.random() < 0.6
        plans = [
            plan_for(row.progress, chance)
            if alike and row.progress
            else fill(chance.choice(steps), "", 2020, chance)
            for row in rows
        ]
        heading = chance.choice(wording()["period_plans"]).format(month=chance.randint(1, 12))
        plan = Column("plan", heading, [((text, "plan"),) for text in plans])
        sides = [plan, progress] if chance.random() < 0.6 else [progress, plan]
        if chance.random() < 0.3:
            nexts = [fill(chance.choice(steps), "", 2020, chance) for _ in rows]
            sides.append(_plain("plan", nexts, chance))
        return sides
    if chance.random() < 0.1:
        group = chance.choice(wording()["group_headings"])
        return [Column("progress", f"{group}\n{progress.heading}", progress.cells)]
    return [progress]
