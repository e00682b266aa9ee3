"""The ties between departments as a matrix, in an order that shows groups as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import networkx as nx
import numpy as np

from kg.network.measures import communities
from kg.network.ties import Pair, Tie, ties_by_pair

# Ties below this weight are weak: a road or an event that more than six departments mention, a
# project that more than eleven mention (docs/ties.md).
WEAK_WEIGHT = 0.1
# Maximum number of departments in a matrix; those with the strongest ties are kept.
MOST = 300

Mark = Literal["joint", "waiting", "shared"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The ties between two departments.

    Attributes:
        row: The index of one department in the matrix.
        column: The index of the other, which is greater.
        weight: The sum of the weights of their ties.
        mark: `joint` if they have a joint task, else `waiting` if one waits for the other, else
            `shared`.
        awaited: The index of the department that the other waits for, or None.
        ties: Their ties, ordered by weight.
    """

    row: int
    column: int
    weight: float
    mark: Mark
    awaited: int | None
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The departments with ties, in an order that shows groups.

    Attributes:
        departments: Their IRIs, group by group, the largest group first.
        groups: The number of the group of each.
        cells: The pairs with ties, the strongest first.
        left_out: How many departments are omitted because there are more than `MOST`.
    """

    departments: tuple[str, ...]
    groups: tuple[int, ...]
    cells: tuple[Cell, ...]
    left_out: int


def weak_ties(found: Iterable[Tie]) -> tuple[Tie, ...]:
    """Return the ties with a weight below `WEAK_WEIGHT`, which many departments share."""
    return tuple(tie for tie in found if tie.weight < WEAK_WEIGHT)


def department_matrix(found: Iterable[Tie]) -> Matrix:
    """Return the matrix of the departments with some ties.

    Groups are the communities of the network (`kg.network.measures`). Within a group departments
    are in the order of the Fiedler vector, which places departments with ties near each other
    (J. E. Atkins and others, *A spectral algorithm for seriation*, SIAM J. Comput. 28, 1998).

    Args:
        found: The ties.
    """
    pairs = ties_by_pair(found)
    network: nx.Graph = nx.Graph()
    for (one, other), tied in pairs.items():
        network.add_edge(one, other, weight=sum(tie.weight for tie in tied))
    tied_count = len(network)
    if tied_count > MOST:
        strength = dict(network.degree(weight="weight"))
        first = sorted(network, key=lambda iri: (-strength[iri], iri))[:MOST]
        network = nx.Graph(network.subgraph(first))
        network.remove_nodes_from(list(nx.isolates(network)))
    groups = communities(network)
    order = [iri for members in groups for iri in _seriate(network, members)]
    number = {iri: at for at, members in enumerate(groups, 1) for iri in members}
    place = {iri: at for at, iri in enumerate(order)}
    cells = (
        _build_cell(pair, tied, place) for pair, tied in pairs.items() if set(pair) <= set(place)
    )
    return Matrix(
        tuple(order),
        tuple(number[iri] for iri in order),
        tuple(sorted(cells, key=lambda cell: (-cell.weight, cell.row, cell.column))),
        tied_count - len(order),
    )


def _build_cell(pair: Pair, tied: tuple[Tie, ...], place: Mapping[str, int]) -> Cell:
    kinds = {tie.kind for tie in tied}
    mark: Mark = "joint" if "joint" in kinds else "waiting" if "waiting" in kinds else "shared"
    waiting = [tie for tie in tied if tie.kind == "waiting"]
    awaited = next((place[iri] for tie in waiting for iri in pair if iri in tie.awaited), None)
    row, column = sorted(place[iri] for iri in pair)
    weight = round(sum(tie.weight for tie in tied), 3)
    return Cell(row, column, weight, mark, awaited, tied)


def _seriate(network: nx.Graph, members: Sequence[str]) -> list[str]:
    """Return the members of a group in an order that places those with strong ties together."""
    names = sorted(members)
    if len(names) < 3:
        return names
    weights = nx.to_numpy_array(network, nodelist=names, weight="weight")
    laplacian = np.diag(weights.sum(axis=1)) - weights
    vector = np.linalg.eigh(laplacian)[1][:, 1].round(9)
    # The sign of an eigenvector is arbitrary: put the strongest department into the first half.
    if vector[int(weights.sum(axis=1).argmax())] > 0:
        vector = -vector
    return [name for _, name in sorted(zip(vector.tolist(), names, strict=True))]
