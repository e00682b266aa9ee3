"""Records of the tasks of a graph, as needed to answer questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from kg.graph.stores.protocol import Graph
from kg.kinds import KINDS, class_list
from kg.labels import LATE_STATES, MISSED
from kg.model import NameKind
from kg.questions.sparql import select
from kg.tables import Plain

# In the order of `NameKind`: of things with the same name, the last one counts.
_CLASSES = sorted(KINDS, key=lambda kind: get_args(NameKind).index(kind.key))


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
    def is_missed(self) -> bool:
        """Whether it is behind schedule or not met."""
        return self.judgement in MISSED

    @property
    def gap(self) -> Decimal | None:
        """The promised minus the reported value; None if it is unknown or not positive."""
        if self.actual is None or self.actual_unit != self.unit or self.actual >= self.value:
            return None
        return self.value - self.actual


@dataclass(frozen=True, slots=True)
class ObstacleRecord:
    """What delays a task, or what it waits for.

    Attributes:
        quote: The sentence that reports it.
        awaits: The organisations that the task waits for.
    """

    quote: str
    awaits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task as of its latest report.

    Attributes:
        path: Its plan and its number, as in its IRI: jianghan-2019/8.
        number: Its number.
        report: The identifier of the report.
        as_of: The ISO month or year up to which the report covers progress; empty if unknown.
        categories: The headings above it, the outer one first.
        promise: The promised text.
        progress: The reported text.
        status: Its state, such as `delayed`; empty for none.
        state_sentence: The sentence that shows its state; empty for none.
        departments: The responsible departments.
        names: The names of the things that it mentions, each with its class.
        targets: Its numeric targets.
        planned: The ISO dates for which something is planned, each with its sentence.
        obstacles: What delays it.
    """

    path: str
    number: int
    report: str
    as_of: str
    categories: tuple[str, ...]
    promise: str
    progress: str
    status: str
    state_sentence: str
    departments: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    targets: tuple[TargetRecord, ...]
    planned: tuple[tuple[str, str], ...]
    obstacles: tuple[ObstacleRecord, ...]

    @property
    def text(self) -> str:
        """The promise and the progress."""
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
        """Return whether it mentions a name, as a fact or in its text."""
        bare = name.strip("《》“”").lower()
        return bare in self.text.lower() or any(known == name for known, _ in self.names)


def task_records(graph: Graph) -> list[TaskRecord]:
    """Return the tasks of a graph by report and number."""
    names = _group_by_task(select(graph, _NAMES).rows)
    departments = _group_by_task(select(graph, _DEPARTMENTS).rows)
    targets = _group_by_task(select(graph, _TARGETS).rows)
    dates = _group_by_task(select(graph, _DATES).rows)
    shows = _group_by_task(select(graph, _SHOWS).rows)
    obstacles = _group_by_task(select(graph, _OBSTACLES).rows)
    found = []
    for row in select(graph, _TASKS).rows:
        task, number, report, year, as_of, above, category, promise, progress, status = row
        found.append(
            TaskRecord(
                _task_path(task),
                int(str(number)),
                str(report),
                str(as_of or year or ""),
                tuple(str(name) for name in (above, category) if name),
                str(promise),
                str(progress or ""),
                _local_name(status),
                next((str(quote) for (quote,) in shows[task]), ""),
                tuple(dict.fromkeys(str(name) for (name,) in departments[task])),
                tuple(dict.fromkeys((str(name), _local_name(kind)) for name, kind in names[task])),
                tuple(map(_target_record, targets[task])),
                tuple(sorted({(str(iso), str(quote)) for iso, quote in dates[task]})),
                tuple(_obstacle_records(obstacles[task])),
            )
        )
    return found


def task_histories(graph: Graph) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return by task path the reports that contain the task and its state in each, oldest first."""
    found = _group_by_task(select(graph, _HISTORY).rows)
    return {
        _task_path(task): [(str(report), _local_name(state)) for report, state in rows]
        for task, rows in found.items()
    }


def _task_path(task: Plain) -> str:
    return str(task).partition("/task/")[2]


def _group_by_task(
    rows: Iterable[tuple[Plain, ...]],
) -> defaultdict[Plain, list[tuple[Plain, ...]]]:
    found: defaultdict[Plain, list[tuple[Plain, ...]]] = defaultdict(list)
    for task, *rest in rows:
        found[task].append(tuple(rest))
    return found


def _obstacle_records(rows: Iterable[tuple[Plain, ...]]) -> Iterator[ObstacleRecord]:
    """Yield the obstacles of a task, each once with everyone it waits for."""
    found: dict[str, list[str]] = {}
    for quote, awaited in rows:
        found.setdefault(str(quote), []).extend([str(awaited)] if awaited else [])
    for quote, names in found.items():
        yield ObstacleRecord(quote, tuple(dict.fromkeys(names)))


def _local_name(iri: Plain) -> str:
    """Return the local name of an IRI, such as the name of a state."""
    return str(iri or "").rpartition("/")[2].rpartition("#")[2]


def _target_record(row: tuple[Plain, ...]) -> TargetRecord:
    indicator, value, unit, actual, actual_unit, judgement = row
    return TargetRecord(
        str(indicator),
        Decimal(str(value)),
        str(unit or ""),
        None if actual is None else Decimal(str(actual)),
        str(actual_unit or ""),
        _local_name(judgement),
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
  VALUES ?kind {{ {class_list(_CLASSES, " ")} }}
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
