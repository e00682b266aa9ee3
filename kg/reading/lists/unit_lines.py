"""Lines of a list that name nothing but units: over the items that they are for, or below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.reading.lists.entries import Entry
from kg.reading.lists.fields import Field
from kg.reading.structure.cells import cut
from kg.reading.structure.labels import HEADED
from kg.reading.structure.markers import RANK, Style
from kg.reading.units.unit_names import find_units, lists_units

# What stands around the units of a heading: 单位：区教育局（共3项）.
_AROUND = re.compile(rf"^{HEADED.pattern}|[（(]\s*共?\d+\s*[项件个条]\s*[）)]")


def units_alone(entry: Entry) -> tuple[Field, ...]:
    """Return the units of a heading that is nothing but their names."""
    texts = [found.cell for found in entry.fields if found.kind == "task"]
    if len(texts) != 1 or not entry.heading:
        return ()
    text = _AROUND.sub("", texts[0].text).strip("：: ")
    groups = all(unit.group for unit in find_units(text))
    if not lists_units(text) or (groups and not entry.marker):
        return ()
    start = texts[0].text.find(text)
    cell = cut(texts[0], start, start + len(text)) if start >= 0 else texts[0]
    return (Field("units", cell),)


def level_of_units(entry: Entry, following: Entry | None) -> float | None:
    """Return the level of a line that names nothing but the units of the items below it."""
    if following is None or following.marker is None or units_alone(following):
        return None
    if not units_alone(entry):
        return None
    return level_above(following.marker.style)


def level_above(style: Style) -> float:
    """Return the level of units that stand over items of a style."""
    return RANK["dash"] if RANK[style] > RANK["dash"] else RANK["plain"] + 0.5


def only_units(entry: Entry) -> bool:
    """Tell whether a line without a number tells nothing but units, behind a label."""
    return entry.marker is None and {found.kind for found in entry.fields} == {"units"}


def units_stand_above(entries: Sequence[Entry]) -> bool:
    """Tell whether labelled units stand over the items that they are for, not below these.

    They do where they come before the first item, and none stands below the last one.
    """
    first = next((i for i, entry in enumerate(entries) if entry.marker), len(entries))
    over = 0 < first < len(entries) and only_units(entries[first - 1])
    told = any(entry.tells("units") for entry in entries if entry.marker)
    return over and not told and not only_units(entries[-1])
