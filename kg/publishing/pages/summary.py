"""The summary picture of a bundle: the states of the tasks, and the numbers of things."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.kinds import THINGS
from kg.publishing.contents import Contents
from kg.publishing.templates import render

# The classes that are shown, with their labels.
_KINDS = (
    ("Department", "责任部门", "Departments"),
    *((kind.rdf_class, *kind.title) for kind in THINGS),
    ("Target", "目标值", "Targets"),
)
# Colours that colour-blind readers can distinguish (P. Tol, *Colour Schemes*, 2021: bright).
_COLOURS = ("#4477aa", "#66ccee", "#228833", "#ccbb44", "#ee6677", "#aa3377", "#bbbbbb")
_BAR = 300


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the picture: its labels, number, width in pixels, and colour."""

    zh: str
    en: str
    count: int
    width: int
    colour: str


def write_summary(contents: Contents, path: Path) -> None:
    """Write the picture as SVG."""
    things = [(zh, en, contents.count(name)) for name, zh, en in _KINDS]
    text = render(
        "summary.svg",
        contents=contents,
        statuses=_bars(contents.statuses, _COLOURS),
        things=_bars(things, _COLOURS[:1]),
        height=150 + 26 * max(len(things), len(contents.statuses)),
    )
    path.write_text(text, encoding="utf-8", newline="\n")


def _bars(
    counts: tuple[tuple[str, str, int], ...] | list[tuple[str, str, int]],
    colours: tuple[str, ...],
) -> list[Bar]:
    most = max((count for _, _, count in counts), default=0) or 1
    return [
        Bar(zh, en, count, round(_BAR * count / most), colours[index % len(colours)])
        for index, (zh, en, count) in enumerate(counts)
    ]
