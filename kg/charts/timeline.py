"""The deadlines of departments on a timeline of months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree

from kg.charts.svg import add, create_picture, shorten, text_width
from kg.labels import STATES
from kg.planning.deadlines import Deadline

_WIDTH, _ROW, _HEAD, _TOP, _LEFT = 1000.0, 26.0, 30.0, 60.0, 400.0
# Of periods with more days only the end is drawn as a bar.
_LONG = 92


def timeline_chart(
    groups: Sequence[tuple[str, Sequence[Deadline]]], until: date | None, english: bool = False
) -> ElementTree.Element:
    """Return deadlines as bars on a timeline, department by department.

    Args:
        groups: The names of departments, each with its deadlines.
        until: The date up to which the report covers progress, or None.
        english: Whether it is in English.
    """
    rows = sum(len(deadlines) for _, deadlines in groups)
    height = _TOP + len(groups) * _HEAD + rows * _ROW + 24
    root = create_picture(
        _WIDTH, height, "Deadlines by department" if english else "各部门的时间节点"
    )
    every = [one for _, deadlines in groups for one in deadlines]
    if not every:
        return root
    start, end = _date_range(every, until)
    days = (end - start).days

    def x(day: date) -> float:
        within = min(max(day, start), end)
        return _LEFT + (_WIDTH - _LEFT - 20) * (within - start).days / days

    for month in _month_starts(start, end):
        add(root, "line", cls="axis", x1=x(month), x2=x(month), y1=_TOP - 18, y2=height - 20)
        label = f"{month:%Y-%m}" if english else f"{month.year}年{month.month}月"
        add(root, "text", label, cls="quiet", x=x(month) + 3, y=_TOP - 26, font_size=12)
    _draw_legend(root, every, english)
    y = _TOP
    for name, deadlines in groups:
        add(root, "text", shorten(name, 15, _LEFT), cls="strong", x=4, y=y + 20, font_size=15)
        y += _HEAD
        for one in deadlines:
            _add_deadline(root, one, x(one.first), x(one.last), y, one.first > end, english)
            y += _ROW
    if until and start <= until <= end:
        add(root, "line", cls="until", x1=x(until), x2=x(until), y1=_TOP - 6, y2=height - 20)
        label = f"report: {until:%Y-%m}" if english else f"报告截至{until.month}月底"
        add(root, "text", label, cls="quiet", x=x(until) - 6, y=_TOP - 2, text_anchor="end")
    return root


def _add_deadline(
    root: ElementTree.Element,
    one: Deadline,
    left: float,
    right: float,
    y: float,
    is_later: bool,
    english: bool,
) -> None:
    """Add the row of a deadline: its clause, its bar, and its date."""
    text = f"{one.number} {clause_around(one.sentence, one.words)}"
    add(root, "text", shorten(text, 13, _LEFT - 34), x=20, y=y + 17, font_size=13)
    label = ("▸ " if is_later else "") + (one.last.isoformat() if english else one.words)
    label = shorten(label, 12, 84)
    period = left
    is_long = (one.last - one.first).days > _LONG
    left = min(right if is_long else left, right - 8)
    fits = right + 90 < _WIDTH
    if is_long:
        # The deadline is at the end of the period.
        until = left - 4 if fits else left - 12 - text_width(label, 12)
        add(root, "line", cls="axis", x1=period, x2=until, y1=y + 12, y2=y + 12)
    color = "late" if one.overdue else f"state-{one.status}"
    add(root, "rect", cls=color, x=left, y=y + 5, width=right - left, height=14, rx=3)
    add(
        root,
        "text",
        label,
        cls="quiet",
        x=right + 6 if fits else left - 6,
        y=y + 17,
        font_size=12,
        text_anchor="start" if fits else "end",
    )


def _draw_legend(root: ElementTree.Element, every: Sequence[Deadline], english: bool) -> None:
    """Add a legend of the colours of states and of overdue deadlines."""
    present = {one.status for one in every if not one.overdue}
    shown = [
        (f"state-{state}", label[english]) for state, label in STATES.items() if state in present
    ]
    if any(one.overdue for one in every):
        shown.append(("late", "overdue" if english else "已过期未完成"))
    x = 4.0
    for cls, label in shown:
        add(root, "rect", cls=cls, x=x, y=8, width=12, height=12, rx=3)
        add(root, "text", label, x=x + 17, y=19, font_size=13)
        x += 32 + text_width(label, 13)


def clause_around(sentence: str, words: str, most: int = 30) -> str:
    """Return the clause of a sentence with some words, shortened to `most` characters around them.

    >>> clause_around("招标已完成，计划11月15日开标。公园随后动工。", "11月15日")
    '计划11月15日开标'
    """
    clauses = [it for it in re.split("[，。；,;]", sentence) if words in it] or [sentence]
    clause = clauses[0].strip()
    at = max(clause.find(words) - (most - len(words)) // 2, 0) if len(clause) > most else 0
    return ("…" if at else "") + clause[at : at + most]


def _date_range(every: Sequence[Deadline], until: date | None) -> tuple[date, date]:
    """Return the first and last day of the timeline, limited to the year of the report."""
    start = min(one.first for one in every)
    end = max(one.last for one in every)
    if until:
        start = max(min(start, until), date(until.year, 1, 1))
        end = max(min(end, date(until.year, 12, 31)), until)
    return start.replace(day=1), _next_month(end)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _month_starts(start: date, end: date) -> Iterator[date]:
    """Yield the first days of months, skipping some in a long period so that their names fit."""
    count = (end.year - start.year) * 12 + end.month - start.month
    step = max(1, -(-count // 8))
    month = start
    while month < end:
        yield month
        for _ in range(step):
            month = _next_month(month)
