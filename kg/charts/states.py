"""The states of tasks by category as a bar chart."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from kg.charts.svg import add, create_picture, shorten, text_width
from kg.labels import STATES

_WIDTH, _ROW, _TOP, _NAME, _BAR = 1000.0, 40.0, 48.0, 330.0, 590.0


def state_chart(
    groups: Mapping[str, Mapping[str, int]], english: bool = False
) -> ElementTree.Element:
    """Return a bar chart with a bar for each group of tasks, in the colours of their states.

    Args:
        groups: The number of tasks by name of the group and state.
        english: Whether it is in English.
    """
    root = create_picture(
        _WIDTH, _TOP + _ROW * len(groups) + 8, "Tasks by state" if english else "任务状态"
    )
    present = [state for state in STATES if any(counts.get(state) for counts in groups.values())]
    x = _NAME
    for state in present:
        label = STATES[state][english]
        add(root, "rect", cls=f"state-{state}", x=x, y=10, width=14, height=14, rx=3)
        add(root, "text", label, x=x + 20, y=22, font_size=14)
        x += 38 + text_width(label, 14)
    most = max((sum(counts.values()) for counts in groups.values()), default=1)
    for at, (name, counts) in enumerate(groups.items()):
        top = _TOP + at * _ROW
        label = shorten(name or ("no category" if english else "未分类"), 15, _NAME - 20)
        add(root, "text", label, x=_NAME - 12, y=top + 20, text_anchor="end", font_size=15)
        left = _NAME
        for state in (*STATES, ""):
            wide = _BAR * counts.get(state, 0) / most
            if not wide:
                continue
            add(
                root,
                "rect",
                cls=f"state-{state}",
                x=left,
                y=top + 3,
                width=max(wide - 1.5, 1),
                height=24,
                rx=2,
            )
            left += wide
        total = f"{sum(counts.values())}"
        add(root, "text", total, cls="quiet", x=left + 8, y=top + 20, font_size=14)
    return root
