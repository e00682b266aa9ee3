"""All named things of a task, each once, with every place where the task names it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.enumerations import find_enumerated
from kg.extraction.events import find_events
from kg.extraction.mentions import Mention, longest
from kg.extraction.organizations import find_organizations
from kg.extraction.places import find_places
from kg.extraction.policies import find_policies
from kg.extraction.projects import find_facilities, find_projects
from kg.extraction.roads import find_roads
from kg.extraction.units import find_units
from kg.gazetteer import Gazetteer
from kg.model import CellName, Evidence, Name, NameKind, Task

_CELLS: tuple[CellName, ...] = ("task", "progress")
_UNDERTAKINGS = frozenset({"project", "policy", "event"})
_TITLE = re.compile(r"《[^《》]*》")


def find_mentions(
    text: str, departments: frozenset[str], gazetteer: Gazetteer
) -> Iterator[Mention]:
    """Yield what a cell names, in two layers that do not overlap in themselves.

    Things (units, roads, places, organisations, facilities) may stand inside the name of an
    undertaking, and then both are named; a thing inside a longer thing or inside a title is not.
    """
    enumerated = list(find_enumerated(text, departments))
    undertakings = longest(
        [
            *find_policies(text),
            *find_events(text),
            *find_projects(text),
            *(m for m in enumerated if m.kind in _UNDERTAKINGS and not _is_facility(m)),
        ]
    )
    covered = {(m.start, m.end) for m in undertakings if m.rule == "quoted"}
    titles = [match.span() for match in _TITLE.finditer(text)]
    things = longest(
        [
            *(m for m in enumerated if _is_facility(m) or m.rule == "enumeration:地块"),
            *find_units(text, gazetteer),
            *find_facilities(text),
            *find_organizations(text, departments),
            *find_places(text),
            *find_roads(text),
            *(m for m in enumerated if m.kind not in _UNDERTAKINGS),
        ]
    )
    for thing in things:
        inside = any(start <= thing.start and thing.end <= end for start, end in titles)
        if not inside and (thing.start, thing.end) not in covered and not _is_torn(text, thing):
            yield thing
    yield from undertakings


def _is_torn(text: str, mention: Mention) -> bool:
    """Return whether a mention is the last part only of what stands in quotation marks."""
    if text[mention.end : mention.end + 1] != "”":
        return False
    opening = text.rfind("“", 0, mention.end)
    return opening >= 0 and opening + 1 < mention.start and "”" not in text[opening : mention.start]


def _is_facility(mention: Mention) -> bool:
    return mention.kind == "project" and mention.rule.endswith(("天桥", "通道"))


def find_names(task: Task, departments: frozenset[str], gazetteer: Gazetteer) -> tuple[Name, ...]:
    """Return the named things of a task, in the order in which it names them.

    Args:
        task: The task.
        departments: Names of all departments of the report.
        gazetteer: Units of the report's district.
    """
    found: dict[tuple[NameKind, str], list[Evidence]] = {}
    for cell in _CELLS:
        mentions = find_mentions(task.cell(cell).text, departments, gazetteer)
        for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
            evidence = task.evidence(cell, mention.start, mention.end, mention.rule)
            found.setdefault((mention.kind, mention.name), []).append(evidence)
    return tuple(Name(kind, name, tuple(places)) for (kind, name), places in found.items())
