"""The ties of a graph with their evidence, as plain objects that networks are made of."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from pyoxigraph import NamedNode

from kg.graph.protocol import Graph
from kg.questions.sparql import only, select

TieKind = Literal["joint", "shared", "waiting"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a tie stands on.

    Attributes:
        report: Identifier of the report.
        task: Number of the task.
        cell: The cell that holds the words.
        quote: The words.
        sentence: The sentence around them.
        line: Line of the source file, or None.
        departments: IRIs of the departments that answer for the task.
    """

    report: str
    task: int
    cell: str
    quote: str
    sentence: str
    line: int | None
    departments: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties departments together.

    Attributes:
        iri: Its IRI.
        kind: Whether they share a task, name the same thing, or one waits for the other.
        thing: IRI of the task, thing or obstacle that it goes through.
        name: What that is called.
        thing_kind: What it is: `task`, `obstacle`, `project`, `place`, `road`, ...
        weight: How much it says.
        departments: IRIs of the departments that it connects.
        tasks: Numbers of the tasks concerned.
        quotes: The words that it stands on.
        wholes: IRIs of the things that the thing lies in or is a part of.
        awaited: IRIs of the departments that the others wait for; none where nobody waits.
        basis: The laws that make them competent; empty where the report names who is awaited.
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
        """Return the words in the tasks of two departments."""
        return tuple(quote for quote in self.quotes if quote.departments & set(pair))


def ties(
    store: Graph, of: Iterable[str] | None = None, derived: str | None = None
) -> tuple[Tie, ...]:
    """Return the ties of a graph, the weightiest first.

    Args:
        store: The graph.
        of: IRIs of the departments whose ties are wanted; all where it is left out.
        derived: IRI of the named graph with the ties of one plan (`kg.graph.derive`), where only
            those are wanted.
    """
    wanted = None
    if derived is not None:
        wanted = _grouped(store, _TIES_IN % NamedNode(derived))
    elif of is not None:
        wanted = _grouped(store, _TIES_OF % only("department", of))
    narrowed = only("tie", wanted)
    connected = _grouped(store, _CONNECTED % narrowed)
    wholes = _grouped(store, _WHOLES % narrowed)
    awaited = _grouped(store, _AWAITED % narrowed)
    basis = _grouped(store, _BASIS % narrowed)
    told = select(store, _QUOTES % narrowed).rows
    tasks = None if wanted is None else sorted({str(task) for _, task, *_ in told})
    answerable = _grouped(store, _ANSWERABLE % only("task", tasks))
    quotes: dict[str, dict[Quote, None]] = {}
    for iri, task, *words in told:
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


def between(found: Iterable[Tie]) -> dict[Pair, tuple[Tie, ...]]:
    """Return for each pair of departments what ties them, the weightiest first.

    What ties two departments through a part of a thing does not count again for the whole; a tie
    among so many that its weight is rounded to nothing does not count at all.
    """
    pairs: dict[Pair, list[Tie]] = {}
    for tie in found:
        if tie.weight:
            for pair in combinations(sorted(tie.departments), 2):
                held = ((quote.task, quote.departments) for quote in tie.quotes)
                if ties_both(tie.kind, tie.awaited, held, pair):
                    pairs.setdefault(pair, []).append(tie)
    return {pair: tuple(_once(tied)) for pair, tied in pairs.items()}


def ties_both(
    kind: TieKind,
    awaited: frozenset[str],
    answerable: Iterable[tuple[Hashable, frozenset[str]]],
    pair: Pair,
) -> bool:
    """Return whether a tie of several departments ties two of them to each other.

    Args:
        kind: What kind of tie it is.
        awaited: The departments that the others wait for.
        answerable: Its tasks, each with the departments that answer for it.
        pair: The two.
    """
    if kind == "waiting":
        # Those who wait together for another do not wait for each other.
        return len(awaited.intersection(pair)) == 1
    if kind == "joint":
        return True
    # They name a thing in different tasks, not only in one of both.
    return len({task for task, held in answerable if not held.isdisjoint(pair)}) > 1


def _once(tied: list[Tie]) -> Iterator[Tie]:
    covered = frozenset(whole for tie in tied for whole in tie.wholes)
    return (tie for tie in tied if tie.thing not in covered)


def _grouped(store: Graph, query: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    # Stores order by collations of their own.
    for key, value in sorted((str(key), str(value)) for key, value in select(store, query).rows):
        groups.setdefault(key, []).append(value)
    return groups


_TIES = """SELECT ?tie ?kind ?thing ?name ?thingKind ?weight WHERE { %s
  ?tie a ?class ; tkg:through ?thing ; tkg:weight ?weight .
  FILTER(?class IN (tkg:JointTie, tkg:SharedTie, tkg:WaitingTie))
  BIND(STRAFTER(STR(?class), "#") AS ?kind)
  ?thing a ?thingClass ; rdfs:label ?name .
  FILTER(LANG(?name) = "zh" && ?thingClass IN (tkg:Task, tkg:Obstacle, tkg:Project, tkg:Place,
    tkg:Road, tkg:Organization, tkg:Policy, tkg:Event, tkg:Subdistrict))
  BIND(STRAFTER(STR(?thingClass), "#") AS ?thingKind)
} ORDER BY DESC(?weight) ?name ?tie"""
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
