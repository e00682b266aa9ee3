"""Read the ties of a graph with their evidence."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from pyoxigraph import NamedNode

from kg.graph.stores.protocol import Graph
from kg.kinds import SHARED, class_list
from kg.questions.sparql import select, values_clause

TieKind = Literal["joint", "shared", "waiting"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quote from a report.

    Attributes:
        report: The identifier of the report.
        task: The number of the task.
        cell: The cell that contains the quote.
        quote: The quote.
        sentence: The sentence around it.
        line: The line of the source file, or None.
    """

    report: str
    task: int
    cell: str
    quote: str
    sentence: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Quote(Sentence):
    """A quote that is evidence of a tie, with the IRIs of its task's departments."""

    departments: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between departments.

    Attributes:
        iri: Its IRI.
        kind: `joint` for a joint task, `shared` for a thing that tasks of both mention, `waiting`
            if one waits for the other.
        thing: The IRI of the task, thing or obstacle that it goes through.
        name: The name of the thing.
        thing_kind: Its class in lower case: `task`, `obstacle`, `project`, `place`, `road`, ...
        weight: Its weight.
        departments: The IRIs of the departments that it connects.
        tasks: The numbers of the tasks concerned.
        quotes: The evidence.
        wholes: The IRIs of the things that the thing lies in or is a part of.
        awaited: The IRIs of the departments that the others wait for; empty if nobody waits.
        basis: The laws that make them competent; empty if the report names who is awaited.
    """

    iri: str
    kind: TieKind
    thing: str
    name: str
    thing_kind: str
    weight: float
    departments: tuple[str, ...]
    tasks: tuple[int, ...]
    quotes: tuple[Quote, ...]
    wholes: frozenset[str]
    awaited: frozenset[str]
    basis: tuple[str, ...]

    def quotes_for(self, pair: Pair) -> tuple[Quote, ...]:
        """Return the quotes from the tasks of two departments."""
        return tuple(quote for quote in self.quotes if quote.departments & set(pair))


def ties(
    store: Graph, of: Iterable[str] | None = None, derived: str | None = None
) -> tuple[Tie, ...]:
    """Return the ties of a graph, ordered by weight.

    Args:
        store: The graph.
        of: The IRIs of departments, to return only their ties; all by default.
        derived: The IRI of the named graph with the ties of one plan (`kg.graph.derive`), to return
            only those.
    """
    wanted = None
    if derived is not None:
        wanted = _select_groups(store, _TIES_IN % NamedNode(derived))
    elif of is not None:
        wanted = _select_groups(store, _TIES_OF % values_clause("department", of))
    narrowed = values_clause("tie", wanted)
    connected = _select_groups(store, _CONNECTED % narrowed)
    wholes = _select_groups(store, _WHOLES % narrowed)
    awaited = _select_groups(store, _AWAITED % narrowed)
    basis = _select_groups(store, _BASIS % narrowed)
    quote_rows = select(store, _QUOTES % narrowed).rows
    tasks = None if wanted is None else sorted({str(task) for _, task, *_ in quote_rows})
    answerable = _select_groups(store, _ANSWERABLE % values_clause("task", tasks))
    quotes: dict[str, dict[Quote, None]] = {}
    for iri, task, *words in quote_rows:
        report, number, cell, quote, sentence, line = words
        found = Quote(
            str(report),
            int(str(number)),
            str(cell),
            str(quote),
            str(sentence),
            None if line is None else int(str(line)),
            frozenset(answerable.get(str(task), ())),
        )
        quotes.setdefault(str(iri), {})[found] = None
    return tuple(
        Tie(
            str(iri),
            str(kind).lower().removesuffix("tie"),  # type: ignore[arg-type]
            str(thing),
            str(name),
            str(thing_kind).lower(),
            float(str(weight)),
            tuple(connected.get(str(iri), ())),
            tuple(sorted({quote.task for quote in quotes.get(str(iri), ())})),
            tuple(quotes.get(str(iri), ())),
            frozenset(wholes.get(str(thing), ())),
            frozenset(awaited.get(str(iri), ())),
            tuple(basis.get(str(iri), ())),
        )
        for iri, kind, thing, name, thing_kind, weight in select(store, _TIES % narrowed).rows
    )


def ties_by_pair(found: Iterable[Tie]) -> dict[Pair, tuple[Tie, ...]]:
    """Return the ties of each pair of departments, ordered by weight.

    A tie through a thing is ignored if there is also a tie through a part of that thing. Ties whose
    weight is rounded to zero are ignored as well.
    """
    pairs: dict[Pair, list[Tie]] = {}
    for tie in found:
        if tie.weight:
            for pair in combinations(sorted(tie.departments), 2):
                responsible = ((quote.task, quote.departments) for quote in tie.quotes)
                if is_tie_between(tie.kind, tie.awaited, responsible, pair):
                    pairs.setdefault(pair, []).append(tie)
    return {pair: tuple(_drop_covered(tied)) for pair, tied in pairs.items()}


def is_tie_between(
    kind: TieKind,
    awaited: frozenset[str],
    responsible: Iterable[tuple[Hashable, frozenset[str]]],
    pair: Pair,
) -> bool:
    """Return whether a tie of several departments connects two of them.

    Args:
        kind: The kind of the tie.
        awaited: The departments that the others wait for.
        responsible: Its tasks, each with the responsible departments.
        pair: The two departments.
    """
    if kind == "waiting":
        # Departments that wait for the same one do not wait for each other.
        return len(awaited.intersection(pair)) == 1
    if kind == "joint":
        return True
    # The thing is mentioned in different tasks, not only in a joint one.
    return len({task for task, units in responsible if not units.isdisjoint(pair)}) > 1


def _drop_covered(tied: list[Tie]) -> Iterator[Tie]:
    covered = frozenset(whole for tie in tied for whole in tie.wholes)
    return (tie for tie in tied if tie.thing not in covered)


def _select_groups(store: Graph, query: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    # Stores differ in how they sort text.
    for key, value in sorted((str(key), str(value)) for key, value in select(store, query).rows):
        groups.setdefault(key, []).append(value)
    return groups


_TIES = f"""SELECT ?tie ?kind ?thing ?name ?thingKind ?weight WHERE {{ %s
  ?tie a ?class ; tkg:through ?thing ; tkg:weight ?weight .
  FILTER(?class IN (tkg:JointTie, tkg:SharedTie, tkg:WaitingTie))
  BIND(STRAFTER(STR(?class), "#") AS ?kind)
  ?thing a ?thingClass ; rdfs:label ?name .
  FILTER(LANG(?name) = "zh" && ?thingClass IN (
    tkg:Task, tkg:Obstacle, {class_list(SHARED)}))
  BIND(STRAFTER(STR(?thingClass), "#") AS ?thingKind)
}} ORDER BY DESC(?weight) ?name ?tie"""
_TIES_OF = "SELECT DISTINCT ?tie ?department WHERE { %s ?tie tkg:connects ?department }"
_TIES_IN = "SELECT DISTINCT ?tie ?department WHERE { GRAPH %s { ?tie tkg:connects ?department } }"
_CONNECTED = """SELECT DISTINCT ?tie ?department WHERE { %s
  ?tie tkg:connects ?department } ORDER BY ?tie ?department"""
_WHOLES = """SELECT DISTINCT ?part ?whole WHERE { %s
  ?tie tkg:through ?part .
  ?part geo:sfWithin|dcterms:isPartOf|dcterms:spatial ?whole . ?whole a tkg:NamedThing }"""
_AWAITED = """SELECT ?tie ?department WHERE { %s
  ?tie tkg:awaits ?department . ?department a tkg:Department } ORDER BY ?tie ?department"""
_BASIS = """SELECT DISTINCT ?tie ?law WHERE { %s
  ?tie tkg:act/dcterms:source ?law } ORDER BY ?tie ?law"""
_ANSWERABLE = "SELECT DISTINCT ?task ?department WHERE { %s ?task tkg:responsible ?department }"
_QUOTES = """SELECT ?tie ?subject ?report ?task ?cell ?quote ?sentence ?line WHERE { %s
  ?tie a tkg:Tie ; prov:wasDerivedFrom ?evidence .
  ?evidence tkg:task ?subject ; tkg:report/dcterms:identifier ?report ; tkg:sentence ?sentence ;
    oa:hasSource/tkg:column ?cell ; oa:hasSelector/oa:exact ?quote ;
    oa:hasSelector/oa:start ?start .
  ?subject tkg:number ?task .
  OPTIONAL { ?evidence tkg:sourceLine ?line }
} ORDER BY ?tie ?report ?task ?cell ?start"""
