"""Letters of a PDF page that are no text of it: watermarks, and what imitates bold type."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any

Letter = dict[str, Any]
Rule = dict[str, Any]

# How far apart, in sizes of the letter, the same letter is drawn again to look bold.
_BOLD = 0.15
# From which slant on, as a tangent, a line of letters does not run along the page.
_SLANT = 0.2
# How large, in sizes of the page's letters, and how light, from black to white, marks are.
_LARGE, _LIGHT, _WHITE = 2.0, 0.5, 0.97
# Which share of a mark's letters lies across others or across rules: hardly one of a text does.
_ACROSS = 0.02


def without_doubles(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters of a page, once each: what is drawn twice, a little apart, looks bold.

    Args:
        letters: The letters as pdfplumber tells them.
    """
    from pdfplumber.utils.text import dedupe_chars

    alike: defaultdict[tuple[str, float], list[Letter]] = defaultdict(list)
    for letter in letters:
        alike[letter["text"], round(letter["size"], 3)].append(letter)
    kept: set[int] = set()
    for (_, size), group in alike.items():
        kept |= {id(letter) for letter in dedupe_chars(group, _BOLD * size, extra_attrs=())}
    return [letter for letter in letters if id(letter) in kept]


def without_watermarks(letters: Sequence[Letter], rules: Sequence[Rule]) -> list[Letter]:
    """Return the letters of a page but for those that are written across it, or across others.

    Args:
        letters: The letters as pdfplumber tells them.
        rules: The edges of what is drawn on the page, as it tells them.
    """
    kept = [letter for letter in letters if not is_slanted(letter)]
    large = _LARGE * median(letter["size"] for letter in kept) if kept else 0.0
    upright = [rule for rule in rules if rule["orientation"] == "v"]
    marks: defaultdict[tuple[float, float], list[Letter]] = defaultdict(list)
    for letter in kept:
        size, lightness = round(letter["size"], 3), _lightness(letter)
        if size >= large or _LIGHT <= lightness <= _WHITE:
            marks[-size, lightness].append(letter)
    # The largest first: what it is written across may be light, and a text.
    for (size, _), mark in sorted(marks.items()):
        chosen = set(map(id, mark))
        rest = [letter for letter in kept if id(letter) not in chosen]
        smaller = [letter for letter in rest if letter["size"] <= 1 - size]
        # A level rule through a small letter strikes it out.
        crossing = rules if -size >= large else upright
        if _is_across(mark, smaller, crossing):
            kept = rest
    return kept


def is_slanted(letter: Letter) -> bool:
    """Tell whether letters follow one another neither along nor across the page."""
    less, more = sorted(map(abs, letter["matrix"][:2]))
    return bool(less > _SLANT * more)


def _lightness(letter: Letter) -> float:
    """Return how light a letter is, from black, 0, to white, 1; black where that is not told."""
    color = letter["non_stroking_color"]
    if not all(isinstance(part, int | float) for part in color):
        return 0.0
    if len(color) == 4:
        return float(1 - min(1.0, sum(color[:3]) / 3 + color[3]))
    if len(color) == 3 or letter.get("ncs") != "Separation":
        return float(sum(color) / max(1, len(color)))
    return float(1 - color[0])


def _is_across(mark: Sequence[Letter], others: Sequence[Letter], rules: Sequence[Rule]) -> bool:
    """Tell whether letters are written across others, or across rules, as hardly one of a text."""
    from pdfplumber.utils.geometry import objects_to_bbox

    if not others:
        return False
    x0, y0, x1, y1 = objects_to_bbox([*others, *rules])
    upright = [(rule["x0"], rule["top"], rule["bottom"]) for rule in rules]
    level = sorted((rule["top"], rule["x0"], rule["x1"]) for rule in rules)
    for other in others:
        down = (other["top"] + other["bottom"]) / 2
        upright.append(((other["x0"] + other["x1"]) / 2, down, down))
    upright.sort()
    near = found = 0
    for letter in mark:
        wide, high = (letter["x1"] - letter["x0"]) / 5, (letter["bottom"] - letter["top"]) / 5
        across = letter["x0"] + wide, letter["x1"] - wide
        down = letter["top"] + high, letter["bottom"] - high
        near += x0 < across[1] and across[0] < x1 and y0 < down[1] and down[0] < y1
        found += _has_between(upright, across, down) or _has_between(level, down, across)
    return found > _ACROSS * near


def _has_between(
    things: Sequence[tuple[float, float, float]],
    places: tuple[float, float],
    span: tuple[float, float],
) -> bool:
    """Tell whether one of the things, sorted by place, stands between two and reaches a span."""
    first, last = bisect_left(things, (places[0],)), bisect_right(things, (places[1],))
    return any(start < span[1] and end > span[0] for _, start, end in things[first:last])
