"""Write rows as a list: numbered items, labelled lines, paragraphs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.tagger.roles import Role
from training.documents.layouts import UNIT_ROLES
from training.documents.rows import Row
from training.documents.tables import unit_parts
from training.documents.wording import invent_person, wording
from training.documents.writer import Writer

# How often tasks are grouped under their units.
_GROUPED = 0.06
# The parts of an item that may have labels, in the order of their numbers.
_PARTS: tuple[Role, ...] = (
    *("task", "target", "lead", "unit", "cooperating"),
    *("leader", "deadline", "progress", "problem", "plan"),
)
_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Style:
    """The style of a list.

    Attributes:
        marker: The marker before an item.
        own_line: Whether parts are on separate lines.
        labelled: Whether progress has a label.
        units: The position of units: `bracket`, `label`, `sentence` or `start`.
        gap: The separator of paragraphs.
        colon: The colon after a label.
        spoken: The beginning of progress without a label.
        numbered_labels: Whether labels on separate lines have numbers: （二）责任单位.
    """

    marker: str
    own_line: bool
    labelled: bool
    units: str
    gap: str
    colon: str
    spoken: str
    numbered_labels: bool


def write_list(rows: Sequence[Row], writer: Writer, chance: random.Random) -> None:
    """Write rows as a list in a random style."""
    style = _Style(
        chance.choice(wording()["markers"]),
        chance.random() < 0.6,
        chance.random() < 0.5,
        chance.choices(("bracket", "label", "sentence", "start"), (50, 25, 15, 10))[0],
        chance.choice(("\n", "\n", "\n\n", "\n\n\n", "\n    ", "\n\u3000\u3000")),
        chance.choice(("：", "：", "：", ":", "： ", "")),
        chance.choice(("", "", *wording()["spoken"])),
        chance.random() < 0.03,
    )
    heading = chance.choice(wording()["category_markers"])
    together = chance.random() < 0.12 and not style.own_line
    seen = -1
    if any(row.units for row in rows) and chance.random() < _GROUPED:
        _write_groups(rows, heading, style, writer, chance)
        return
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        if row.category and (before is None or before.category != row.category):
            seen += 1
            _write_heading(row.category, heading, seen, writer, style, chance)
        _write_item(row, place, style, writer, chance)
        writer.mark("" if together else style.gap)
    writer.mark("\n")


def _write_groups(
    rows: Sequence[Row], form: str, style: _Style, writer: Writer, chance: random.Random
) -> None:
    """Write rows grouped under their units: 一、区教育局（3项）."""
    labelled = chance.random() < 0.3
    for group, (_, found) in enumerate(groupby(rows, key=lambda row: row.units)):
        below = list(found)
        writer.mark("" if labelled else form.replace("一", _NUMERALS[group % 10]).strip("【】"))
        for role in UNIT_ROLES:
            if names := below[0].units_of(role):
                if labelled:
                    _write_label(role, style, writer, chance)
                _write_units(names, "、", role, writer)
        writer.mark(f"（{len(below)}项）" if chance.random() < 0.3 else "")
        writer.mark(style.gap)
        for place, row in enumerate(below):
            _write_item(replace(row, units=()), place, style, writer, chance)
            writer.mark(style.gap)
    writer.mark("\n")


def _write_heading(
    category: str,
    form: str,
    place: int,
    writer: Writer,
    style: _Style,
    chance: random.Random,
) -> None:
    numeral = _NUMERALS[place % 10]
    words = form.replace("一", numeral) + category if form != "【】" else f"【{category}】"
    if chance.random() < 0.1:
        words += f"（{chance.randint(1, 9)}{chance.choice('项件个')}）"
    writer.write(words, "category")
    writer.mark(style.gap)


def _marker(form: str, place: int) -> str:
    return form.format(
        n=place + 1, z=_NUMERALS[place % 10], c=_CIRCLED[min(place, len(_CIRCLED) - 1)]
    )


def _write_item(row: Row, place: int, style: _Style, writer: Writer, chance: random.Random) -> None:
    """Write a task with all its parts."""
    writer.write(_marker(style.marker, place), "number")
    if style.units == "start" and row.units:
        if chance.random() < 0.3:
            _write_leader(writer, chance)
        _write_named(row, chance.choice(("由{lead}负责，", "{lead}牵头，", "{lead}：")), writer)
    labelled_task = style.labelled and style.units == "label" and chance.random() < 0.3
    if labelled_task:
        _write_label("task", style, writer, chance)
    content = row.target or row.node
    # The content may follow after the units: 建桥（市住建局负责）新建桥梁1座。
    behind = bool(content and row.units) and style.units != "label" and chance.random() < 0.4
    _write_promise(row.task, "" if behind else content, style, writer, chance)
    ends = (row.task if behind or not content else content)[-1:] in ("。", "；", ";")
    if style.units == "bracket" and row.units:
        _write_bracket(row, style, writer, chance)
    elif style.units == "sentence" and row.units:
        bracketed = not ends and not behind and chance.random() < 0.5
        mark = style.gap if behind else "" if ends else chance.choice(("，", "。"))
        writer.mark("（" if bracketed else mark)
        if behind and chance.random() < 0.4:
            _write_leader(writer, chance)
        _write_named(row, chance.choice(("由{lead}牵头", "{lead}负责", "{lead}牵头负责")), writer)
        writer.mark("）" if bracketed else "，" if behind else "。")
    elif not ends and row.progress and not style.own_line and not style.labelled:
        # Only a mark separates a title from the progress after it.
        writer.mark(chance.choice(("。", "。", "，", "：", ",")))
    elif not ends and chance.random() < 0.4:
        writer.mark("。")
    if behind:
        writer.mark("" if style.units == "sentence" else chance.choice(("", "", style.gap)))
        writer.write(content, "target")
    beside: tuple[tuple[Role, str], ...] = (("deadline", row.deadline), ("leader", row.leader))
    for role, text in beside:
        if text:
            writer.mark(style.gap if style.own_line else " ")
            _write_label(role, style, writer, chance)
            writer.write(text, role)
    if style.units == "label" and row.units:
        for role in UNIT_ROLES:
            if names := row.units_of(role):
                writer.mark(style.gap if style.own_line else "")
                _write_label(role, style, writer, chance)
                _write_units(names, "、", role, writer)
                writer.mark("" if style.own_line else "。")
    further: tuple[tuple[Role, str], ...] = (
        ("progress", row.progress),
        ("problem", row.problem),
        ("plan", row.plan),
    )
    for role, text in further:
        if text:
            if role == "progress" and style.spoken and text[:2] not in ("目前", "截至"):
                text = f"{style.spoken}{text}"
            writer.mark(style.gap if style.own_line else "")
            if style.labelled or role != "progress":
                _write_label(role, style, writer, chance)
            _write_paragraphs(text, role, style, writer, chance)


def _write_leader(writer: Writer, chance: random.Random) -> None:
    """Write the answerable person as the beginning of a sentence: 由王强副县长负责，."""
    writer.write("由", "head")
    writer.write(invent_person(chance) + chance.choice(wording()["posts_behind"]), "leader")
    writer.write("负责，", "head")


def _write_promise(
    task: str, content: str, style: _Style, writer: Writer, chance: random.Random
) -> None:
    """Write a task, and its content after a mark or in a separate paragraph."""
    ends = task[-1:] in ("。", "；", ";")
    if not content and not ends and len(task) < 30 and style.own_line and chance.random() < 0.3:
        task += "。"
    writer.write(task, "task")
    if content:
        writer.mark("" if ends else chance.choice(("，", "：", style.gap)))
        writer.write(content, "target")


def _write_paragraphs(
    text: str, role: Role, style: _Style, writer: Writer, chance: random.Random
) -> None:
    """Write a text; long texts may have several paragraphs, which are one span."""
    if style.own_line and len(text) > 80 and chance.random() < 0.3:
        at = text.find("。", len(text) // 3) + 1
        if 0 < at < len(text):
            text = f"{text[:at]}{style.gap}{text[at:]}"
    writer.write(text, role)


def _write_label(role: Role, style: _Style, writer: Writer, chance: random.Random) -> None:
    label = chance.choice(wording()["labels"][role])
    if style.numbered_labels:
        writer.mark(f"（{_NUMERALS[_PARTS.index(role)]}）")
    if chance.random() < 0.03:
        label = chance.choice(("  ", "\u3000")).join(label)
    if chance.random() < 0.1:
        label = f"【{label}】"
        writer.write(label, "head")
        return
    writer.write(label + (style.colon or "：").strip(), "head")
    writer.mark(" " if style.colon.endswith(" ") else "")


def _write_bracket(row: Row, style: _Style, writer: Writer, chance: random.Random) -> None:
    """Write the units in brackets after a task: （责任单位：市教育局、市财政局）."""
    opening, closing = chance.choice(("（）", "（）", "（）", "()", "［］", "【】", "〔〕"))
    writer.mark(chance.choice(("", "", "", style.gap)))
    writer.write(opening, "head")
    groups = [role for role in UNIT_ROLES if row.units_of(role)]
    bare = groups == ["unit"] and chance.random() < 0.5
    for place, role in enumerate(groups):
        if place:
            writer.mark(chance.choice(("；", "，", ";", "。")))
        if not bare:
            label = chance.choice(wording()["labels"][role])
            writer.write(label + (style.colon.strip() or "："), "head")
        separator = chance.choice(("、", "、", "、", "，", ",", "；", " "))
        _write_units(row.units_of(role), separator, role, writer)
    if bare and chance.random() < 0.8:
        writer.write(chance.choice(wording()["bracket_endings"]), "head")
        if chance.random() < 0.1:
            writer.write("，" + chance.choice(wording()["leading_rules"]), "head")
    writer.write(closing + chance.choice(("", "", "。")), "head")


def _write_named(row: Row, form: str, writer: Writer) -> None:
    """Write the units as part of a sentence: 由市发改委牵头，市财政局配合."""
    lead = row.units_of("lead", "unit")
    others = row.units_of("cooperating") or (("相关部门",) if len(row.task) % 5 == 0 else ())
    before, _, after = form.partition("{lead}")
    if lead:
        writer.write(before, "head")
        _write_units(lead, "、", "lead", writer)
        writer.write(after.rstrip("，："), "head")
    if others:
        writer.mark("，" if lead else "")
        _write_units(others, "、", "cooperating", writer)
        writer.write("配合", "head")
    writer.mark(after[-1:] if after[-1:] in ("，", "：") else "")


def _write_units(names: Sequence[str], separator: str, role: Role, writer: Writer) -> None:
    for text, part in unit_parts(names, role, separator):
        writer.write(text, part)
