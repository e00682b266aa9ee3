"""Ties as pages show them: each with what it goes through and the sentences of both sides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.network.neighbours import Bond
from kg.network.ties import TieKind
from kg.server.parts.quotes import Quote, quotes_by_task
from kg.server.parts.reader import Link, Reader

# How many tasks of a tie are shown; its own page has the others.
_MAX_TASKS = 4


@dataclass(frozen=True, slots=True)
class TieSide:
    """A task of a tie: the departments that answer for it, and the quotes."""

    departments: tuple[Link, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class TieDetails:
    """A tie of departments.

    Attributes:
        path: Path of the tie's own page.
        kind: joint, shared or waiting.
        through: The task, thing or obstacle that it goes through.
        promise: The promise of the task that it goes through, or empty.
        weight: Its weight.
        sides: The quotes of each task.
        more: How many tasks are left out.
        awaited: The departments that the others wait for.
        laws: The laws that make them competent; empty if the report names who is awaited.
    """

    path: str | None
    kind: TieKind
    through: Link
    promise: str
    weight: float
    sides: tuple[TieSide, ...]
    more: int
    awaited: tuple[Link, ...]
    laws: tuple[str, ...]


def tie_details(
    reader: Reader, bond: Bond, first: Collection[str], limit: int = _MAX_TASKS
) -> TieDetails:
    """Return a tie with its sentences.

    Args:
        reader: Reads the graph.
        bond: The tie.
        first: Departments whose tasks come first.
        limit: How many tasks are shown.
    """

    def order(task: str) -> tuple[bool, str]:
        return not bond.tasks[task] & frozenset(first), task

    ordered = sorted(bond.tasks, key=order)
    # At most half of the tasks are those of the first departments, so that both sides are seen.
    own = [task for task in ordered if not order(task)[0]]
    others = ordered[len(own) :]
    shown = own[: max(limit - len(others), limit // 2)]
    shown += others[: limit - len(shown)]
    quotes = {} if bond.kind == "joint" else quotes_by_task(reader, bond.through, shown)
    return TieDetails(
        reader.link(bond.iri).path,
        bond.kind,
        reader.link(bond.through),
        reader.value(bond.through, "tkg:promise") if bond.kind == "joint" else "",
        bond.weight,
        tuple(
            TieSide(tuple(reader.sorted_links(bond.tasks[task])), tuple(quotes.get(task, ())))
            for task in shown
        ),
        len(bond.tasks) - len(shown),
        tuple(reader.sorted_links(bond.awaited)),
        tuple(reader.values(bond.iri, "tkg:act/dcterms:source")),
    )
