"""What one report after the other tells for a target, as a line beside the line of its goal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from xml.etree import ElementTree

from kg.charts.svg import add, picture, shorten, text_width
from kg.planning.targets import value_text

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640.0, 240.0, 24.0, 120.0, 36.0, 40.0


def series_chart(
    title: str,
    points: Sequence[tuple[str, Decimal | None]],
    goal: Decimal,
    unit: str,
    english: bool = False,
) -> ElementTree.Element:
    """Return the values of a series as a line; what a report does not tell has no point.

    Args:
        title: What is measured.
        points: The date of each report and its value, in order.
        goal: The promised value.
        unit: The unit of all values.
        english: Whether its words are English.
    """
    told = [value for _, value in points if value is not None]
    low, high = min(goal, *told, Decimal(0)), max(goal, *told, Decimal(0))
    span = high - low or Decimal(1)
    room = _HEIGHT - _TOP - _BOTTOM
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(points) - 1, 1)

    def y(value: Decimal) -> float:
        return _TOP + room * float((high - value) / span)

    spoken = "; ".join(
        f"{date}: {value_text(value, unit)}" for date, value in points if value is not None
    )
    goal_word = f"{'goal' if english else '目标'} {value_text(goal, unit)}"
    root = picture(_WIDTH, _HEIGHT, f"{title}: {spoken}; {goal_word}")
    add(root, "text", shorten(title, 15, _WIDTH - 20), cls="strong", x=10, y=20, font_size=15)
    end = _WIDTH - _RIGHT + 12
    add(root, "line", cls="axis", x1=_LEFT - 10, x2=end, y1=y(low), y2=y(low))
    add(root, "line", cls="goal", x1=_LEFT - 10, x2=end, y1=y(goal), y2=y(goal))
    add(root, "text", goal_word, cls="late", x=end + 6, y=y(goal) + 5, font_size=13)
    places = [
        (_LEFT + step * at, y(value), value)
        for at, (_, value) in enumerate(points)
        if value is not None
    ]
    path = " ".join(f"{x:.1f},{height:.1f}" for x, height, _ in places)
    add(root, "polyline", cls="line", points=path)
    for x, height, value in places:
        add(root, "circle", cls="accent", cx=x, cy=height, r=4.5)
        text = value_text(value, "")
        # Above the line, but below it where the goal's line runs through.
        above = abs(height - y(goal)) > 16 or value > goal
        wide = text_width(text, 13) / 2
        add(
            root,
            "text",
            text,
            x=max(x, wide + 2),
            y=height - 9 if above else height + 20,
            text_anchor="middle",
            font_size=13,
        )
    for at, (date, _) in enumerate(points):
        x = _LEFT + step * at
        half = text_width(date, 12) / 2
        add(
            root,
            "text",
            date,
            cls="quiet",
            x=max(x, half + 2),
            y=_HEIGHT - 12,
            text_anchor="middle",
            font_size=12,
        )
    return root
