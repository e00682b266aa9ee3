"""What ties one department to others, read from its surroundings in the graph alone.

`kg.network.ties` reads all ties of a graph, which takes the longer the more reports it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.graph.protocol import Graph
from kg.graph.terms import TKG, term
from kg.network.ties import TieKind, ties_both

_KINDS: dict[str, TieKind] = {
    f"{TKG}JointTie": "joint",
    f"{TKG}SharedTie": "shared",
    f"{TKG}WaitingTie": "waiting",
}


@dataclass(frozen=True, slots=True)
class Bond:
    """A tie of a department, without the words that it stands on.

    Attributes:
        iri: Its IRI.
        kind: Whether departments share a task, name the same thing, or one waits for the other.
        through: IRI of the task, thing or obstacle that it goes through.
        weight: How much it says.
        tasks: For each task concerned, IRIs of the departments that answer for it.
        departments: IRIs of the departments that it connects.
        awaited: IRIs of those that the others wait for; none where nobody waits.
    """

    iri: str
    kind: TieKind
    through: str
    weight: float
    tasks: dict[str, frozenset[str]]
    departments: frozenset[str]
    awaited: frozenset[str]

    def ties(self, one: str, other: str) -> bool:
        """Return whether it ties two of its departments to each other (see `ties.between`)."""
        if not self.weight or not {one, other} <= self.departments:
            return False
        # The tasks of a graph that is not whole may not tell who answers for them.
        held = frozenset().union(*self.tasks.values())
        if self.kind == "shared" and not {one, other} <= held:
            return False
        return ties_both(self.kind, self.awaited, self.tasks.items(), (one, other))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another department with what ties it to one.

    Attributes:
        department: Its IRI.
        weight: How strongly it is tied: the sum of the ties' weights.
        bonds: What ties it, the weightiest first.
    """

    department: str
    weight: float
    bonds: tuple[Bond, ...]


def bonds(store: Graph, department: str) -> tuple[Bond, ...]:
    """Return all ties of a department, the weightiest first."""
    held: dict[str, frozenset[str]] = {}
    ties = (
        _bond(store, quad.subject, held)
        for quad in store.quads_for_pattern(
            None, term("tkg:connects"), NamedNode(department), DefaultGraph()
        )
        if isinstance(quad.subject, NamedNode)
    )
    found = (bond for bond in ties if bond)
    return tuple(sorted(found, key=lambda bond: (-bond.weight, bond.iri)))


def bond(store: Graph, tie: str) -> Bond | None:
    """Return one tie of a graph; None where the graph does not tell all of it."""
    return _bond(store, NamedNode(tie), {})


def neighbours(store: Graph, department: str) -> tuple[Neighbour, ...]:
    """Return the departments that are tied to one, those most strongly tied first.

    What ties two departments through a part of a thing does not count again for the whole.
    """
    found = bonds(store, department)
    wholes = {bond.through: frozenset(_wholes(store, bond.through)) for bond in found}
    others = frozenset().union(*(bond.departments for bond in found)) - {department}
    tied = []
    for other in others:
        both = [bond for bond in found if bond.ties(department, other)]
        covered = frozenset().union(*(wholes[bond.through] for bond in both))
        counted = tuple(bond for bond in both if bond.through not in covered)
        if counted:
            tied.append(Neighbour(other, sum(bond.weight for bond in counted), counted))
    return tuple(sorted(tied, key=lambda one: (-one.weight, one.department)))


def _bond(store: Graph, tie: NamedNode, held: dict[str, frozenset[str]]) -> Bond | None:
    tasks = _objects(store, tie, "tkg:task")
    for task in tasks:
        if task not in held:
            held[task] = frozenset(_objects(store, NamedNode(task), "tkg:responsible"))
    kinds = [_KINDS[name] for name in _objects(store, tie, "rdf:type") if name in _KINDS]
    through, weights = _objects(store, tie, "tkg:through"), _objects(store, tie, "tkg:weight")
    # Updates may write anything into a graph.
    if not (kinds and through and weights):
        return None
    return Bond(
        tie.value,
        kinds[0],
        through[0],
        float(weights[0]),
        {task: held[task] for task in sorted(tasks)},
        frozenset(_objects(store, tie, "tkg:connects")),
        frozenset(_objects(store, tie, "tkg:awaits")),
    )


def _wholes(store: Graph, thing: str) -> Iterator[str]:
    for relation in ("geo:sfWithin", "dcterms:isPartOf", "dcterms:spatial"):
        yield from _objects(store, NamedNode(thing), relation)


def _objects(store: Graph, subject: NamedNode, predicate: str) -> list[str]:
    quads = store.quads_for_pattern(subject, term(predicate), None, DefaultGraph())
    return [quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)]
