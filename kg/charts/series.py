"""The values of a target in report after report as a line chart, with a line for its goal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from xml.etree import ElementTree

from kg.charts.svg import add, create_picture, shorten, text_width
from kg.planning.targets import value_text

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640.0, 240.0, 24.0, 120.0, 36.0, 40.0


def series_chart(
    title: str,
    points: Sequence[tuple[str, Decimal | None]],
    goal: Decimal,
    unit: str,
    english: bool = False,
) -> ElementTree.Element:
    """Return the values of a series as a line chart; missing values have no point.

    Args:
        title: The title of the series.
        points: The date of each report and its value or None, in order.
        goal: The promised value.
        unit: The measure unit of all values.
        english: Whether it is in English.
    """
    values = [value for _, value in points if value is not None]
    low, high = min(goal, *values, Decimal(0)), max(goal, *values, Decimal(0))
    span = high - low or Decimal(1)
    room = _HEIGHT - _TOP - _BOTTOM
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(points) - 1, 1)

    def y(value: Decimal) -> float:
        return _TOP + room * float((high - value) / span)

    description = "; ".join(
        f"{date}: {value_text(value, unit)}" for date, value in points if value is not None
    )
    goal_word = f"{'goal' if english else '目标'} {value_text(goal, unit)}"
    root = create_picture(_WIDTH, _HEIGHT, f"{title}: {description}; {goal_word}")
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
        # Above the line, but below it if it would overlap the line of the goal.
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
