"""The matrix of departments as a heat map."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree

from kg.charts.svg import add, chart_size, create_picture, shorten, text_width
from kg.labels import Label
from kg.network.matrix import Cell, Matrix

LEVELS = 5
# The weights where the next colour begins. 0.5 is the minimum for pairs that must talk; 1 is a
# joint task of two departments, or a project that only they mention.
_STEPS = (0.25, 0.5, 1.0, 2.0)
# Up to this number of departments their names are shown; for more, the names of groups.
MOST_NAMED = 80
MARKS: Mapping[str, Label] = {
    "joint": Label("共同负责任务", "a joint task"),
    "shared": Label("只有共同涉及的事物", "only shared things"),
    "waiting": Label("一方等待另一方", "one waits for the other"),
}
_LARGEST, _SMALLEST, _WIDE = 26.0, 3.0, 1000.0
_TURN = 50


def level(weight: float) -> int:
    """Return the colour level of a weight, from 1 to `LEVELS`.

    >>> level(0.1), level(0.5), level(3)
    (1, 3, 5)
    """
    return 1 + sum(weight >= step for step in _STEPS)


def matrix_chart(
    matrix: Matrix, names: Mapping[str, str], english: bool = False, *, has_legend: bool = False
) -> ElementTree.Element:
    """Return the matrix as a chart with a row and a column for each department.

    The element has the attributes `data-left`, `data-top` and `data-size`: the origin of the cells
    and the size of a cell. Cells of the same colour are one path, so that a matrix of 300
    departments is drawn quickly.

    Args:
        matrix: The matrix.
        names: The names of departments, by IRI.
        english: Whether it is in English.
        has_legend: Whether to add a legend of colours and marks.
    """
    count = len(matrix.departments)
    labels = [names[iri] for iri in matrix.departments]
    named = count <= MOST_NAMED
    size = max(_SMALLEST, min(_LARGEST, _WIDE / max(count, 1)))
    text = min(14.0, size * 0.85)
    room = max((text_width(label, text) for label in labels), default=0) if named else 150.0
    room = min(room, 260.0)
    left, top = room + 10, (room * 0.78 + 28 if named else 12)
    side = size * count
    # The name of the last column extends to the right.
    root = create_picture(
        left + side + (room * 0.66 if named else 8), top + side + 8, _chart_title(matrix, english)
    )
    for name, value in (("left", left), ("top", top), ("size", size)):
        root.set(f"data-{name}", f"{value:g}")
    add(root, "rect", cls="ground", x=left, y=top, width=side, height=side)
    _draw_cells(root, matrix.cells, left, top, size)
    if size >= 8:
        _draw_marks(root, matrix.cells, left, top, size)
    _draw_groups(root, matrix, labels, left, top, size, named=named, english=english)
    if named:
        _draw_names(root, labels, left, top, size, text, room)
    if has_legend:
        _draw_legend(root, english)
    return root


def legend_items() -> list[tuple[str, str]]:
    """Return the CSS classes of the colours with their ranges, from weak to strong."""
    bounds = (0.0, *_STEPS)
    steps = [f"{low:g}–{high:g}" for low, high in zip(bounds, _STEPS, strict=False) if low or high]
    steps[0] = f"< {_STEPS[0]:g}"
    return [(f"level-{at}", text) for at, text in enumerate([*steps, f"≥ {_STEPS[-1]:g}"], 1)]


def matrix_data(matrix: Matrix, names: Mapping[str, str], english: bool = False) -> str:
    """Return the data of the cells for `matrix.js`, as JSON without `<`.

    Args:
        matrix: The matrix.
        names: The names of departments, by IRI.
        english: Whether it is in English.
    """
    data = {
        "names": [names[iri] for iri in matrix.departments],
        "cells": {
            f"{cell.row},{cell.column}": [
                f"{cell.weight:.3g}",
                MARKS[cell.mark][english],
                tie_names(cell),
            ]
            for cell in matrix.cells
        },
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def tie_names(cell: Cell, most: int = 3) -> str:
    """Return the names of the ties of a cell, at most `most`, ordered by weight."""
    more = f" +{len(cell.ties) - most}" if len(cell.ties) > most else ""
    return "、".join(tie.name for tie in cell.ties[:most]) + more


def _chart_title(matrix: Matrix, english: bool) -> str:
    count, pairs = len(matrix.departments), len(matrix.cells)
    return (
        f"Matrix of {count} departments: {pairs} pairs with ties"
        if english
        else f"{count}个部门的联系矩阵：{pairs}对部门相互联系"
    )


def _draw_cells(
    root: ElementTree.Element, cells: Iterable[Cell], left: float, top: float, size: float
) -> None:
    gap = 0.6 if size >= 8 else 0.0
    paths: dict[int, list[str]] = {}
    for cell in cells:
        for row, column in ((cell.row, cell.column), (cell.column, cell.row)):
            x, y, wide = left + column * size, top + row * size, size - gap
            path = f"M{x:.4g} {y:.4g}h{wide:.3g}v{wide:.3g}h{-wide:.3g}z"
            paths.setdefault(level(cell.weight), []).append(path)
    for number, parts in sorted(paths.items()):
        add(root, "path", cls=f"level-{number}", d="".join(parts))


def _draw_marks(
    root: ElementTree.Element, cells: Iterable[Cell], left: float, top: float, size: float
) -> None:
    """Draw a disc for a joint task, and a triangle in the row of the department that waits."""
    paths: dict[str, list[str]] = {}
    reach = size * 0.2
    for cell in cells:
        ground = "on-dark" if level(cell.weight) >= 4 else "on-light"
        for row, column in ((cell.row, cell.column), (cell.column, cell.row)):
            x, y = left + (column + 0.5) * size - 0.3, top + (row + 0.5) * size - 0.3
            if cell.mark == "joint":
                path = (
                    f"M{x - reach:.5g} {y:.5g}a{reach:.3g} {reach:.3g} 0 1 0 {2 * reach:.3g} 0"
                    f"a{reach:.3g} {reach:.3g} 0 1 0 {-2 * reach:.3g} 0z"
                )
            elif cell.mark == "waiting" and cell.awaited == column:
                path = (
                    f"M{x - reach:.5g} {y - reach * 1.2:.5g}l{2.2 * reach:.3g} {1.2 * reach:.3g}"
                    f"l{-2.2 * reach:.3g} {1.2 * reach:.3g}z"
                )
            else:
                continue
            paths.setdefault(ground, []).append(path)
    for ground, parts in sorted(paths.items()):
        add(root, "path", cls=f"sign {ground}", d="".join(parts))


def _draw_names(
    root: ElementTree.Element,
    labels: Sequence[str],
    left: float,
    top: float,
    size: float,
    text: float,
    room: float,
) -> None:
    for at, label in enumerate(labels):
        short, middle = shorten(label, text, room), at * size + size / 2 + text * 0.36
        add(
            root,
            "text",
            short,
            cls="name",
            x=left - 6,
            y=top + middle,
            text_anchor="end",
            font_size=text,
        )
        x, y = left + middle, top - 6
        add(
            root,
            "text",
            short,
            cls="name",
            font_size=text,
            transform=f"translate({x:.5g} {y:.5g}) rotate({-_TURN})",
        )


def _draw_legend(root: ElementTree.Element, english: bool) -> None:
    """Add a legend of colours and marks below the chart."""
    width, height = chart_size(root)
    root.set("viewBox", f"0 0 {max(width, 560):g} {height + 34:g}")
    x, y = 8.0, height + 20
    add(root, "text", "strength" if english else "强度", cls="quiet", x=x, y=y, font_size=13)
    x += 56 if english else 34
    for cls, text in legend_items():
        add(root, "rect", cls=cls, x=x, y=y - 12, width=14, height=14)
        add(root, "text", text, x=x + 18, y=y, font_size=13)
        x += 28 + text_width(text, 13)
    words = ("● joint task", "▶ the row waits") if english else ("● 共同负责任务", "▶ 本行等待该列")
    for text in words:
        add(root, "text", text, x=x, y=y, font_size=13)
        x += 14 + text_width(text, 13)


def _draw_groups(
    root: ElementTree.Element,
    matrix: Matrix,
    labels: Sequence[str],
    left: float,
    top: float,
    size: float,
    *,
    named: bool,
    english: bool,
) -> None:
    """Draw a frame around each group, and its name if departments have no names."""
    for _, block in groupby(range(len(labels)), key=lambda at: matrix.groups[at]):
        places = list(block)
        start, wide = places[0] * size, len(places) * size
        if len(places) < len(labels):
            add(root, "rect", cls="group", x=left + start, y=top + start, width=wide, height=wide)
        if not named and wide >= 12:
            first = shorten(labels[places[0]], 12, 110)
            more = f" +{len(places) - 1}" if english else f"等{len(places)}个"
            add(
                root,
                "text",
                first + (more if len(places) > 1 else ""),
                cls="name",
                x=left - 6,
                y=top + start + min(wide / 2 + 4, wide),
                text_anchor="end",
                font_size=12,
            )
