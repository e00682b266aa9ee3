"""Rows laid out as a list: numbered items, labelled lines, paragraphs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from kg.tagger.roles import Role
from training.documents.inventions import invent_person
from training.documents.rows import Contents, Row
from training.documents.tables import unit_parts
from training.documents.writer import Writer

_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARKERS = (
    "{n}.", "{n}.", "{n}、", "{n}、", "{n}．", "（{n}）", "({n})", "{n})", "{c}", "{z}、", "（{z}）", "{z}是", "第{z}，", "【实事{z}】",
    "【实事{n}】", "●", "--", "", "", "{n} ", "项目{z}：", "任务{n}：", "第{z}件实事：", "{n}。",
)  # fmt: skip
_HEADINGS = ("一、", "（一）", "", "【】", "第一部分 ", "一、", "一.")
_LABELS: dict[Role, tuple[str, ...]] = {
    "lead": ("牵头单位", "牵头部门", "主办单位", "责任部门"),
    "unit": ("责任单位", "责任部门", "承办单位", "责任主体", "落实部门"),
    "cooperating": ("配合单位", "协办单位", "配合部门", "责任单位"),
    "progress": (
        "进展情况", "完成情况", "推进情况", "落实情况", "目前进展", "工作进展", "截至目前进展", "实施情况", "办理结果", "一季度进展",
    ),
    "plan": ("下一步计划", "下一步工作", "下一步打算", "下步工作安排"),
    "problem": ("存在问题", "存在的主要问题", "困难问题"),
    "deadline": ("完成时限", "时限要求", "完成时间"),
    "leader": ("责任领导", "分管领导", "责任人"),
    "task": ("目标任务", "工作任务", "实事内容", "年度目标", "任务内容"),
    "target": ("具体内容", "年度目标", "建设内容", "工作目标"),
}  # fmt: skip


_OFFICES = ("副市长", "副县长", "副区长", "同志", "常务副市长")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a list is laid out.

    Attributes:
        marker: What stands in front of an item.
        own_line: Whether parts stand on lines of their own.
        labelled: Whether progress has a label.
        units: Where units stand: `bracket`, `label`, `sentence` or `start`.
        gap: What parts paragraphs.
        colon: The colon behind a label.
        spoken: What progress without a label begins with.
    """

    marker: str
    own_line: bool
    labelled: bool
    units: str
    gap: str
    colon: str
    spoken: str


def write_list(
    rows: Sequence[Row], contents: Contents, writer: Writer, chance: random.Random
) -> None:
    """Write rows as a list in one of the usual ways."""
    style = _Style(
        chance.choice(_MARKERS),
        chance.random() < 0.6,
        chance.random() < 0.5,
        chance.choices(("bracket", "label", "sentence", "start"), (50, 25, 15, 10))[0],
        chance.choice(("\n", "\n", "\n\n", "\n\n\n", "\n    ", "\n\u3000\u3000")),
        chance.choice(("：", "：", "：", ":", "： ", "")),
        chance.choice(("", "", "", "目前，", "目前", "截至目前，", "今年以来，", "其中，", "一是")),
    )
    heading = chance.choice(_HEADINGS)
    together = chance.random() < 0.06 and not style.own_line
    seen = -1
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        if row.category and (before is None or before.category != row.category):
            seen += 1
            _write_heading(row.category, heading, seen, writer, style, chance)
        _write_item(row, place, style, writer, chance)
        writer.mark("" if together else style.gap)
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
    """Write a task with all that is told of it."""
    writer.write(_marker(style.marker, place), "number")
    if style.units == "start" and row.units:
        if chance.random() < 0.3:
            writer.write("由", "head")
            writer.write(invent_person(chance) + chance.choice(_OFFICES), "leader")
            writer.write("负责，", "head")
        _write_named(row, chance.choice(("由{lead}负责，", "{lead}牵头，")), writer)
    labelled_task = style.labelled and style.units == "label" and chance.random() < 0.3
    if labelled_task:
        _write_label("task", style, writer, chance)
    words = row.task
    ends = words[-1:] in "。；;"
    if not row.units and not ends and len(words) < 30 and chance.random() < 0.4:
        words, ends = words + "。", True
    writer.write(words, "task")
    if row.target:
        writer.mark(chance.choice(("，", "：", style.gap)) if not ends else "")
        writer.write(row.target, "target")
    if style.units == "bracket" and row.units:
        _write_bracket(row, style, writer, chance)
    elif style.units == "sentence" and row.units:
        bracketed = not ends and chance.random() < 0.5
        writer.mark("（" if bracketed else "" if ends else chance.choice(("，", "。")))
        _write_named(row, chance.choice(("由{lead}牵头", "{lead}负责", "{lead}牵头负责")), writer)
        writer.mark("）" if bracketed else "。")
    elif not ends and chance.random() < 0.4:
        writer.mark("。")
    for role, text in (("deadline", row.deadline), ("leader", row.leader)):
        if text:
            writer.mark(style.gap if style.own_line else " ")
            _write_label(role, style, writer, chance)  # type: ignore[arg-type]
            writer.write(text, role)  # type: ignore[arg-type]
    if style.units == "label" and row.units:
        for role in ("lead", "unit", "cooperating"):
            if names := row.units_of(role):  # type: ignore[arg-type]
                writer.mark(style.gap if style.own_line else "")
                _write_label(role, style, writer, chance)  # type: ignore[arg-type]
                _write_units(names, "、", role, writer)  # type: ignore[arg-type]
                writer.mark("" if style.own_line else "。")
    told: tuple[tuple[Role, str], ...] = (
        ("progress", row.progress),
        ("problem", row.problem),
        ("plan", row.plan),
    )
    for role, text in told:
        if text:
            if role == "progress" and style.spoken and text[:2] not in ("目前", "截至"):
                text = f"{style.spoken}{text}"
            writer.mark(style.gap if style.own_line else "")
            if style.labelled or role != "progress":
                _write_label(role, style, writer, chance)
            _write_paragraphs(text, role, style, writer, chance)


