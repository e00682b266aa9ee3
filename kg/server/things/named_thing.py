"""The page of a thing that tasks name: a project, a place, a road, an organisation and so on."""

from __future__ import annotations

from itertools import islice
from typing import Any

from kg.network.neighbours import Bond, bond
from kg.server.parts.quotes import quotes_by_task
from kg.server.parts.reader import Link, Reader
from kg.server.parts.task_rows import task_rows
from kg.server.parts.ties import tie_details

TEMPLATE = "named.html"
# How many tasks are shown, how many are read, and how many parts and namesakes are shown.
_MAX_TASKS, _MAX_READ, _MAX_PARTS, _MAX_NAMESAKES = 20, 2000, 40, 20
_PART_OF = ("geo:sfWithin", "dcterms:isPartOf", "dcterms:spatial")


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return the context of a named thing's page."""
    tasks = list(islice(reader.subjects("tkg:mentions", iri), _MAX_READ))
    rows = task_rows(reader, tasks, _MAX_TASKS)
    quotes = quotes_by_task(reader, iri, {row.iri for row in rows}, limit=2)
    departments = {
        department for task in tasks for department in reader.values(task, "tkg:responsible")
    }
    ties = [bond(reader.graph, tie) for tie in sorted(reader.subjects("tkg:through", iri))]
    return {
        "others": reader.values(iri, "skos:altLabel"),
        "code": reader.value(iri, "dcterms:identifier"),
        "wholes": [link for path in _PART_OF for link in reader.links(iri, path)],
        "parts_of": _contained_things(reader, iri),
        "districts": _districts_of_tasks(reader, tasks),
        "tasks": [(row, quotes.get(row.iri, [])) for row in rows],
        "task_count": len(tasks),
        "departments": reader.sorted_links(departments),
        "ties": [_tie_line(reader, one) for one in ties if one],
        "same": _namesakes(reader, iri),
    }


def _tie_line(reader: Reader, one: Bond) -> tuple[Any, list[Link]]:
    return tie_details(reader, one, ()), reader.sorted_links(one.departments)


def _contained_things(reader: Reader, iri: str) -> list[Link]:
    """Return things that lie in a thing, are a part of it, or take place there."""
    parts = {part for path in _PART_OF for part in islice(reader.subjects(path, iri), _MAX_PARTS)}
    return reader.sorted_links(parts)


def _districts_of_tasks(reader: Reader, tasks: list[str]) -> list[tuple[Link, int]]:
    """Return the districts of tasks, each with the number of its tasks."""
    plans: dict[str, list[str]] = {}
    for task in tasks:
        plans.setdefault(task.rpartition("/")[0], []).append(task)
    counted: dict[str, int] = {}
    for of_plan in plans.values():
        # All tasks of a plan belong to one district.
        for district in reader.values(of_plan[0], "tkg:reportedIn/tkg:jurisdiction"):
            counted[district] = counted.get(district, 0) + len(of_plan)
    return [(link, counted[link.iri]) for link in reader.sorted_links(counted)]


def _namesakes(reader: Reader, iri: str) -> list[Link]:
    """Return other things with the same name: of other kinds, or in other districts."""
    others = (other for other in reader.things_with_same_label(iri) if other != iri)
    return reader.sorted_links(islice(others, _MAX_NAMESAKES))
