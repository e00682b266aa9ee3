"""Build SVG: elements, the room that text takes, and pictures that stand alone.

Elements have classes, whose colours are those of the page (`charts.css`). A picture that is taken
out of the page has these rules in it, with the light colours of `kg.palette` in their place.
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
# What XML cannot hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_RULES = Path(__file__).parent / "static" / "charts.css"


def chart_style() -> str:
    """Return the rules of CSS that colour pictures in a page."""
    return _RULES.read_text(encoding="utf-8")


def picture(width: float, height: float, title: str) -> ElementTree.Element:
    """Return an empty picture.

    Args:
        width: Its width, in pixels at its own size; it grows and shrinks with the page.
        height: Its height.
        title: What it shows, for those who cannot see it.
    """
    root = ElementTree.Element("svg", {"viewBox": f"0 0 {_number(width)} {_number(height)}"})
    root.set("xmlns", _NAMESPACE)
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", _CONTROLS.sub(" ", title))
    root.set("font-size", "14")
    return root


def add(
    parent: ElementTree.Element, tag: str, text: str = "", **attributes: str | float
) -> ElementTree.Element:
    """Add an element and return it; `_` in names of attributes is a hyphen, `cls` is the class."""
    child = ElementTree.SubElement(parent, tag)
    for name, value in attributes.items():
        key = "class" if name == "cls" else name.replace("_", "-")
        shown = value if isinstance(value, str) else _number(value)
        child.set(key, _CONTROLS.sub(" ", shown))
    if text:
        child.text = _CONTROLS.sub(" ", text)
    return child


def markup(root: ElementTree.Element) -> str:
    """Return a picture as it stands in a page, coloured by the page."""
    return ElementTree.tostring(root, encoding="unicode")


def standalone(root: ElementTree.Element) -> str:
    """Return a picture as a file of its own, in light colours on white."""
    rules = _VARIABLE.sub(lambda found: LIGHT[found[1]], chart_style())
    left, top, width, height = root.get("viewBox", "0 0 0 0").split()
    copy = ElementTree.Element("svg", {**root.attrib, "width": width, "height": height})
    copy.set("font-family", FONTS)
    add(copy, "style", rules)
    add(copy, "rect", x=left, y=top, width=width, height=height, fill=LIGHT["paper"])
    copy.extend(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{markup(copy)}\n'


def chart_size(root: ElementTree.Element) -> tuple[float, float]:
    """Return the width and height of a picture."""
    _, _, width, height = map(float, root.get("viewBox", "0 0 1 1").split())
    return width, height


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is: an em for a wide character, 0.56 for others.

    >>> text_width("教育局", 10), text_width("abc", 10)
    (30.0, 16.8)
    """
    ems = sum(1.0 if east_asian_width(sign) in "WF" else 0.56 for sign in text)
    return round(ems * size, 1)


def shorten(text: str, size: float, room: float) -> str:
    """Return a text, cut with an ellipsis where it is wider than the room for it.

    >>> shorten("自然资源和规划分局", 10, 60)
    '自然资源和…'
    """
    if text_width(text, size) <= room:
        return text
    while text and text_width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"


def wrap(text: str, size: float, room: float, most: int) -> list[str]:
    """Return a text in lines that fit a room; the last of more lines than `most` is cut.

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


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
