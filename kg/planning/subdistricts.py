"""The tasks in each subdistrict, and the subdistricts that share tasks with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.stores.protocol import Graph
from kg.labels import LATE_STATES
from kg.planning.departments import Name, departments_by_task
from kg.questions.sparql import select, values_clause


@dataclass(frozen=True, slots=True)
class SubdistrictTask:
    """A task in a subdistrict.

    Attributes:
        iri: Its IRI.
        number: Its number.
        promise: The promised text.
        status: The code of its state, or empty.
        sentence: A sentence that mentions the subdistrict or something in it.
        place: The name of the place in the sentence.
        departments: The responsible departments.
    """

    iri: str
    number: int
    promise: str
    status: str
    sentence: str
    place: str
    departments: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class SubdistrictWork:
    """A subdistrict with the tasks that mention it or something in it.

    Attributes:
        iri: Its IRI.
        name: Its name.
        tasks: The tasks, by number.
        neighbours: The number of common tasks by IRI of the other subdistrict.
    """

    iri: str
    name: str
    tasks: tuple[SubdistrictTask, ...]
    neighbours: Mapping[str, int]

    @property
    def states(self) -> Counter[str]:
        """The number of its tasks by state."""
        return Counter(task.status for task in self.tasks)

    @property
    def late_count(self) -> int:
        """The number of its tasks that are delayed or cancelled."""
        return sum(task.status in LATE_STATES for task in self.tasks)

    @property
    def departments(self) -> tuple[Name, ...]:
        """The departments with tasks there, those with most tasks first."""
        counts = Counter(department for task in self.tasks for department in task.departments)
        return tuple(sorted(counts, key=lambda item: (-counts[item], item.name)))


def read_subdistricts(
    store: Graph, reports: Iterable[str] | None = None
) -> tuple[SubdistrictWork, ...]:
    """Return the subdistricts that tasks mention, those with most tasks first.

    Args:
        store: The graph.
        reports: The IRIs of reports, to return only tasks whose latest report is one of them.
    """
    rows = select(store, _NAMED % values_clause("report", reports)).rows
    departments = departments_by_task(store, (str(row[2]) for row in rows))
    names: dict[str, str] = {}
    found: defaultdict[str, dict[str, SubdistrictTask]] = defaultdict(dict)
    for row in rows:
        iri, name, task, number, promise, status, place, sentence = row
        names[str(iri)] = str(name)
        found[str(iri)].setdefault(
            str(task),
            SubdistrictTask(
                str(task),
                int(str(number)),
                str(promise),
                str(status or "").rpartition("/")[2],
                str(sentence),
                str(place),
                departments[str(task)],
            ),
        )
    subdistricts = [
        SubdistrictWork(
            iri,
            names[iri],
            tuple(sorted(tasks.values(), key=lambda one: (one.number, one.iri))),
            {
                other: shared
                for other, theirs in found.items()
                if other != iri and (shared := len(tasks.keys() & theirs.keys()))
            },
        )
        for iri, tasks in found.items()
    ]
    return tuple(sorted(subdistricts, key=lambda item: (-len(item.tasks), item.name)))


_NAMED = """SELECT DISTINCT ?subdistrict ?name ?task ?number ?promise ?status ?placeName ?sentence
WHERE { %s
  ?task tkg:latestState/tkg:report ?report ; tkg:number ?number ; tkg:promise ?promise ;
    tkg:mentions ?place .
  ?place (geo:sfWithin|dcterms:spatial)* ?subdistrict ; skos:prefLabel ?placeName .
  ?subdistrict a tkg:Subdistrict ; skos:prefLabel ?name .
  ?evidence tkg:supports ?place ; tkg:task ?task ; tkg:report ?report ; tkg:sentence ?sentence .
  OPTIONAL { ?task tkg:status ?status }
} ORDER BY ?subdistrict ?number ?placeName ?sentence"""