def _write_paragraphs(
    text: str, role: Role, style: _Style, writer: Writer, chance: random.Random
) -> None:
    """Write a text; a long one sometimes in several paragraphs, which are one span."""
    if style.own_line and len(text) > 80 and chance.random() < 0.3:
        at = text.find("。", len(text) // 3) + 1
        if 0 < at < len(text):
            text = f"{text[:at]}{style.gap}{text[at:]}"
    writer.write(text, role)


def _write_label(role: Role, style: _Style, writer: Writer, chance: random.Random) -> None:
    label = chance.choice(_LABELS[role])
    if chance.random() < 0.1:
        label = f"【{label}】"
        writer.write(label, "head")
        return
    writer.write(label + (style.colon or "：").strip(), "head")
    writer.mark(" " if style.colon.endswith(" ") else "")


def _write_bracket(row: Row, style: _Style, writer: Writer, chance: random.Random) -> None:
    """Write the units in brackets behind a task: （责任单位：市教育局、市财政局）."""
    brackets = chance.choice(("（）", "（）", "（）", "()", "［］", "【】", "〔〕"))
    opening, closing = brackets[0], brackets[1]
    writer.mark(chance.choice(("", "", "", style.gap)))
    writer.write(opening, "head")
    groups = [role for role in ("lead", "unit", "cooperating") if row.units_of(role)]  # type: ignore[arg-type]
    bare = groups == ["unit"] and chance.random() < 0.2
    for place, role in enumerate(groups):
        if place:
            writer.mark(chance.choice(("；", "，", ";", "。")))
        if not bare:
            writer.write(chance.choice(_LABELS[role]) + (style.colon.strip() or "："), "head")  # type: ignore[index]
        separator = chance.choice(("、", "、", "、", "，", ",", "；", " "))
        _write_units(row.units_of(role), separator, role, writer)  # type: ignore[arg-type]
    writer.write(closing + chance.choice(("", "", "。")), "head")


def _write_named(row: Row, form: str, writer: Writer) -> None:
    """Write the units as a part of the sentence: 由市发改委牵头，市财政局配合."""
    lead = row.units_of("lead", "unit")
    others = row.units_of("cooperating") or (("相关部门",) if len(row.task) % 5 == 0 else ())
    before, _, after = form.partition("{lead}")
    if lead:
        writer.write(before, "head")
        _write_units(lead, "、", "lead", writer)
        writer.write(after.rstrip("，"), "head")
    if others:
        writer.mark("，" if lead else "")
        _write_units(others, "、", "cooperating", writer)
        writer.write("配合", "head")
    if after.endswith("，"):
        writer.mark("，")


def _write_units(names: Sequence[str], separator: str, role: Role, writer: Writer) -> None:
    for text, part in unit_parts(names, role, separator):
        writer.write(text, part)
