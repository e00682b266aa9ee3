"""The overview on the front page: progress of plans, and departments and things with most ties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.graph.rdf.terms import term
from kg.labels import MISSED, STATES
from kg.questions.sparql import select
from kg.server.data.snapshot import Snapshot

_SHOWN = 8
_SIGNS = {"=": "", "~": "≈", ">=": "≥", "<=": "≤"}


@dataclass(frozen=True, slots=True)
class RankedThing:
    """A department or a thing with the counts by which it is ranked.

    Attributes:
        iri: Its IRI.
        name: Its name.
        others: For a department, how many others it is tied to; for a thing, how many it ties.
        tasks: How many tasks a department answers for, or how many name a thing.
    """

    iri: str
    name: str
    others: int
    tasks: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first level, with how many of its tasks are in each state."""

    iri: str
    name: str
    tasks: int
    statuses: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MissedTarget:
    """A target that falls short, with the sentence that reports on it.

    Attributes:
        task: IRI of its task.
        number: Number of the task.
        target: IRI of the target.
        indicator: What is measured.
        goal: The promised value.
        actual: The reported value, or empty.
        judgement: `behind` or `not_met`.
        sentence: The sentence that reports a value, otherwise the one that promises it.
        cell: The cell of the row that contains the sentence.
    """

    task: str
    number: int
    target: str
    indicator: str
    goal: str
    actual: str
    judgement: str
    sentence: str
    cell: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the front page shows of some plans; lists are cut to the first few.

    Attributes:
        tasks: How many tasks there are.
        statuses: How many are in each state; an empty state for those that have none.
        headings: The headings of the first level, in the order of their tasks.
        judgements: How many targets have each judgement.
        missed: Targets that fall short.
        departments: The departments that are tied to the most others.
        things: The things that tie the most departments.
        answering: How many departments answer for tasks.
    """

    tasks: int
    statuses: Mapping[str, int]
    headings: tuple[Heading, ...]
    judgements: Mapping[str, int]
    missed: tuple[MissedTarget, ...]
    departments: tuple[RankedThing, ...]
    things: tuple[RankedThing, ...]
    answering: int


@dataclass(frozen=True, slots=True)
class _Task:
    iri: str
    number: int
    status: str
    headings: tuple[str, ...]
    departments: frozenset[str]
    targets: tuple[str, ...]


class OverviewData:
    """All tasks and ties of a build by plan, from which overviews are made."""

    def __init__(self, build: Snapshot) -> None:
        self._graph = build.graph
        self._base = build.base
        self._tasks = _tasks(build.graph, build.base)
        self._judgements = {
            target: _last_part(value) for target, value in _pairs(build.graph, "tkg:judgement")
        }
        self._ties = _ties(build.graph, build.base)

    def overview(self, plans: Collection[str]) -> Overview:
        """Return the overview of some plans."""
        tasks = [task for plan in plans for task in self._tasks.get(plan, ())]
        judged = [
            (task, target, judgement)
            for task in tasks
            for target in task.targets
            if (judgement := self._judgements.get(target))
        ]
        missed = [it for short in MISSED for it in judged if it[2] == short]
        return Overview(
            len(tasks),
            _by_count(Counter(task.status for task in tasks)),
            tuple(self._headings(tasks)),
            Counter(judgement for _, _, judgement in judged),
            tuple(self._missed_target(*it) for it in missed[:_SHOWN]),
            tuple(self._departments(plans, tasks)),
            tuple(self._things(plans)),
            len({one for task in tasks for one in task.departments}),
        )

    def _headings(self, tasks: Iterable[_Task]) -> Iterator[Heading]:
        above = dict(_pairs(self._graph, "skos:broader"))
        by_heading: dict[str, Counter[str]] = defaultdict(Counter)
        for task in tasks:
            for heading in {above.get(each, each) for each in task.headings}:
                by_heading[heading][task.status] += 1
        for iri, statuses in by_heading.items():
            yield Heading(iri, self._name(iri), statuses.total(), _by_count(statuses))

    def _departments(self, plans: Iterable[str], tasks: Iterable[_Task]) -> Iterator[RankedThing]:
        tied: dict[str, set[str]] = defaultdict(set)
        for plan in plans:
            for tie in self._ties.get(plan, ()):
                for one, other in tie.pairs():
                    tied[one].add(other)
        counts = Counter(one for task in tasks for one in task.departments)
        ranked = sorted(tied, key=lambda iri: (-len(tied[iri]), -counts[iri], iri))
        for iri in ranked[:_SHOWN]:
            yield RankedThing(iri, self._name(iri), len(tied[iri]), counts[iri])

    def _things(self, plans: Iterable[str]) -> Iterator[RankedThing]:
        shared: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for plan in plans:
            for tie in self._ties.get(plan, ()):
                if tie.shared:
                    departments, tasks = shared[tie.through]
                    departments |= tie.connects
                    tasks |= tie.tasks
        ranked = sorted(shared, key=lambda iri: (-len(shared[iri][0]), -len(shared[iri][1]), iri))
        for iri in ranked[:_SHOWN]:
            departments, tasks = shared[iri]
            yield RankedThing(iri, self._name(iri), len(departments), len(tasks))

    def _missed_target(self, task: _Task, target: str, judgement: str) -> MissedTarget:
        (row,) = select(self._graph, _MISSED.replace("$target", f"<{target}>")).rows
        indicator, sign, value, unit, actual, actual_unit, sentence, promise = map(
            _plain_value, row
        )
        return MissedTarget(
            task.iri,
            task.number,
            target,
            indicator,
            f"{_SIGNS.get(sign, sign)} {value} {unit}".strip(),
            f"{actual} {actual_unit}".strip(),
            judgement,
            sentence or promise,
            "progress" if sentence else "task",
        )

    def _name(self, iri: str) -> str:
        for label in ("skos:prefLabel", "rdfs:label"):
            quads = self._graph.quads_for_pattern(NamedNode(iri), term(label), None, DefaultGraph())
            names = [quad.object.value for quad in quads if isinstance(quad.object, Literal)]
            if names:
                return min(names)
        return iri


@dataclass(slots=True)
class _Tie:
    through: str = ""
    shared: bool = False
    connects: frozenset[str] = frozenset()
    awaits: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the departments that it ties; those that wait are not tied to each other."""
        for one in self.connects:
            for other in self.connects:
                if one != other and (not self.awaits or {one, other} & self.awaits):
                    yield one, other


