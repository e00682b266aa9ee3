"""Remove letters of a PDF page that are not text: watermarks, and doubles in imitated bold type."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any

Letter = dict[str, Any]
Rule = dict[str, Any]

# The greatest distance of a double that imitates bold type, in sizes of the letter.
_BOLD = 0.15
# The tangent from which a line of letters counts as slanted.
_SLANT = 0.2
# The least size of watermarks, in sizes of the page's letters, and their least and greatest
# lightness, from black (0) to white (1).
_LARGE, _LIGHT, _WHITE = 2.0, 0.5, 0.97
# The share of a watermark's letters that cross other letters or rules; in text it is lower.
_ACROSS = 0.02


def remove_doubles(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters of a page without doubles, which are drawn to imitate bold type.

    Args:
        letters: The letters from pdfplumber.
    """
    from pdfplumber.utils.text import dedupe_chars

    alike: defaultdict[tuple[str, float], list[Letter]] = defaultdict(list)
    for letter in letters:
        alike[letter["text"], round(letter["size"], 3)].append(letter)
    kept: set[int] = set()
    for (_, size), group in alike.items():
        kept |= {id(letter) for letter in dedupe_chars(group, _BOLD * size, extra_attrs=())}
    return [letter for letter in letters if id(letter) in kept]


def remove_watermarks(letters: Sequence[Letter], rules: Sequence[Rule]) -> list[Letter]:
    """Return the letters of a page without those of watermarks.

    Args:
        letters: The letters from pdfplumber.
        rules: The edges of the page from pdfplumber.
    """
    kept = [letter for letter in letters if not is_slanted(letter)]
    large = _LARGE * median(letter["size"] for letter in kept) if kept else 0.0
    upright = [rule for rule in rules if rule["orientation"] == "v"]
    marks: defaultdict[tuple[float, float], list[Letter]] = defaultdict(list)
    for letter in kept:
        size, lightness = round(letter["size"], 3), _lightness(letter)
        if size >= large or _LIGHT <= lightness <= _WHITE:
            marks[-size, lightness].append(letter)
    # The largest first, because light text that a watermark crosses is not a watermark itself.
    for (size, _), mark in sorted(marks.items()):
        chosen = set(map(id, mark))
        rest = [letter for letter in kept if id(letter) not in chosen]
        smaller = [letter for letter in rest if letter["size"] <= 1 - size]
        # A horizontal rule through a small letter strikes it out.
        crossing = rules if -size >= large else upright
        if _is_across_others(mark, smaller, crossing):
            kept = rest
    return kept


def is_slanted(letter: Letter) -> bool:
    """Return whether a letter is part of a line that is neither horizontal nor vertical."""
    less, more = sorted(map(abs, letter["matrix"][:2]))
    return bool(less > _SLANT * more)


def _lightness(letter: Letter) -> float:
    """Return the lightness of a letter, from black (0, the default) to white (1)."""
    color = letter["non_stroking_color"]
    if not all(isinstance(part, int | float) for part in color):
        return 0.0
    if len(color) == 4:
        return float(1 - min(1.0, sum(color[:3]) / 3 + color[3]))
    if len(color) == 3 or letter.get("ncs") != "Separation":
        return float(sum(color) / max(1, len(color)))
    return float(1 - color[0])


def _is_across_others(
    mark: Sequence[Letter], others: Sequence[Letter], rules: Sequence[Rule]
) -> bool:
    """Return whether more letters cross other letters or rules than in text."""
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
        found += _has_crossing(upright, across, down) or _has_crossing(level, down, across)
    return found > _ACROSS * near


def _has_crossing(
    elements: Sequence[tuple[float, float, float]],
    places: tuple[float, float],
    span: tuple[float, float],
) -> bool:
    """Return whether an element between two places overlaps a span.

    Args:
        elements: The place, start and end of each element, sorted by place.
        places: The first and the last place.
        span: The span.
    """
    first, last = bisect_left(elements, (places[0],)), bisect_right(elements, (places[1],))
    return any(start < span[1] and end > span[0] for _, start, end in elements[first:last])
