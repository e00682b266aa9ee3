"""Pairs of departments that depend on each other without a joint task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from kg.network.ties import Quote, Sentence, Tie

# The weight of a waiting tie, or of a road that tasks of exactly two departments mention.
STRONG = 0.5

Separation = Literal["groups", "headings"]


@dataclass(frozen=True, slots=True)
class Side:
    """One department of a tie.

    Attributes:
        department: Its name.
        tasks: The numbers of its tasks.
        headings: The first-level categories of these tasks.
        sentences: The quotes from these tasks; empty for a department that is awaited.
    """

    department: str
    tasks: tuple[int, ...]
    headings: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class PairTie:
    """A tie between two departments.

    Attributes:
        kind: `shared` or `waiting`.
        name: The thing that both mention, or what one waits for.
        thing: Its IRI.
        thing_kind: Its class in lower case: project, place, obstacle, ...
        weight: The weight of the tie.
        awaits: The department that the other waits for, or None.
        basis: The laws that make it competent; empty if the report names it.
        sides: The two departments, in the order of the pair.
    """

    kind: str
    name: str
    thing: str
    thing_kind: str
    weight: float
    awaits: str | None
    basis: tuple[str, ...]
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Dependency:
    """Two departments with ties but without a joint task.

    Attributes:
        departments: Their names.
        weight: The sum of the weights of their ties.
        apart: Why the ties are unexpected: `groups` if they are in different groups, `headings` if
            at least half of the weight is in ties of tasks under different headings.
        ties: Their ties, ordered by weight.
    """

    departments: tuple[str, str]
    weight: float
    apart: tuple[Separation, ...]
    ties: tuple[PairTie, ...]


def quote_sentence(quote: Quote) -> Sentence:
    """Return a quote without the responsible departments."""
    return Sentence(quote.report, quote.task, quote.cell, quote.quote, quote.sentence, quote.line)


def dependencies(
    network: nx.Graph,
    group: Mapping[str, int | None],
    headings: Mapping[tuple[str, int], str],
) -> tuple[Dependency, ...]:
    """Return the pairs with ties of weight `STRONG` or more and no joint task, strongest first.

    Args:
        network: Departments by name, each with its `iri`; edges with a `weight` and `ties`.
        group: The community of each department.
        headings: The first-level category of each task, by report and number.
    """
    found = (
        _build_dependency(network, pair, group, headings)
        for pair in map(sorted, network.edges)
        if network.edges[pair]["weight"] >= STRONG
        and all(tie.kind != "joint" for tie in network.edges[pair]["ties"])
    )
    return tuple(sorted(found, key=lambda one: (-one.weight, one.departments)))


def unexpected_dependencies(found: tuple[Dependency, ...]) -> tuple[Dependency, ...]:
    """Return the dependencies that are unexpected, in the same order."""
    return tuple(one for one in found if one.apart)


def _build_dependency(
    network: nx.Graph,
    pair: list[str],
    group: Mapping[str, int | None],
    headings: Mapping[tuple[str, int], str],
) -> Dependency:
    edge = network.edges[pair]
    one, other = pair
    iris = {network.nodes[name]["iri"]: name for name in pair}
    ties = tuple(_build_tie(tie, iris, headings) for tie in edge["ties"])
    return Dependency(
        (one, other), edge["weight"], tuple(_find_separations(pair, ties, group)), ties
    )


def _build_tie(
    tie: Tie, names: Mapping[str, str], headings: Mapping[tuple[str, int], str]
) -> PairTie:
    one, other = (_build_side(tie, iri, name, headings) for iri, name in names.items())
    awaits = next((names[iri] for iri in names if iri in tie.awaited), None)
    return PairTie(
        tie.kind, tie.name, tie.thing, tie.thing_kind, tie.weight, awaits, tie.basis, (one, other)
    )


def _build_side(tie: Tie, iri: str, name: str, headings: Mapping[tuple[str, int], str]) -> Side:
    quotes = [quote for quote in tie.quotes if iri in quote.departments]
    under = {headings[task] for q in quotes if (task := (q.report, q.task)) in headings}
    return Side(
        name,
        tuple(sorted({quote.task for quote in quotes})),
        tuple(sorted(under)),
        tuple(map(quote_sentence, quotes)),
    )


def _find_separations(
    pair: list[str], ties: tuple[PairTie, ...], group: Mapping[str, int | None]
) -> Iterator[Separation]:
    one, other = pair
    if group[one] != group[other]:
        yield "groups"
    elsewhere = sum(tie.weight for tie in ties if _has_different_headings(tie))
    if 2 * elsewhere >= sum(tie.weight for tie in ties):
        yield "headings"


def _has_different_headings(tie: PairTie) -> bool:
    one, other = (set(side.headings) for side in tie.sides)
    return bool(one and other) and one.isdisjoint(other)
