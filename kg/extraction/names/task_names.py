"""Find the named things of a task, each with all its mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.extraction.linking.links import link_names
from kg.extraction.names.admin_units import admin_unit_name, find_admin_units
from kg.extraction.names.bounds import (
    cover_quotations,
    remove_end_roads,
    remove_remarks,
    trim_spans,
)
from kg.extraction.names.known_names import find_known_names, learn_names
from kg.extraction.names.lists import unfold_lists
from kg.extraction.names.mentions import Mention, longest_mentions
from kg.extraction.names.offices import find_offices, office_kind, split_joined_offices
from kg.extraction.names.titles import find_title
from kg.gazetteer import Gazetteer
from kg.model import TEXT_CELLS, CellName, Evidence, Name, NameKind, Task
from kg.tagger.spans import LabelledSpan
from kg.tagger.tagging import Tagging

_RULE = "tagger"
# Least probabilities of names, and of projects; chosen on governments not used for training.
_LEAST, _LEAST_OF_PROJECTS = 0.25, 0.35
# Dates, figures and groups are not names: 7月8日, 1.22, 各街道.
_NO_NAME = re.compile(r"[\d.年月日号]+|各.*")
_JOINED = re.compile(r"(\w{2,4}?)[和与及、]")


def find_mentions(text: str, spans: Sequence[LabelledSpan], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions in a cell, in the order of the text; they do not overlap.

    Args:
        text: The cell's text.
        spans: What the model finds in it.
        gazetteer: Units of the report's district.
    """
    tagged = []
    spans = list(split_joined_offices(text, list(remove_end_roads(text, spans))))
    spans = list(trim_spans(text, list(cover_quotations(text, spans))))
    for span, name in unfold_lists(text, spans):
        kind: NameKind = span.label  # type: ignore[assignment]
        start, end = span.start, span.end
        if kind == "policy" and text[start - 1 : start] == "《" and text[end : end + 1] == "》":
            start, end, name = start - 1, end + 1, f"《{name}》"
        if span.probability < (_LEAST_OF_PROJECTS if kind == "project" else _LEAST):
            continue
        name = admin_unit_name(kind, remove_remarks(name), gazetteer)
        kind = office_kind(kind, name, gazetteer)
        # 宁德和平潭综合实验区: a city joined to a name is not part of it.
        if (joined := _JOINED.match(name)) and joined[1] in gazetteer.regions:
            name, start = name[joined.end() :], start + joined.end()
        if len(name) > 1 and name not in gazetteer.regions and not _NO_NAME.fullmatch(name):
            tagged.append(Mention(kind, name, start, end, _RULE, span.probability))
    return longest_mentions([*find_admin_units(text, gazetteer), *tagged])


def find_names(
    tasks: Sequence[Task], taggings: Sequence[Tagging], gazetteer: Gazetteer
) -> Iterator[tuple[Name, ...]]:
    """Yield the named things of each task, in the order of the text.

    A name that is certain in one task is recognised in all tasks of the report.

    Args:
        tasks: The tasks of a report.
        taggings: What the model finds in each.
        gazetteer: Units of the report's district.
    """
    found = [
        _mentions_of_task(task, tagging, gazetteer)
        for task, tagging in zip(tasks, taggings, strict=True)
    ]
    cells = [
        (task.cell(cell).text, mentions)
        for task, of_task in zip(tasks, found, strict=True)
        for cell, mentions in of_task.items()
    ]
    departments = {department.name for task in tasks for department in task.departments}
    offices = find_offices((text for text, _ in cells), departments, gazetteer)
    for (_, mentions), more in zip(cells, offices, strict=True):
        mentions[:] = longest_mentions([*more, *mentions])
    known = learn_names([m for cells in found for mentions in cells.values() for m in mentions])
    for (_, mentions), more in zip(cells, list(find_known_names(cells, known)), strict=True):
        mentions += more
        mentions.sort(key=lambda mention: (mention.start, mention.end))
    links = link_names(Counter((m.kind, m.name) for _, mentions in cells for m in mentions))
    for task, of_task in zip(tasks, found, strict=True):
        yield tuple(_task_names(task, of_task, links, gazetteer))


def _mentions_of_task(
    task: Task, tagging: Tagging, gazetteer: Gazetteer
) -> dict[CellName, list[Mention]]:
    """Return the mentions in each cell of a task; its title may be one."""
    found = {
        cell: find_mentions(task.cell(cell).text, spans, gazetteer)
        for cell, spans in zip(TEXT_CELLS, (tagging.first_names, tagging.second_names), strict=True)
    }
    if title := find_title(task.task.text, found["task"]):
        found["task"] = longest_mentions([*found["task"], title])
    return found


def _task_names(
    task: Task,
    cells: Mapping[CellName, Sequence[Mention]],
    links: Mapping[tuple[NameKind, str], str],
    gazetteer: Gazetteer,
) -> Iterator[Name]:
    """Yield the names of a task; of several forms of a name, the fullest is taken."""

    def preferred_name(mention: Mention) -> tuple[NameKind, str]:
        return mention.kind, links.get((mention.kind, mention.name), mention.name)

    fullest: dict[tuple[NameKind, str], str] = {}
    for mention in (mention for mentions in cells.values() for mention in mentions):
        thing = preferred_name(mention)
        fullest[thing] = max(fullest.get(thing, ""), mention.name, key=len)
    places: dict[tuple[NameKind, str], list[Evidence]] = {}
    for cell, mentions in cells.items():
        for mention in mentions:
            evidence = task.evidence(
                cell, mention.start, mention.end, mention.rule, mention.confidence
            )
            places.setdefault(preferred_name(mention), []).append(evidence)
    for (kind, preferred), found in places.items():
        name = fullest[kind, preferred]
        thing_name = "" if name == preferred else preferred
        yield Name(kind, name, tuple(found), thing_name, gazetteer.code(kind, name))
