"""The page of a thing that tasks name: a project, a place, a road, an organisation and so on."""

from __future__ import annotations

from itertools import islice
from typing import Any

from kg.network.neighbours import DepartmentTie, read_tie
from kg.server.pages.quotes import by_task
from kg.server.pages.reader import Link, Reader
from kg.server.pages.strands import strand
from kg.server.pages.tasks import task_rows

TEMPLATE = "named.html"
_TASKS, _LOOKED_AT, _PARTS, _SAME = 20, 2000, 40, 20
_WHOLE = ("geo:sfWithin", "dcterms:isPartOf", "dcterms:spatial")


def told(reader: Reader, iri: str) -> dict[str, Any]:
    """Return what the page of a named thing shows."""
    tasks = list(islice(reader.subjects("tkg:mentions", iri), _LOOKED_AT))
    rows = task_rows(reader, tasks, _TASKS)
    words = by_task(reader, iri, {row.iri for row in rows}, most=2)
    departments = {one for task in tasks for one in reader.all(task, "tkg:responsible")}
    ties = [read_tie(reader.graph, tie) for tie in sorted(reader.subjects("tkg:through", iri))]
    return {
        "others": reader.all(iri, "skos:altLabel"),
        "code": reader.one(iri, "dcterms:identifier"),
        "wholes": [link for path in _WHOLE for link in reader.links(iri, path)],
        "parts_of": _parts(reader, iri),
        "districts": _districts(reader, tasks),
        "tasks": [(row, words.get(row.iri, [])) for row in rows],
        "task_count": len(tasks),
        "departments": reader.sorted(departments),
        "ties": [_tie(reader, one) for one in ties if one],
        "same": _same(reader, iri),
    }


def _tie(reader: Reader, one: DepartmentTie) -> tuple[Any, list[Link]]:
    return strand(reader, one, ()), reader.sorted(one.departments)


def _parts(reader: Reader, iri: str) -> list[Link]:
    """Return what lies in a thing, is a part of it, or takes place there."""
    found = {part for path in _WHOLE for part in islice(reader.subjects(path, iri), _PARTS)}
    return reader.sorted(found)


def _districts(reader: Reader, tasks: list[str]) -> list[tuple[Link, int]]:
    """Return the districts whose tasks name a thing, with how many do."""
    plans: dict[str, list[str]] = {}
    for task in tasks:
        plans.setdefault(task.rpartition("/")[0], []).append(task)
    counted: dict[str, int] = {}
    for those in plans.values():
        # All tasks of a plan are of one district.
        for district in reader.all(those[0], "tkg:reportedIn/tkg:jurisdiction"):
            counted[district] = counted.get(district, 0) + len(those)
    return [(link, counted[link.iri]) for link in reader.sorted(counted)]


def _same(reader: Reader, iri: str) -> list[Link]:
    """Return other things of the same name: of other kinds, or in other districts."""
    found = (other for other in reader.named(iri) if other != iri)
    return reader.sorted(islice(found, _SAME))
