"""Deadlines of departments along the months: what is due when, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree

from kg.charts.svg import add, picture, shorten
from kg.planning.deadlines import Deadline

_WIDTH, _ROW, _HEAD, _TOP, _LEFT = 1000.0, 26.0, 30.0, 44.0, 360.0


def timeline_chart(
    groups: Sequence[tuple[str, Sequence[Deadline]]], until: date | None, english: bool = False
) -> ElementTree.Element:
    """Return deadlines as bars along the months, department by department.

    Args:
        groups: Names of departments, each with its deadlines.
        until: Up to when the report tells, or None.
        english: Whether its words are English.
    """
    rows = sum(len(deadlines) for _, deadlines in groups)
    height = _TOP + len(groups) * _HEAD + rows * _ROW + 24
    root = picture(_WIDTH, height, "Deadlines by department" if english else "各部门的时间节点")
    every = [one for _, deadlines in groups for one in deadlines]
    if not every:
        return root
    start, end = _span(every, until)
    days = (end - start).days

    def x(day: date) -> float:
        within = min(max(day, start), end)
        return _LEFT + (_WIDTH - _LEFT - 20) * (within - start).days / days

    for month in _months(start, end):
        add(root, "line", cls="axis", x1=x(month), x2=x(month), y1=_TOP - 6, y2=height - 20)
        label = f"{month:%Y-%m}" if english else f"{month.year}年{month.month}月"
        add(root, "text", label, cls="quiet", x=x(month) + 3, y=_TOP - 14, font_size=12)
    y = _TOP
    for name, deadlines in groups:
        add(root, "text", shorten(name, 15, _LEFT), cls="strong", x=4, y=y + 20, font_size=15)
        y += _HEAD
        for one in deadlines:
            left, right = x(one.first), x(one.last)
            text = f"{one.number} {one.promise}"
            add(root, "text", shorten(text, 13, _LEFT - 34), x=20, y=y + 17, font_size=13)
            wide = max(right - left, 8.0)
            later = "▸ " if one.first > end else ""
            add(
                root,
                "rect",
                cls="late" if one.overdue else f"state-{one.status}",
                x=right - wide if right - left < 8 else left,
                y=y + 5,
                width=wide,
                height=14,
                rx=3,
            )
            fits = right + 90 < _WIDTH
            add(
                root,
                "text",
                shorten(later + one.words, 12, 84),
                cls="quiet",
                x=right + 6 if fits else left - 6,
                y=y + 17,
                font_size=12,
                text_anchor="start" if fits else "end",
            )
            y += _ROW
    if until and start <= until <= end:
        add(root, "line", cls="today", x1=x(until), x2=x(until), y1=_TOP - 6, y2=height - 20)
        label = "report" if english else "报告截至"
        add(root, "text", label, cls="late", x=x(until), y=height - 6, text_anchor="middle")
    return root


def _span(every: Sequence[Deadline], until: date | None) -> tuple[date, date]:
    """Return the first and the last day of the picture: of years far off only the edge is shown."""
    start = min(one.first for one in every)
    end = max(one.last for one in every)
    if until:
        start = max(min(start, until), date(until.year, 1, 1))
        end = max(min(end, date(until.year + 1, 12, 31)), until)
    return start.replace(day=1), _next_month(end)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _months(start: date, end: date) -> Iterator[date]:
    """Yield the first days of months; of a long time only some, so that their names fit."""
    count = (end.year - start.year) * 12 + end.month - start.month
    step = max(1, -(-count // 8))
    month = start
    while month < end:
        yield month
        for _ in range(step):
            month = _next_month(month)
