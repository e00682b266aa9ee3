"""The subdistricts as a schematic map: tiles in the place of areas, without geography.

No package has free boundaries of China's subdistricts, so that the picture does not tell where they
lie: those at which the same tasks are at work stand near each other, and it says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from xml.etree import ElementTree

import networkx as nx

from kg.charts.svg import add, picture, shorten
from kg.labels import STATES
from kg.planning.subdistricts import SubdistrictWork

_TILE, _GAP, _EDGE, _FOOT = 168.0, 14.0, 10.0, 34.0
_LEVELS = 5
Spot = tuple[int, int]


def subdistrict_chart(
    work: Sequence[SubdistrictWork],
    paths: Mapping[str, str | None] | None = None,
    english: bool = False,
) -> ElementTree.Element:
    """Return subdistricts as tiles, the darker the more tasks, each with the states of its tasks.

    Args:
        work: The subdistricts.
        paths: Where a tile leads, by IRI of the subdistrict; nowhere where left out.
        english: Whether its words are English.
    """
    spots = tile_spots(work)
    columns = max((x for x, _ in spots.values()), default=0) + 1
    rows = max((y for _, y in spots.values()), default=0) + 1
    width = 2 * _EDGE + columns * (_TILE + _GAP) - _GAP
    height = 2 * _EDGE + rows * (_TILE * 0.72 + _GAP) - _GAP + _FOOT
    title = "Schematic map of subdistricts" if english else "街道示意图"
    root = picture(max(width, 520), height, title)
    if paths:
        # A picture with links is no single image to those who cannot see it.
        root.set("role", "group")
    most = max((len(one.tasks) for one in work), default=1)
    for one in work:
        column, row = spots[one.iri]
        parent = root
        if paths and paths.get(one.iri):
            parent = add(root, "a", href=paths[one.iri] or "")
        x, y = _EDGE + column * (_TILE + _GAP), _EDGE + row * (_TILE * 0.72 + _GAP)
        _tile(parent, one, x, y, most, english)
    note = (
        "Schematic: places do not tell geography; near each other stand those with tasks in common."
        if english
        else "示意图：位置不代表地理方位，共同任务多的街道排在一起。"
    )
    add(root, "text", note, cls="quiet", x=_EDGE, y=height - 12, font_size=13)
    return root


def tile_spots(work: Sequence[SubdistrictWork]) -> Mapping[str, Spot]:
    """Return the column and row of each subdistrict in a grid that is nearly square.

    Those with tasks in common stand near each other: places of a spring layout (T. Fruchterman and
    E. Reingold, 1991) are put into rows from top to bottom, and each row from left to right.
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


def _tile(
    parent: ElementTree.Element,
    one: SubdistrictWork,
    x: float,
    y: float,
    most: int,
    english: bool,
) -> None:
    count, height = len(one.tasks), _TILE * 0.72
    level = max(1, ceil(_LEVELS * count / most)) if count else 1
    dark = level >= 4
    add(parent, "rect", cls=f"level-{level}", x=x, y=y, width=_TILE, height=height, rx=8)
    ink = "on-dark" if dark else "on-light"
    name = shorten(one.name, 18, _TILE - 20)
    add(parent, "text", name, cls=f"strong {ink}", x=x + 12, y=y + 28, font_size=18)
    told = f"{count} tasks" if english else f"{count} 项任务"
    add(parent, "text", told, cls=ink, x=x + 12, y=y + 52, font_size=15)
    who = len(one.departments)
    told = f"{who} departments" if english else f"{who} 个部门"
    add(parent, "text", told, cls=ink, x=x + 12, y=y + 73, font_size=13)
    at = x + 12
    add(parent, "rect", cls="plate", x=x + 10, y=y + height - 32, width=_TILE - 20, height=20, rx=4)
    states = one.states
    for state in (*STATES, ""):
        wide = (_TILE - 24) * states.get(state, 0) / max(count, 1)
        if wide:
            add(
                parent,
                "rect",
                cls=f"state-{state}",
                x=at,
                y=y + height - 30,
                width=wide,
                height=16,
            )
        at += wide
