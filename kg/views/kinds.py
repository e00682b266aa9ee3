"""Names, colours and shapes of kinds of nodes, ties and states of tasks.

The colours are from M. Okabe and K. Ito, *Color Universal Design* (2008), and can be distinguished
by colour-blind readers. Each kind also has its own shape, and each tie its own dashes, so that
nothing depends on colour alone. Lines have no outline, so ties have different colours for light and
dark backgrounds, with a contrast of at least 3:1 (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

from math import cos, pi, sin
from typing import NamedTuple

from kg.labels import KINDS as NAMES
from kg.labels import STATES
from kg.labels import TIES as LABELS
from kg.palette import DARK, LIGHT


class Kind(NamedTuple):
    """A kind of node; `path` is its shape with radius 1 as an SVG path, for SVG and canvas."""

    name: str
    zh: str
    en: str
    color: str
    path: str


class Tie(NamedTuple):
    """A kind of tie: its colours on light and dark backgrounds, and its dashes in pixels."""

    name: str
    zh: str
    en: str
    light: str
    dark: str
    dashes: tuple[int, ...]


class Status(NamedTuple):
    """A state of tasks, with its colours on light and dark backgrounds."""

    name: str
    zh: str
    en: str
    light: str
    dark: str


def _polygon_path(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in points) + "Z"


def _regular_polygon(corners: int, radii: tuple[float, ...] = (1.0,), turn: float = -pi / 2) -> str:
    """Return a regular polygon with its first corner at `turn`; with several radii, a star."""
    step = 2 * pi / corners
    return _polygon_path(
        *(
            (
                radii[i % len(radii)] * cos(turn + i * step),
                radii[i % len(radii)] * sin(turn + i * step),
            )
            for i in range(corners)
        )
    )


_CIRCLE = "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z"
_CROSS = ((-0.4, -1), (0.4, -1), (0.4, -0.4), (1, -0.4), (1, 0.4), (0.4, 0.4))
_PLUS = _polygon_path(*_CROSS, *((-x, -y) for x, y in _CROSS))
_TURNED = _polygon_path(
    *(
        ((x - y) * 0.707 * 0.95, (x + y) * 0.707 * 0.95)
        for x, y in (*_CROSS, *((-x, -y) for x, y in _CROSS))
    )
)
_HALF = "M-1 0.5A1 1 0 0 1 1 0.5L1 0.75L-1 0.75Z"

_MARKS = {
    "department": ("#0072B2", _CIRCLE),
    "task": ("#999999", _regular_polygon(4, turn=pi / 4)),
    "project": ("#D55E00", _regular_polygon(4)),
    "place": ("#009E73", _regular_polygon(3)),
    "road": ("#E69F00", _regular_polygon(3, turn=pi / 2)),
    "organization": ("#CC79A7", _regular_polygon(10, (1.1, 0.55))),
    "policy": ("#56B4E9", _regular_polygon(6)),
    "event": ("#F0E442", _regular_polygon(5)),
    "subdistrict": ("#009E73", _regular_polygon(8, turn=pi / 8)),
    "community": ("#56B4E9", _HALF),
    "category": ("#E69F00", _PLUS),
    "obstacle": ("#D55E00", _TURNED),
}
KINDS = tuple(
    Kind(name, *label, *_MARKS.get(name, ("#999999", _CIRCLE))) for name, label in NAMES.items()
)

TIES = (
    Tie("joint", *LABELS["joint"], "#0072B2", "#4DA3DC", ()),
    Tie("shared", *LABELS["shared"], "#6B5FA0", "#A79BD6", (9, 5)),
    Tie("waiting", *LABELS["waiting"], "#A8437C", "#E08FBF", (2, 4)),
    Tie("within", "位于其中", "within", "#00805D", "#2BBF93", (12, 4, 2, 4)),
    Tie("responsible", "负责", "responsible", "#5B6675", "#9AA7B8", ()),
    Tie("mentions", "提到", "mentions", "#2A7FB5", "#56B4E9", (5, 3)),
    Tie("category", "归类", "category", "#946300", "#E69F00", (1, 3)),
)

STATUSES = tuple(Status(name, *label, LIGHT[name], DARK[name]) for name, label in STATES.items())
