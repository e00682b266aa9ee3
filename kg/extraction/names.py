"""All named things of a task, each once, with every place where the task names it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.extraction.enumerations import find_enumerated
from kg.extraction.events import find_events
from kg.extraction.known import establish, find_known
from kg.extraction.linking import link_names
from kg.extraction.mentions import Mention, longest
from kg.extraction.organizations import find_organizations
from kg.extraction.places import find_places
from kg.extraction.policies import find_policies
from kg.extraction.projects import find_facilities, find_projects, is_facility
from kg.extraction.roads import find_roads
from kg.extraction.units import find_units
from kg.gazetteer import Gazetteer
from kg.model import TEXT_CELLS, CellName, Evidence, Name, NameKind, Task

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
            *(m for m in enumerated if m.kind in _UNDERTAKINGS and not is_facility(m)),
        ]
    )
    covered = {(m.start, m.end) for m in undertakings if m.rule == "quoted"}
    titles = [match.span() for match in _TITLE.finditer(text)]
    things = longest(
        [
            *(m for m in enumerated if is_facility(m) or m.rule == "enumeration:地块"),
            *find_units(text, gazetteer),
            *find_facilities(text),
            *find_organizations(text, departments),
            *find_places(text),
            *find_roads(text),
            *(m for m in enumerated if m.kind not in _UNDERTAKINGS),
        ]
    )
    for thing in things:
        at = bisect_right(titles, (thing.start, len(text))) - 1
        inside = at >= 0 and thing.end <= titles[at][1]
        if not inside and (thing.start, thing.end) not in covered and not _is_torn(text, thing):
            yield thing
    yield from undertakings


def _is_torn(text: str, mention: Mention) -> bool:
    """Return whether a mention is the last part only of what stands in quotation marks."""
    if text[mention.end : mention.end + 1] != "”":
        return False
    opening = text.rfind("“", 0, mention.end)
    return opening >= 0 and opening + 1 < mention.start and "”" not in text[opening : mention.start]


def find_names(
    tasks: Sequence[Task], departments: frozenset[str], gazetteer: Gazetteer
) -> Iterator[tuple[Name, ...]]:
    """Yield the named things of each task, in the order in which it names them.

    A name that the words around it show in one task is known in all others of the report.

    Args:
        tasks: The tasks of a report.
        departments: Names of all departments of the report.
        gazetteer: Units of the report's district.
    """
    found = [
        {
            cell: list(find_mentions(task.cell(cell).text, departments, gazetteer))
            for cell in TEXT_CELLS
        }
        for task in tasks
    ]
    known = establish(
        mention for cells in found for mentions in cells.values() for mention in mentions
    )
    counts: Counter[tuple[NameKind, str]] = Counter()
    for task, cells in zip(tasks, found, strict=True):
        for cell, mentions in cells.items():
            mentions += list(find_known(task.cell(cell).text, mentions, known))
            mentions.sort(key=lambda mention: (mention.start, mention.end))
            counts.update((mention.kind, mention.name) for mention in mentions)
    links = link_names(counts)
    for task, cells in zip(tasks, found, strict=True):
        yield tuple(_names(task, cells, links, gazetteer))


def _names(
    task: Task,
    cells: Mapping[CellName, Sequence[Mention]],
    links: Mapping[tuple[NameKind, str], str],
    gazetteer: Gazetteer,
) -> Iterator[Name]:
    """Yield a task's names; one that it writes in several ways has the fullest name."""

    def known_as(mention: Mention) -> tuple[NameKind, str]:
        return mention.kind, links.get((mention.kind, mention.name), mention.name)

    fullest: dict[tuple[NameKind, str], str] = {}
    for mention in (mention for mentions in cells.values() for mention in mentions):
        thing = known_as(mention)
        fullest[thing] = max(fullest.get(thing, ""), mention.name, key=len)
    places: dict[tuple[NameKind, str], list[Evidence]] = {}
    for cell, mentions in cells.items():
        for mention in mentions:
            evidence = task.evidence(cell, mention.start, mention.end, mention.rule)
            places.setdefault(known_as(mention), []).append(evidence)
    for (kind, preferred), found in places.items():
        name = fullest[kind, preferred]
        thing_name = "" if name == preferred else preferred
        yield Name(kind, name, tuple(found), thing_name, gazetteer.code(kind, name))
