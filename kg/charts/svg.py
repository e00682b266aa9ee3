"""Build SVG: elements, text widths, and standalone files.

The colours of elements are set by CSS classes (`charts.css`). A standalone file contains these
rules with the light colours of `kg.palette`.
"""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import east_asian_width
from xml.etree import ElementTree

from kg.palette import LIGHT

FONTS = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
_NAMESPACE = "http://www.w3.org/2000/svg"
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
# Characters that are not allowed in XML.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_RULES = Path(__file__).parent / "static" / "charts.css"


def chart_style() -> str:
    """Return the CSS rules for charts in a page."""
    return _RULES.read_text(encoding="utf-8")


def create_picture(width: float, height: float, title: str) -> ElementTree.Element:
    """Return an empty chart.

    Args:
        width: Its width in pixels, before it is scaled to the page.
        height: Its height.
        title: Its alternative text.
    """
    root = ElementTree.Element(
        "svg", {"viewBox": f"0 0 {_format_number(width)} {_format_number(height)}"}
    )
    root.set("xmlns", _NAMESPACE)
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", _CONTROLS.sub(" ", title))
    root.set("font-size", "14")
    return root


def add(
    parent: ElementTree.Element, tag: str, text: str = "", **attributes: str | float
) -> ElementTree.Element:
    """Add an element and return it; `_` in attribute names becomes a hyphen, `cls` is the class."""
    child = ElementTree.SubElement(parent, tag)
    for name, value in attributes.items():
        key = "class" if name == "cls" else name.replace("_", "-")
        shown = value if isinstance(value, str) else _format_number(value)
        child.set(key, _CONTROLS.sub(" ", shown))
    if text:
        child.text = _CONTROLS.sub(" ", text)
    return child


def to_markup(root: ElementTree.Element) -> str:
    """Return a chart as markup for a page, whose style sheet colours it."""
    return ElementTree.tostring(root, encoding="unicode")


def to_standalone_svg(root: ElementTree.Element) -> str:
    """Return a chart as a standalone SVG file, in light colours on white."""
    rules = _VARIABLE.sub(lambda found: LIGHT[found[1]], chart_style())
    left, top, width, height = root.get("viewBox", "0 0 0 0").split()
    copy = ElementTree.Element("svg", {**root.attrib, "width": width, "height": height})
    copy.set("font-family", FONTS)
    add(copy, "style", rules)
    add(copy, "rect", x=left, y=top, width=width, height=height, fill=LIGHT["paper"])
    copy.extend(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{to_markup(copy)}\n'


def chart_size(root: ElementTree.Element) -> tuple[float, float]:
    """Return the width and height of a chart."""
    _, _, width, height = map(float, root.get("viewBox", "0 0 1 1").split())
    return width, height


def text_width(text: str, size: float) -> float:
    """Return the approximate width of a text: one em for a wide character, 0.56 for others.

    >>> text_width("教育局", 10), text_width("abc", 10)
    (30.0, 16.8)
    """
    ems = sum(1.0 if east_asian_width(sign) in "WF" else 0.56 for sign in text)
    return round(ems * size, 1)


def shorten(text: str, size: float, room: float) -> str:
    """Shorten a text with an ellipsis if it is wider than `room`.

    >>> shorten("自然资源和规划分局", 10, 60)
    '自然资源和…'
    """
    if text_width(text, size) <= room:
        return text
    while text and text_width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"


def wrap(text: str, size: float, room: float, most: int) -> list[str]:
    """Wrap a text into at most `most` lines of width `room`; the last line is shortened if needed.

    >>> wrap("一二三四五六", 10, 30, 2), wrap("一二三四五六七", 10, 30, 2)
    (['一二三', '四五六'], ['一二三', '四五…'])
    """
    lines = [""]
    for sign in text:
        if text_width(lines[-1] + sign, size) > room and lines[-1]:
            lines.append("")
        lines[-1] += sign
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten("".join(lines[most - 1 :]), size, room)]
    return lines


def _format_number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
