"""What a graph tells of its tasks, as answers to questions need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.graph.protocol import Graph
from kg.labels import LATE_STATES, MISSED
from kg.questions.sparql import select
from kg.tables import Plain

CLASSES = (
    "Subdistrict",
    "Community",
    "Road",
    "Place",
    "Project",
    "Organization",
    "PublicBody",
    "Policy",
    "Event",
)


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """A numeric target of a task.

    Attributes:
        indicator: What is measured.
        value: The promised value.
        unit: Its unit.
        actual: The reported value, or None.
        actual_unit: Its unit.
        judgement: `met`, `on_track`, `behind`, `not_met` or `unknown`.
    """

    indicator: str
    value: Decimal
    unit: str
    actual: Decimal | None
    actual_unit: str
    judgement: str

    @property
    def falls_short(self) -> bool:
        """Whether it is behind its pace or not met."""
        return self.judgement in MISSED

    @property
    def gap(self) -> Decimal | None:
        """What is missing, or None where that is not told or nothing is."""
        if self.actual is None or self.actual_unit != self.unit or self.actual >= self.value:
            return None
        return self.value - self.actual


@dataclass(frozen=True, slots=True)
class ObstacleRecord:
    """What stands in the way of a task, or what it waits for.

    Attributes:
        quote: The sentence that tells it.
        awaits: Whom it waits for.
    """

    quote: str
    awaits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task as its latest report tells it.

    Attributes:
        path: Its plan and its number, as in its IRI: jianghan-2019/8.
        number: Its number.
        report: The identifier of the report.
        as_of: The ISO month or year up to which it reports; empty where it does not tell.
        categories: The headings that it stands under, the outer one first.
        promise: What was promised.
        progress: What is reported.
        status: Its state, such as `delayed`; empty for none.
        shows: The sentence that shows its state; empty for none.
        departments: Who answers for it.
        names: What it names, each with its class.
        targets: Its numeric targets.
        planned: The ISO dates up to which something is planned, each with its sentence.
        obstacles: What stands in its way.
    """

    path: str
    number: int
    report: str
    as_of: str
    categories: tuple[str, ...]
    promise: str
    progress: str
    status: str
    shows: str
    departments: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    targets: tuple[TargetRecord, ...]
    planned: tuple[tuple[str, str], ...]
    obstacles: tuple[ObstacleRecord, ...]

    @property
    def text(self) -> str:
        """All that it says."""
        return f"{self.promise}\n{self.progress}"

    @property
    def plan(self) -> str:
        """The identifier of its plan, as in its IRI: jianghan-2019."""
        return self.path.rpartition("/")[0]

    @property
    def is_late(self) -> bool:
        """Whether it is delayed, cancelled or planned beyond the year of its report."""
        year = self.as_of[:4]
        later = bool(year) and any(iso[:4].isdigit() and iso[:4] > year for iso, _ in self.planned)
        return self.status in LATE_STATES or later

    def mentions(self, name: str) -> bool:
        """Tell whether it names a thing, as a fact or in its words."""
        bare = name.strip("《》“”").lower()
        return bare in self.text.lower() or any(known == name for known, _ in self.names)


def task_records(graph: Graph) -> list[TaskRecord]:
    """Return the tasks of a graph by report and number."""
    names = _by_task(select(graph, _NAMES).rows)
    departments = _by_task(select(graph, _DEPARTMENTS).rows)
    targets = _by_task(select(graph, _TARGETS).rows)
    dates = _by_task(select(graph, _DATES).rows)
    shows = _by_task(select(graph, _SHOWS).rows)
    obstacles = _by_task(select(graph, _OBSTACLES).rows)
    found = []
    for row in select(graph, _TASKS).rows:
        task, number, report, year, as_of, above, category, promise, progress, status = row
        found.append(
            TaskRecord(
                _path(task),
                int(str(number)),
                str(report),
                str(as_of or year or ""),
                tuple(str(name) for name in (above, category) if name),
                str(promise),
                str(progress or ""),
                _last(status),
                next((str(quote) for (quote,) in shows[task]), ""),
                tuple(dict.fromkeys(str(name) for (name,) in departments[task])),
                tuple(dict.fromkeys((str(name), _last(kind)) for name, kind in names[task])),
                tuple(map(_target, targets[task])),
                tuple(sorted({(str(iso), str(quote)) for iso, quote in dates[task]})),
                tuple(_obstacles(obstacles[task])),
            )
        )
    return found


