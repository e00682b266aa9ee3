"""All named things of a task, each once, with every place where the task names it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.extraction.enumerations import find_enumerated
from kg.extraction.events import find_events
from kg.extraction.lexicon import lexicon
from kg.extraction.linking import link_names
from kg.extraction.mentions import Mention, cover, longest
from kg.extraction.organizations import find_organizations
from kg.extraction.places import find_places
from kg.extraction.policies import find_policies
from kg.extraction.projects import find_facilities, find_projects
from kg.extraction.roads import find_roads
from kg.extraction.units import find_units
from kg.extraction.words import is_proper
from kg.gazetteer import Gazetteer
from kg.model import TEXT_CELLS, CellName, Evidence, Name, NameKind, Task

_UNDERTAKINGS = frozenset({"project", "policy", "event"})
# Kinds whose names a report teaches, and how short these may be.
_TAUGHT: frozenset[NameKind] = frozenset({"place", "project", "organization"})
_SHORTEST_TAUGHT = 4
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


def _is_facility(mention: Mention) -> bool:
    return mention.kind == "project" and mention.rule.endswith(("天桥", "通道"))


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
    known = _known(
        mention for cells in found for mentions in cells.values() for mention in mentions
    )
    pattern = lexicon(known)
    counts: Counter[tuple[NameKind, str]] = Counter()
    for task, cells in zip(tasks, found, strict=True):
        for cell, mentions in cells.items():
            mentions += _elsewhere(task.cell(cell).text, mentions, known, pattern)
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
    """Yield a task's names; one that it writes in two ways has the fuller name."""
    here = {(mention.kind, mention.name) for mentions in cells.values() for mention in mentions}
    names: dict[tuple[NameKind, str], list[Evidence]] = {}
    for cell, mentions in cells.items():
        for mention in mentions:
            fuller = links.get((mention.kind, mention.name), mention.name)
            name = fuller if (mention.kind, fuller) in here else mention.name
            evidence = task.evidence(cell, mention.start, mention.end, mention.rule)
            names.setdefault((mention.kind, name), []).append(evidence)
    for (kind, name), places in names.items():
        thing = links.get((kind, name), "")
        yield Name(kind, name, tuple(places), thing, gazetteer.code(kind, name))


def _known(mentions: Iterable[Mention]) -> dict[str, NameKind]:
    """Return the kind of each name that is distinctive enough to be known by itself."""
    counts: dict[str, Counter[NameKind]] = {}
    for mention in mentions:
        whole = len(mention.name) == mention.end - mention.start
        long = len(mention.name) >= _SHORTEST_TAUGHT
        if mention.kind in _TAUGHT and whole and long:
            counts.setdefault(mention.name, Counter())[mention.kind] += 1
    return {name: kinds.most_common(1)[0][0] for name, kinds in counts.items() if is_proper(name)}


def _elsewhere(
    text: str,
    mentions: Sequence[Mention],
    known: dict[str, NameKind],
    pattern: re.Pattern[str],
) -> list[Mention]:
    """Return the mentions of known names where nothing else was found."""
    covered = cover(len(text), ((mention.start, mention.end) for mention in mentions))
    return [
        Mention(known[match.group()], match.group(), *match.span(), "document")
        for match in pattern.finditer(text)
        if 1 not in covered[match.start() : match.end()]
    ]
