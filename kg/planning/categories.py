"""The categories of tasks."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph.stores.protocol import Graph
from kg.questions.sparql import select, values_clause


def top_categories(store: Graph, tasks: Iterable[str]) -> list[tuple[str, str]]:
    """Return tasks with the names of their topmost categories, ordered by both."""
    rows = select(store, _CATEGORIES % values_clause("task", tasks)).rows
    return [(str(task), str(name)) for task, name in rows]


_CATEGORIES = """SELECT DISTINCT ?task ?name WHERE { %s
  ?task tkg:category/skos:broader* ?heading .
  ?heading skos:prefLabel ?name FILTER NOT EXISTS { ?heading skos:broader ?above }
} ORDER BY ?task ?name"""
