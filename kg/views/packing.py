"""Pack rectangles on a page with few gaps."""

from __future__ import annotations

from collections.abc import Sequence

Size = tuple[float, float]


def pack(sizes: Sequence[Size], aspect: float) -> list[Size]:
    """Pack rectangles into a box that is about `aspect` times as wide as it is high.

    Tall rectangles are placed first, each as high up as it fits (bottom-left along a skyline: B.
    Chazelle, 1983). Several widths of the box are tried; the one with the largest scale is used.

    Args:
        sizes: The width and height of each rectangle.
        aspect: The ratio of width to height of the page.

    Returns:
        The corner with the lowest x and y of each rectangle, in the order of `sizes`.
    """
    if not sizes:
        return []
    order = sorted(range(len(sizes)), key=lambda at: (-sizes[at][1], -sizes[at][0], at))
    widest = max(width for width, _ in sizes)
    total = sum(width * height for width, height in sizes)
    ideal = (total * aspect) ** 0.5
    best: list[Size] = []
    least = float("inf")
    for factor in (0.8, 0.9, 1.0, 1.05, 1.1, 1.15, 1.2, 1.3, 1.5, 1.8):
        corners = _pack_by_skyline(sizes, order, max(widest, ideal * factor))
        right = max(x + sizes[at][0] for at, (x, _) in enumerate(corners))
        bottom = max(y + sizes[at][1] for at, (_, y) in enumerate(corners))
        needed = max(right / aspect, bottom)
        if needed < least:
            best, least = corners, needed
    return best


def _pack_by_skyline(sizes: Sequence[Size], order: Sequence[int], width: float) -> list[Size]:
    """Place each rectangle as high up as possible; `line` has pairs (from x, occupied to y)."""
    corners: list[Size] = [(0.0, 0.0)] * len(sizes)
    line: list[Size] = [(0.0, 0.0)]
    for at in order:
        wide, high = sizes[at]
        best = (float("inf"), 0.0)
        for index, (x, _) in enumerate(line):
            if x + wide > width + 1e-6:
                break
            top = 0.0
            for start, taken in line[index:]:
                if start >= x + wide - 1e-6:
                    break
                top = max(top, taken)
            best = min(best, (top, x))
        top, x = best
        corners[at] = (x, top)
        end = x + wide
        after = [taken for start, taken in line if start <= end + 1e-6][-1]
        line = [
            *((start, taken) for start, taken in line if start < x - 1e-6),
            (x, top + high),
            *([(end, after)] if end < width - 1e-6 else []),
            *((start, taken) for start, taken in line if start > end + 1e-6),
        ]
    return corners
