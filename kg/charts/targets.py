"""Targets as a bar chart of the reached shares, with marks for the elapsed share of the year."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from kg.charts.svg import add, create_picture, shorten
from kg.labels import JUDGEMENTS
from kg.planning.targets import TargetProgress, progress_line

_WIDTH, _ROW, _TOP = 1000.0, 44.0, 40.0
_NAME, _BAR = 330.0, 560.0


def target_chart(targets: Sequence[TargetProgress], english: bool = False) -> ElementTree.Element:
    """Return targets as bars, each with a mark for the elapsed share of the year.

    Args:
        targets: The targets, from top to bottom.
        english: Whether it is in English.
    """
    title = "Targets: reached shares" if english else "目标完成情况"
    root = create_picture(_WIDTH, _TOP + _ROW * len(targets) + 30, title)
    for share in (0, 0.25, 0.5, 0.75, 1):
        x = _NAME + share * _BAR
        bottom = _TOP + _ROW * len(targets)
        add(root, "line", cls="axis", x1=x, x2=x, y1=_TOP - 6, y2=bottom)
        add(root, "text", f"{share:.0%}", cls="quiet", x=x, y=_TOP - 12, text_anchor="middle")
    for at, target in enumerate(targets):
        _draw_row(root, target, _TOP + at * _ROW, english)
    if any(target.has_pace and target.elapsed is not None for target in targets):
        legend = "time elapsed" if english else "时间已过"
        y = _TOP + _ROW * len(targets) + 18
        add(root, "line", cls="today", x1=_NAME, x2=_NAME, y1=y - 12, y2=y + 4)
        add(root, "text", legend, cls="quiet", x=_NAME + 8, y=y, font_size=13)
    return root


def _draw_row(root: ElementTree.Element, target: TargetProgress, top: float, english: bool) -> None:
    name = shorten(target.indicator, 15, _NAME - 20)
    add(root, "text", name, x=_NAME - 12, y=top + 15, text_anchor="end", font_size=15)
    who = "、".join(one.name for one in target.departments)
    add(
        root,
        "text",
        shorten(who, 12, _NAME - 20),
        cls="quiet",
        x=_NAME - 12,
        y=top + 32,
        text_anchor="end",
        font_size=12,
    )
    add(root, "rect", cls="track", x=_NAME, y=top + 4, width=_BAR, height=14, rx=3)
    if target.has_pace and target.share is not None:
        width = max(min(target.share, 1.0), 0.0) * _BAR
        add(
            root,
            "rect",
            cls=f"judged-{target.judgement}",
            x=_NAME,
            y=top + 4,
            width=width,
            height=14,
            rx=3,
        )
    if target.has_pace and target.elapsed is not None:
        x = _NAME + target.elapsed * _BAR
        add(root, "line", cls="today", x1=x, x2=x, y1=top, y2=top + 22)
    line = progress_line(target, english)
    add(root, "text", line, cls="quiet", x=_NAME, y=top + 33, font_size=12.5)
    label = JUDGEMENTS[target.judgement][english]
    add(root, "text", label, x=_NAME + _BAR + 10, y=top + 16, font_size=13, cls="strong")
