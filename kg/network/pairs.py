"""Pairs of departments that depend on each other and answer for no task together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from kg.network.ties import Quote, Tie

# What a waiting tie weighs, or a road that tasks of two departments name and no others.
STRONG = 0.5

Apart = Literal["groups", "headings"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a report.

    Attributes:
        report: Identifier of the report.
        task: Number of the task.
        cell: The cell that holds the words.
        quote: The words.
        sentence: The sentence around them.
        line: Line of the source file, or None.
    """

    report: str
    task: int
    cell: str
    quote: str
    sentence: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """What one department brings to a tie.

    Attributes:
        department: Its name.
        tasks: Numbers of its tasks.
        headings: First-level categories of these tasks.
        sentences: What they say; nothing for a department that is awaited.
    """

    department: str
    tasks: tuple[int, ...]
    headings: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A tie as it stands between two departments.

    Attributes:
        kind: shared or waiting.
        name: The thing that both name, or what one waits for.
        thing: Its IRI.
        thing_kind: What it is: project, place, obstacle, ...
        weight: Weight of the tie.
        awaits: The department that the other waits for, or None.
        basis: The laws that make it competent; empty where the report names it.
        sides: What each brings, in the order of the pair.
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
    """Two departments that are tied and answer for no task together.

    Attributes:
        departments: Their names.
        weight: The weights of their ties, added up.
        apart: Why nobody would expect it: they are of different `groups`, or half the weight or
            more lies in things that both name, but under different `headings` of the report.
        ties: What ties them, the weightiest first.
    """

    departments: tuple[str, str]
    weight: float
    apart: tuple[Apart, ...]
    ties: tuple[Ground, ...]


def sentence(quote: Quote) -> Sentence:
    """Return the words of a quote without who answers for them."""
    return Sentence(quote.report, quote.task, quote.cell, quote.quote, quote.sentence, quote.line)


def dependencies(
    network: nx.Graph,
    group: Mapping[str, int | None],
    headings: Mapping[tuple[str, int], str],
) -> tuple[Dependency, ...]:
    """Return the pairs that are tied by `STRONG` or more and share no task, the strongest first.

    Args:
        network: Departments by name, each with its `iri`; edges with a `weight` and `ties`.
        group: The community of each department.
        headings: The first-level category of each task, by report and number.
    """
    found = (
        _dependency(network, pair, group, headings)
        for pair in map(sorted, network.edges)
        if network.edges[pair]["weight"] >= STRONG
        and all(tie.kind != "joint" for tie in network.edges[pair]["ties"])
    )
    return tuple(sorted(found, key=lambda one: (-one.weight, one.departments)))


def surprising(found: tuple[Dependency, ...]) -> tuple[Dependency, ...]:
    """Return the dependencies that nobody would expect, in the same order."""
    return tuple(one for one in found if one.apart)


def _dependency(
    network: nx.Graph,
    pair: list[str],
    group: Mapping[str, int | None],
    headings: Mapping[tuple[str, int], str],
) -> Dependency:
    edge = network.edges[pair]
    one, other = pair
    iris = {network.nodes[name]["iri"]: name for name in pair}
    ties = tuple(_ground(tie, iris, headings) for tie in edge["ties"])
    return Dependency((one, other), edge["weight"], tuple(_apart(pair, ties, group)), ties)


def _ground(tie: Tie, names: Mapping[str, str], headings: Mapping[tuple[str, int], str]) -> Ground:
    one, other = (_side(tie, iri, name, headings) for iri, name in names.items())
    awaits = next((names[iri] for iri in names if iri in tie.awaited), None)
    return Ground(
        tie.kind, tie.name, tie.thing, tie.thing_kind, tie.weight, awaits, tie.basis, (one, other)
    )


def _side(tie: Tie, iri: str, name: str, headings: Mapping[tuple[str, int], str]) -> Side:
    quotes = [quote for quote in tie.quotes if iri in quote.departments]
    under = {headings[task] for q in quotes if (task := (q.report, q.task)) in headings}
    return Side(
        name,
        tuple(sorted({quote.task for quote in quotes})),
        tuple(sorted(under)),
        tuple(map(sentence, quotes)),
    )


def _apart(
    pair: list[str], ties: tuple[Ground, ...], group: Mapping[str, int | None]
) -> Iterator[Apart]:
    one, other = pair
    if group[one] != group[other]:
        yield "groups"
    elsewhere = sum(tie.weight for tie in ties if _under_different_headings(tie))
    if 2 * elsewhere >= sum(tie.weight for tie in ties):
        yield "headings"


def _under_different_headings(tie: Ground) -> bool:
    one, other = (set(side.headings) for side in tie.sides)
    return bool(one and other) and one.isdisjoint(other)
