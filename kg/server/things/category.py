"""The page of a heading under which tasks stand."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.server.parts.reader import Reader
from kg.server.parts.task_rows import task_rows

TEMPLATE = "category.html"
_TASKS = 60


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return what the page of a heading shows: its tasks and those of the headings below."""
    lower = reader.links(iri, "^skos:broader")
    headings = [iri, *(link.iri for link in lower)]
    tasks = [task for heading in headings for task in reader.subjects("tkg:category", heading)]
    answering = Counter(one for task in tasks for one in reader.all(task, "tkg:responsible"))
    return {
        "upper": reader.links(iri, "skos:broader"),
        "lower": lower,
        "count": len(tasks),
        "states": Counter(reader.code(task, "tkg:status") for task in tasks),
        "departments": [(reader.link(one), count) for one, count in answering.most_common()],
        "tasks": task_rows(reader, tasks, _TASKS),
    }
