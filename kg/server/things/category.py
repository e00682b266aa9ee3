"""The page of a category: a heading under which tasks are listed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.server.parts.reader import Reader
from kg.server.parts.task_rows import task_rows

TEMPLATE = "category.html"
_MAX_TASKS = 60


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return the context of a category's page: its tasks and those of the categories below."""
    lower = reader.links(iri, "^skos:broader")
    headings = [iri, *(link.iri for link in lower)]
    tasks = [task for heading in headings for task in reader.subjects("tkg:category", heading)]
    departments = Counter(
        department for task in tasks for department in reader.values(task, "tkg:responsible")
    )
    return {
        "upper": reader.links(iri, "skos:broader"),
        "lower": lower,
        "count": len(tasks),
        "states": Counter(reader.code(task, "tkg:status") for task in tasks),
        "departments": [(reader.link(iri), count) for iri, count in departments.most_common()],
        "tasks": task_rows(reader, tasks, _MAX_TASKS),
    }
