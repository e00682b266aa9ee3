"""A schematic map of subdistricts, with tiles instead of areas.

There are no free boundaries of China's subdistricts in any package, so the positions do not show
geography: subdistricts with common tasks are near each other. A note on the map says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from xml.etree import ElementTree

import networkx as nx

from kg.charts.svg import add, create_picture, shorten
from kg.labels import STATES
from kg.planning.subdistricts import SubdistrictWork

_TILE, _GAP, _EDGE, _FOOT = 168.0, 14.0, 1.0, 34.0
Spot = tuple[int, int]


def subdistrict_chart(
    work: Sequence[SubdistrictWork],
    paths: Mapping[str, str | None] | None = None,
    english: bool = False,
) -> ElementTree.Element:
    """Return subdistricts as tiles, each with a bar of its tasks by state.

    Args:
        work: The subdistricts.
        paths: The links of the tiles, by IRI of the subdistrict; no links by default.
        english: Whether it is in English.
    """
    spots = tile_positions(work)
    columns = max((x for x, _ in spots.values()), default=0) + 1
    rows = max((y for _, y in spots.values()), default=0) + 1
    width = 2 * _EDGE + columns * (_TILE + _GAP) - _GAP
    height = 2 * _EDGE + rows * (_TILE * 0.72 + _GAP) - _GAP + _FOOT
    title = "Schematic map of subdistricts" if english else "街道示意图"
    root = create_picture(max(width, 520), height, title)
    if paths:
        # With links, the chart is not a single image for screen readers.
        root.set("role", "group")
    most = max((len(one.tasks) for one in work), default=1)
    for one in work:
        column, row = spots[one.iri]
        parent = root
        if paths and paths.get(one.iri):
            parent = add(root, "a", href=paths[one.iri] or "")
        x, y = _EDGE + column * (_TILE + _GAP), _EDGE + row * (_TILE * 0.72 + _GAP)
        _draw_tile(parent, one, x, y, most, english)
    note = (
        "Schematic, not geographic: subdistricts with common tasks are near each other."
        if english
        else "示意图：位置不代表地理方位，共同任务多的街道排在一起。"
    )
    add(root, "text", note, cls="quiet", x=_EDGE, y=height - 12, font_size=13)
    return root


def tile_positions(work: Sequence[SubdistrictWork]) -> Mapping[str, Spot]:
    """Return the column and row of each subdistrict in a nearly square grid.

    Subdistricts with common tasks are near each other: the positions of a spring layout (T.
    Fruchterman and E. Reingold, 1991) are sorted into rows from top to bottom, and each row from
    left to right.
    """
    network: nx.Graph = nx.Graph()
    network.add_nodes_from(sorted(one.iri for one in work))
    for one in work:
        for other, shared in one.neighbours.items():
            network.add_edge(one.iri, other, weight=shared)
    if not network:
        return {}
    places = nx.spring_layout(network, weight="weight", seed=7)
    columns = ceil(sqrt(len(network) * 1.3))
    downward = sorted(network, key=lambda iri: (round(float(places[iri][1]), 6), iri))
    spots = {}
    for row in range(ceil(len(downward) / columns)):
        some = downward[row * columns : (row + 1) * columns]
        across = sorted(some, key=lambda iri: (round(float(places[iri][0]), 6), iri))
        spots.update({iri: (column, row) for column, iri in enumerate(across)})
    return spots


def _draw_tile(
    parent: ElementTree.Element,
    one: SubdistrictWork,
    x: float,
    y: float,
    most: int,
    english: bool,
) -> None:
    count, height = len(one.tasks), _TILE * 0.72
    add(parent, "rect", cls="tile", x=x, y=y, width=_TILE, height=height, rx=8)
    name = shorten(one.name, 18, _TILE - 60)
    add(parent, "text", name, cls="strong", x=x + 12, y=y + 30, font_size=18)
    number = f"{count}"
    right = x + _TILE - 12
    add(parent, "text", number, cls="strong", x=right, y=y + 32, text_anchor="end", font_size=22)
    who = len(one.departments)
    text = f"{who} {'departments' if who > 1 else 'department'}" if english else f"{who}个部门"
    add(parent, "text", text, cls="quiet", x=x + 12, y=y + 56, font_size=14)
    unit = ("tasks" if count > 1 else "task") if english else "项任务"
    add(parent, "text", unit, cls="quiet", x=right, y=y + 56, text_anchor="end", font_size=14)
    if one.late_count:
        late = f"{one.late_count} delayed" if english else f"{one.late_count}项推迟"
        add(parent, "text", late, cls="late strong", x=x + 12, y=y + 76, font_size=14)
    # The length of the bar is relative to the subdistrict with most tasks.
    at, room, states = x + 12, (_TILE - 24) * count / most, one.states
    add(parent, "rect", cls="track", x=at, y=y + height - 26, width=_TILE - 24, height=14, rx=3)
    for state in (*STATES, ""):
        wide = room * states.get(state, 0) / max(count, 1)
        if wide:
            add(
                parent,
                "rect",
                cls=f"state-{state}",
                x=at,
                y=y + height - 26,
                width=wide,
                height=14,
            )
        at += wide