def states_by_report(graph: Graph) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return for the path of each task the reports that tell of it, and its state in each.

    The oldest report comes first.
    """
    found = _by_task(select(graph, _HISTORY).rows)
    return {
        _path(task): [(str(report), _last(state)) for report, state in rows]
        for task, rows in found.items()
    }


def _path(task: Plain) -> str:
    return str(task).partition("/task/")[2]


def _by_task(rows: Iterable[tuple[Plain, ...]]) -> defaultdict[Plain, list[tuple[Plain, ...]]]:
    found: defaultdict[Plain, list[tuple[Plain, ...]]] = defaultdict(list)
    for task, *rest in rows:
        found[task].append(tuple(rest))
    return found


def _obstacles(rows: Iterable[tuple[Plain, ...]]) -> Iterator[ObstacleRecord]:
    """Yield the obstacles of a task, each once with all whom it waits for."""
    found: dict[str, list[str]] = {}
    for quote, awaited in rows:
        found.setdefault(str(quote), []).extend([str(awaited)] if awaited else [])
    for quote, names in found.items():
        yield ObstacleRecord(quote, tuple(dict.fromkeys(names)))


def _last(iri: Plain) -> str:
    """Return the last part of an IRI, such as the name of a state."""
    return str(iri or "").rpartition("/")[2].rpartition("#")[2]


def _target(row: tuple[Plain, ...]) -> TargetRecord:
    indicator, value, unit, actual, actual_unit, judgement = row
    return TargetRecord(
        str(indicator),
        Decimal(str(value)),
        str(unit or ""),
        None if actual is None else Decimal(str(actual)),
        str(actual_unit or ""),
        _last(judgement),
    )


_TASKS = """SELECT ?task ?number ?identifier ?year ?asOf ?above ?category ?promise ?progress
  ?status
WHERE {
  ?task a tkg:Task ; tkg:number ?number ; tkg:latestState ?state .
  ?state tkg:promise ?promise ; tkg:report ?report .
  ?report dcterms:identifier ?identifier .
  OPTIONAL { ?report tkg:year ?year }
  OPTIONAL { ?report tkg:asOf ?asOf }
  OPTIONAL { ?state tkg:progress ?progress }
  OPTIONAL { ?state tkg:status ?status }
  OPTIONAL {
    ?task tkg:category ?heading .
    ?heading skos:prefLabel ?category .
    OPTIONAL { ?heading skos:broader/skos:prefLabel ?above }
  }
} ORDER BY ?identifier ?number"""
_DEPARTMENTS = """SELECT ?task ?name WHERE {
  ?task a tkg:Task ; tkg:responsible/skos:prefLabel ?name
} ORDER BY ?task ?name"""
_NAMES = f"""SELECT DISTINCT ?task ?name ?kind WHERE {{
  ?task a tkg:Task ; tkg:mentions ?thing .
  ?thing skos:prefLabel ?name ; a ?kind .
  VALUES ?kind {{ {" ".join(f"tkg:{kind}" for kind in CLASSES)} }}
}} ORDER BY ?task ?name"""
_TARGETS = """SELECT ?task ?indicator ?value ?unit ?actual ?actualUnit ?judgement WHERE {
  ?task a tkg:Task ; tkg:target ?target .
  ?target tkg:indicator/rdfs:label ?indicator ; tkg:value ?value ; tkg:judgement ?judgement .
  OPTIONAL { ?target tkg:unit ?unit }
  OPTIONAL {
    ?target tkg:observation ?observed .
    ?observed tkg:value ?actual .
    OPTIONAL { ?observed tkg:unit ?actualUnit }
  }
} ORDER BY ?task ?indicator"""
_DATES = """SELECT ?task ?iso ?quote WHERE {
  ?task a tkg:Task ; tkg:date ?date .
  ?date tkg:iso ?iso ; tkg:dateRole date-role:planned .
  ?evidence tkg:supports ?date ; tkg:task ?task ; tkg:sentence ?quote .
}"""
_SHOWS = """SELECT ?task ?quote WHERE {
  ?task a tkg:Task ; tkg:latestState ?state .
  ?evidence tkg:supports ?state ; tkg:sentence ?quote .
} ORDER BY ?task ?quote"""
_OBSTACLES = """SELECT ?task ?quote ?awaited WHERE {
  ?task a tkg:Task ; tkg:obstacle ?obstacle .
  ?evidence tkg:supports ?obstacle ; tkg:sentence ?quote .
  OPTIONAL { ?tie tkg:through ?obstacle ; tkg:awaits/skos:prefLabel ?awaited }
} ORDER BY ?task ?quote ?awaited"""
_HISTORY = """SELECT ?task ?identifier ?status WHERE {
  ?state a tkg:TaskState ; tkg:task ?task ; tkg:report/dcterms:identifier ?identifier .
  OPTIONAL { ?state tkg:asOf ?asOf }
  OPTIONAL { ?state tkg:status ?status }
} ORDER BY ?task ?asOf ?identifier"""