def _tasks(graph: Store, base: str) -> Mapping[str, list[_Task]]:
    """Return the tasks of each plan, by number."""
    statuses = {task: _last_part(status) for task, status in _pairs(graph, "tkg:status")}
    many = {
        name: _group_pairs(_pairs(graph, name))
        for name in ("tkg:category", "tkg:responsible", "tkg:target")
    }
    tasks: dict[str, list[_Task]] = defaultdict(list)
    for quad in graph.quads_for_pattern(None, term("rdf:type"), term("tkg:Task"), DefaultGraph()):
        iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        plan, _, number = iri.removeprefix(f"{base}/task/").partition("/")
        tasks[plan].append(
            _Task(
                iri,
                int(number) if number.isdecimal() else 0,
                statuses.get(iri, ""),
                tuple(many["tkg:category"].get(iri, ())),
                frozenset(many["tkg:responsible"].get(iri, ())),
                tuple(sorted(many["tkg:target"].get(iri, ()))),
            )
        )
    for those in tasks.values():
        those.sort(key=lambda task: task.number)
    return tasks


def _ties(graph: Store, base: str) -> Mapping[str, Collection[_Tie]]:
    """Return the ties of each plan."""
    through = dict(_pairs(graph, "tkg:through"))
    connects = _group_pairs(_pairs(graph, "tkg:connects"))
    awaits = _group_pairs(_pairs(graph, "tkg:awaits"))
    shared = {
        quad.subject
        for quad in graph.quads_for_pattern(
            None, term("rdf:type"), term("tkg:SharedTie"), DefaultGraph()
        )
    }
    ties: dict[str, list[_Tie]] = defaultdict(list)
    for iri, departments in connects.items():
        is_shared = NamedNode(iri) in shared
        tasks = (
            quad.object.value
            for quad in graph.quads_for_pattern(
                NamedNode(iri), term("tkg:task"), None, DefaultGraph()
            )
            if is_shared and isinstance(quad.object, NamedNode)
        )
        plan = iri.removeprefix(f"{base}/tie/").partition("/")[0]
        ties[plan].append(
            _Tie(
                through.get(iri, ""),
                is_shared,
                frozenset(departments),
                frozenset(awaits.get(iri, ())),
                frozenset(tasks),
            )
        )
    return ties


def _pairs(graph: Store, predicate: str) -> Iterator[tuple[str, str]]:
    for quad in graph.quads_for_pattern(None, term(predicate), None, DefaultGraph()):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield quad.subject.value, quad.object.value


def _group_pairs(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return found


def _by_count(counts: Mapping[str, int]) -> Mapping[str, int]:
    return {state: counts[state] for state in (*STATES, "") if counts.get(state)}


def _last_part(iri: str) -> str:
    return iri.rpartition("/")[2]


def _plain_value(value: object) -> str:
    return "" if value is None else str(value)


_MISSED = """SELECT (MIN(?name) AS ?indicator) (MIN(?mark) AS ?sign) (MIN(?goal) AS ?value)
  (MIN(?given) AS ?unit) (MIN(?reached) AS ?actual) (MIN(?in) AS ?actual_unit)
  (MIN(?words) AS ?sentence) (MIN(?promised) AS ?promise) WHERE {
  $target tkg:indicator/rdfs:label ?name ; tkg:value ?goal ; tkg:comparator/skos:notation ?mark .
  OPTIONAL { $target tkg:unit ?given }
  OPTIONAL { ?proof tkg:supports $target ; tkg:sentence ?promised }
  OPTIONAL { $target tkg:observation ?observed . ?observed tkg:value ?reached
    OPTIONAL { ?observed tkg:unit ?in }
    OPTIONAL { ?evidence tkg:supports ?observed ; tkg:sentence ?words } } }"""
