"""The departments responsible for tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.stores.protocol import Graph
from kg.questions.sparql import select, values_clause


@dataclass(frozen=True, slots=True)
class Name:
    """The IRI and the name of a thing."""

    iri: str
    name: str


def departments_by_task(store: Graph, tasks: Iterable[str]) -> Mapping[str, tuple[Name, ...]]:
    """Return the responsible departments of tasks, by IRI of the task, ordered by name."""
    found: defaultdict[str, dict[Name, None]] = defaultdict(dict)
    for task, iri, name in select(
        store, _RESPONSIBLE % values_clause("task", sorted(set(tasks)))
    ).rows:
        found[str(task)][Name(str(iri), str(name))] = None
    return defaultdict(tuple, {task: tuple(names) for task, names in found.items()})


_RESPONSIBLE = """SELECT DISTINCT ?task ?department ?name WHERE { %s
  ?task tkg:responsible ?department . ?department skos:prefLabel ?name } ORDER BY ?task ?name"""
