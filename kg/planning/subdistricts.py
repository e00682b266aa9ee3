"""What happens in each subdistrict: its tasks by state, and whom it is shared with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.protocol import Graph
from kg.labels import LATE_STATES
from kg.planning.targets import Name
from kg.questions.sparql import select, values_clause


@dataclass(frozen=True, slots=True)
class SubdistrictTask:
    """A task that is at work in a subdistrict.

    Attributes:
        iri: Its IRI.
        number: Its number.
        promise: What it promises.
        status: Code of its state, or empty.
        sentence: A sentence that names the subdistrict, or something in it.
        place: What the sentence names.
        departments: Who answers for it.
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
    """A subdistrict with the tasks that name it, or something in it.

    Attributes:
        iri: Its IRI.
        name: What it is called.
        tasks: The tasks, by number.
        neighbours: For other subdistricts, by IRI, how many tasks name both.
    """

    iri: str
    name: str
    tasks: tuple[SubdistrictTask, ...]
    neighbours: Mapping[str, int]

    @property
    def states(self) -> Counter[str]:
        """How many of its tasks are in each state."""
        return Counter(task.status for task in self.tasks)

    @property
    def late(self) -> int:
        """How many of its tasks are delayed or given up."""
        return sum(task.status in LATE_STATES for task in self.tasks)

    @property
    def departments(self) -> tuple[Name, ...]:
        """Who is at work there, those with most tasks first."""
        counted = Counter(one for task in self.tasks for one in task.departments)
        return tuple(sorted(counted, key=lambda one: (-counted[one], one.name)))


def read_subdistricts(
    store: Graph, reports: Iterable[str] | None = None
) -> tuple[SubdistrictWork, ...]:
    """Return the subdistricts that tasks name, those with most tasks first.

    Args:
        store: The graph.
        reports: IRIs of reports: only tasks whose latest report is one of them; all where left out.
    """
    narrowed = values_clause("report", reports)
    departments: defaultdict[str, dict[Name, None]] = defaultdict(dict)
    for task, iri, name in select(store, _DEPARTMENTS % narrowed).rows:
        departments[str(task)][Name(str(iri), str(name))] = None
    names: dict[str, str] = {}
    found: defaultdict[str, dict[str, SubdistrictTask]] = defaultdict(dict)
    for row in select(store, _NAMED % narrowed).rows:
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
                tuple(departments[str(task)]),
            ),
        )
    made = [
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
    return tuple(sorted(made, key=lambda one: (-len(one.tasks), one.name)))


_NAMED = """SELECT DISTINCT ?subdistrict ?name ?task ?number ?promise ?status ?placeName ?sentence
WHERE { %s
  ?task tkg:latestState/tkg:report ?report ; tkg:number ?number ; tkg:promise ?promise ;
    tkg:mentions ?place .
  ?place (geo:sfWithin|dcterms:spatial)* ?subdistrict ; skos:prefLabel ?placeName .
  ?subdistrict a tkg:Subdistrict ; skos:prefLabel ?name .
  ?evidence tkg:supports ?place ; tkg:task ?task ; tkg:report ?report ; tkg:sentence ?sentence .
  OPTIONAL { ?task tkg:status ?status }
} ORDER BY ?subdistrict ?number ?placeName ?sentence"""
_DEPARTMENTS = """SELECT DISTINCT ?task ?department ?name WHERE { %s
  ?task tkg:latestState/tkg:report ?report ; tkg:responsible ?department .
  ?department skos:prefLabel ?name } ORDER BY ?task ?name"""
