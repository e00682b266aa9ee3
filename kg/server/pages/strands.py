"""Ties as pages show them: what each goes through, with the sentences of both sides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.network.neighbours import DepartmentTie
from kg.network.ties import TieKind
from kg.server.pages.quotes import Quote, by_task
from kg.server.pages.reader import Link, Reader

# A thing that many tasks name is shown with these of them; its own page has the others.
_TASKS = 4


@dataclass(frozen=True, slots=True)
class Side:
    """What a task says in a tie: the departments that answer for it, and the words."""

    departments: tuple[Link, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Strand:
    """A tie of departments.

    Attributes:
        path: Path of the tie's own page.
        kind: joint, shared or waiting.
        through: The task, thing or obstacle that it goes through.
        promise: What the task promises, where it goes through one.
        weight: How much it says.
        sides: What each task says.
        more: How many tasks are left out.
        awaited: Those that the others wait for.
        laws: The laws that make them competent; empty where the report names who is awaited.
    """

    path: str | None
    kind: TieKind
    through: Link
    promise: str
    weight: float
    sides: tuple[Side, ...]
    more: int
    awaited: tuple[Link, ...]
    laws: tuple[str, ...]


def strand(
    reader: Reader, bond: DepartmentTie, first: Collection[str], most: int = _TASKS
) -> Strand:
    """Return a tie with its sentences.

    Args:
        reader: Reads the graph.
        bond: The tie.
        first: Departments whose tasks stand in front.
        most: How many tasks are shown.
    """

    def order(task: str) -> tuple[bool, str]:
        return not bond.tasks[task] & frozenset(first), task

    ordered = sorted(bond.tasks, key=order)
    # Of those in front at most half, so that the other side is seen.
    own = [task for task in ordered if not order(task)[0]]
    others = ordered[len(own) :]
    shown = own[: max(most - len(others), most // 2)]
    shown += others[: most - len(shown)]
    words = {} if bond.kind == "joint" else by_task(reader, bond.through, shown)
    return Strand(
        reader.link(bond.iri).path,
        bond.kind,
        reader.link(bond.through),
        reader.one(bond.through, "tkg:promise") if bond.kind == "joint" else "",
        bond.weight,
        tuple(
            Side(tuple(reader.sorted(bond.tasks[task])), tuple(words.get(task, ())))
            for task in shown
        ),
        len(bond.tasks) - len(shown),
        tuple(reader.sorted(bond.awaited)),
        tuple(reader.all(bond.iri, "tkg:act/dcterms:source")),
    )
