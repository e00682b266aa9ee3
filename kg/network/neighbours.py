"""The ties of one department, read without the rest of the graph.

`kg.network.ties` reads all ties of a graph, which takes longer the more reports it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.rdf.terms import TKG, term
from kg.graph.stores.protocol import Graph
from kg.network.ties import TieKind, is_tie_between

_KINDS: dict[str, TieKind] = {
    f"{TKG}JointTie": "joint",
    f"{TKG}SharedTie": "shared",
    f"{TKG}WaitingTie": "waiting",
}


@dataclass(frozen=True, slots=True)
class DepartmentTie:
    """A tie of a department, without its evidence.

    Attributes:
        iri: Its IRI.
        kind: `joint` for a joint task, `shared` for a thing that tasks of both mention, `waiting`
            if one waits for the other.
        through: The IRI of the task, thing or obstacle that it goes through.
        weight: Its weight.
        tasks: By task, the IRIs of the responsible departments.
        departments: The IRIs of the departments that it connects.
        awaited: The IRIs of those that the others wait for; empty if nobody waits.
    """

    iri: str
    kind: TieKind
    through: str
    weight: float
    tasks: dict[str, frozenset[str]]
    departments: frozenset[str]
    awaited: frozenset[str]

    def is_between(self, one: str, other: str) -> bool:
        """Return whether it connects two of its departments (see `ties.ties_by_pair`)."""
        if not self.weight or not {one, other} <= self.departments:
            return False
        # In an incomplete graph the departments of a task may be missing.
        responsible = frozenset().union(*self.tasks.values())
        if self.kind == "shared" and not {one, other} <= responsible:
            return False
        return is_tie_between(self.kind, self.awaited, self.tasks.items(), (one, other))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A department with its ties to another one.

    Attributes:
        department: Its IRI.
        weight: The sum of the weights of the ties.
        ties: The ties, ordered by weight.
    """

    department: str
    weight: float
    ties: tuple[DepartmentTie, ...]


def department_ties(store: Graph, department: str) -> tuple[DepartmentTie, ...]:
    """Return all ties of a department, ordered by weight."""
    departments: dict[str, frozenset[str]] = {}
    ties = (
        _read_tie(store, quad.subject, departments)
        for quad in store.quads_for_pattern(
            None, term("tkg:connects"), NamedNode(department), DefaultGraph()
        )
        if isinstance(quad.subject, NamedNode)
    )
    found = (tie for tie in ties if tie)
    return tuple(sorted(found, key=lambda tie: (-tie.weight, tie.iri)))


def read_tie(store: Graph, tie: str) -> DepartmentTie | None:
    """Return a tie of a graph, or None if its data is incomplete."""
    return _read_tie(store, NamedNode(tie), {})


def neighbours(store: Graph, department: str) -> tuple[Neighbour, ...]:
    """Return the departments with ties to a department, those with the strongest ties first.

    A tie through a thing is ignored if there is also a tie through a part of that thing.
    """
    found = department_ties(store, department)
    wholes = {tie.through: frozenset(_find_wholes(store, tie.through)) for tie in found}
    others = frozenset().union(*(tie.departments for tie in found)) - {department}
    tied = []
    for other in others:
        both = [tie for tie in found if tie.is_between(department, other)]
        covered = frozenset().union(*(wholes[tie.through] for tie in both))
        counted = tuple(tie for tie in both if tie.through not in covered)
        if counted:
            tied.append(Neighbour(other, sum(tie.weight for tie in counted), counted))
    return tuple(sorted(tied, key=lambda one: (-one.weight, one.department)))


def _read_tie(
    store: Graph, tie: NamedNode, departments: dict[str, frozenset[str]]
) -> DepartmentTie | None:
    tasks = _object_values(store, tie, "tkg:task")
    for task in tasks:
        if task not in departments:
            departments[task] = frozenset(_object_values(store, NamedNode(task), "tkg:responsible"))
    kinds = [_KINDS[name] for name in _object_values(store, tie, "rdf:type") if name in _KINDS]
    through, weights = (
        _object_values(store, tie, "tkg:through"),
        _object_values(store, tie, "tkg:weight"),
    )
    # Updates may write anything into a graph.
    if not (kinds and through and weights):
        return None
    return DepartmentTie(
        tie.value,
        kinds[0],
        through[0],
        float(weights[0]),
        {task: departments[task] for task in sorted(tasks)},
        frozenset(_object_values(store, tie, "tkg:connects")),
        frozenset(_object_values(store, tie, "tkg:awaits")),
    )


def _find_wholes(store: Graph, thing: str) -> Iterator[str]:
    for relation in ("geo:sfWithin", "dcterms:isPartOf", "dcterms:spatial"):
        yield from _object_values(store, NamedNode(thing), relation)


def _object_values(store: Graph, subject: NamedNode, predicate: str) -> list[str]:
    quads = store.quads_for_pattern(subject, term(predicate), None, DefaultGraph())
    return [quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)]
