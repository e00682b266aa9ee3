"""Print the rows of a table with cells side by side: aligned, or separated by marks."""

from __future__ import annotations

from collections.abc import Sequence

from tests.reading.printing import (
    Category,
    Entry,
    Style,
    shown_departments,
    width,
    wrap,
)

_MARKS = {"tabs": "\t", "bars": "|"}


def print_header(style: Style) -> list[str]:
    """Return the lines of the names of the columns, each above its column."""
    names = dict(zip("nctpdk", (*style.names, ""), strict=False))
    shown = [names[letter] for letter in style.columns]
    if style.layout == "running":
        return [" ".join(shown)]
    if style.layout != "aligned":
        return _beside([[name] for name in shown], style)
    sizes = _sizes(style)
    return _beside([wrap(name, size) for name, size in zip(shown, sizes, strict=True)], style)


def print_row(entry: Entry, style: Style, above: Category | None) -> list[str]:
    """Return the lines of one row."""
    first, second = entry.category
    known = style.merged and above is not None and above[0] == first
    texts = {
        "n": str(entry.number),
        "c": "" if known else first,
        "k": "" if known and above and above[1] == second else second or "",
        "t": entry.task,
        "p": entry.progress,
        "d": shown_departments(entry, style),
    }
    cells = [
        _wrap_glyphs(texts[letter], size)
        if style.glyphs
        else wrap(texts[letter], size, style.break_numbers, style.hang_marks)
        for letter, size in zip(style.columns, _sizes(style), strict=True)
    ]
    if style.layout != "aligned" and style.gaps == "none":
        cells = [[line for line in cell if line] for cell in cells]
    height = max(map(len, cells))
    if style.centred:
        cells = [
            [""] * ((height - len(cell)) // 2) + cell if letter in "nckd" else cell
            for letter, cell in zip(style.columns, cells, strict=True)
        ]
    lines = _beside(cells, style)
    return [*lines, ""] if style.gaps in ("all", "rows") else lines


def _wrap_glyphs(text: str, size: int) -> list[str]:
    return [
        part[start : start + size]
        for part in text.split("\n")
        for start in range(0, max(len(part), 1), size)
    ]


def _sizes(style: Style) -> list[int]:
    sizes = {
        "n": 2,
        "c": style.category,
        "k": style.category,
        "t": style.task,
        "p": style.progress,
        "d": style.departments,
    }
    return [sizes[letter] for letter in style.columns]


def _beside(cells: Sequence[Sequence[str]], style: Style) -> list[str]:
    lines = []
    for index in range(max(map(len, cells))):
        pieces = [cell[index] if index < len(cell) else "" for cell in cells]
        if style.layout != "aligned":
            lines.append(_MARKS[style.layout].join(pieces))
            continue
        line = ""
        for piece, size in zip(pieces, _sizes(style), strict=True):
            # A header may be wider than its column; the next column then begins later.
            used = len(piece) if style.glyphs else int(2 * width(piece))
            room = (size if style.glyphs else 2 * size) + style.gutter
            line += piece + " " * max(room - used, 1)
        lines.append(line.rstrip())
    return lines
