"""A 16:9 picture for a slide: a message and a few lines that support it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from kg.charts.svg import add, create_picture, shorten, text_width, wrap

_WIDTH, _HEIGHT, _EDGE = 1600.0, 900.0, 90.0
# Maximum number of lines.
MOST = 5
_SIDE = 360.0


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A line below a message: two names with a text between them, or a name with a bar.

    Attributes:
        left: The first name.
        middle: The text between the names, or below the bar.
        right: The second name; empty for a bar.
        strength: The thickness of the line or the length of the bar, from 0 to 1.
        late: Whether to show it as late.
    """

    left: str
    middle: str
    right: str
    strength: float
    late: bool = False


def message_chart(message: str, lines: Sequence[MessageLine], source: str) -> ElementTree.Element:
    """Return a picture of 1600 × 900 with a message and up to `MOST` lines.

    Args:
        message: The message, one sentence.
        lines: The lines, the most important first.
        source: The source, for the foot.
    """
    root = create_picture(_WIDTH, _HEIGHT, message)
    add(root, "rect", cls="accent", x=_EDGE, y=84, width=64, height=8)
    size = 54
    y = 164.0
    for line in wrap(message, size, _WIDTH - 2 * _EDGE, 3):
        add(root, "text", line, cls="strong", x=_EDGE, y=y, font_size=size)
        y += size * 1.3
    shown = lines[:MOST]
    room = _HEIGHT - 90 - y
    step = min(116.0, room / max(len(shown), 1))
    for at, one in enumerate(shown):
        _draw_line(root, one, y + at * step + step / 2)
    foot = shorten(source, 22, _WIDTH - 2 * _EDGE)
    add(root, "text", foot, cls="quiet", x=_EDGE, y=_HEIGHT - 44, font_size=22)
    return root


def _draw_line(root: ElementTree.Element, one: MessageLine, middle: float) -> None:
    left = shorten(one.left, 32, _SIDE)
    add(root, "text", left, cls="strong", x=_EDGE, y=middle + 8, font_size=32)
    start = _EDGE + _SIDE + 20
    if not one.right:
        add(root, "rect", cls="track", x=start, y=middle - 14, width=1000, height=24, rx=4)
        width = 1000 * max(min(one.strength, 1), 0)
        cls = "late" if one.late else "accent"
        add(root, "rect", cls=cls, x=start, y=middle - 14, width=width, height=24, rx=4)
        text = shorten(one.middle, 24, 1040)
        add(root, "text", text, cls="quiet", x=start, y=middle + 42, font_size=24)
        return
    end = _WIDTH - _EDGE - _SIDE - 20
    y = middle + 2
    add(root, "line", cls="link", x1=start, x2=end, y1=y, y2=y, stroke_width=2 + 8 * one.strength)
    text = shorten(one.middle, 24, end - start)
    x = (start + end) / 2
    wide = text_width(text, 24)
    if wide:
        add(root, "text", text, x=x, y=y - 16, font_size=24, text_anchor="middle")
    right = shorten(one.right, 32, _SIDE)
    add(root, "text", right, cls="strong", x=end + 20, y=middle + 8, font_size=32)
