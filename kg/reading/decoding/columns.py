"""What the columns of a table hold: the cells of one column tell of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from kg.reading.structure.flat import CellPlace, FlatDocument
from kg.tagger.flow import Flow
from kg.tagger.roles import ROLES, Role
from kg.tagger.spans import Scores, log_softmax, softmax

_HEAD = 1 + ROLES.index("head")
# How much the column counts beside the characters themselves, and how much it may speak against a
# role: a cell of tasks may name units in brackets.
_WEIGHT, _FLOOR = 1.5, -2.0
_LEAST = 1e-4


def add_column_evidence(
    document: FlatDocument, flow: Flow, scores: Scores, mapped: Mapping[str, Role]
) -> Scores:
    """Return the scores of a document's characters with what the columns of its tables tell.

    Args:
        document: The document with its cells.
        flow: Its characters.
        scores: Their scores, shape (characters, labels).
        mapped: Roles of columns by their headings, as a person tells them.
    """
    out = log_softmax(scores)
    columns: dict[tuple[int, int], list[tuple[CellPlace, slice]]] = defaultdict(list)
    for cell in document.cells:
        first, last = np.searchsorted(flow.offsets, (cell.start, cell.end))
        if last > first:
            columns[cell.table, cell.column].append((cell, slice(int(first), int(last))))
    for cells in columns.values():
        shares = np.stack([_role_shares(scores[span]) for _, span in cells])
        heads = shares.argmax(axis=1) == _HEAD
        evidence = _evidence(shares[~heads])
        for text in (document.text[cell.start : cell.end] for cell, _ in cells[:3]):
            if role := mapped.get("".join(text.split())):
                evidence = np.full(len(ROLES) + 1, -10.0, np.float32)
                evidence[1 + ROLES.index(role)] = 0.0
        for (_, span), is_head in zip(cells, heads, strict=True):
            if not is_head:
                out[span] += _WEIGHT * np.repeat(evidence, [1, *[2] * len(ROLES)])
    return out


def _role_shares(scores: Scores) -> Scores:
    """Return the mean probability of each role, and first that of none, over some characters."""
    mean = softmax(scores).mean(axis=0)
    return np.asarray(np.concatenate([mean[:1], mean[1::2] + mean[2::2]]), np.float32)


def _evidence(shares: Scores) -> Scores:
    """Return for each role how likely the cells of a column have it, as a logarithm."""
    if not len(shares):
        return np.zeros(len(ROLES) + 1, np.float32)
    mean = np.log(shares + _LEAST).mean(axis=0)
    return np.asarray(np.maximum(log_softmax(mean[None])[0], _FLOOR), np.float32)


def row_numbers(document: FlatDocument, offsets: Sequence[int]) -> list[tuple[int, int] | None]:
    """Return for each offset the table and the row in which it stands, or None."""
    found = (document.cell_at(offset) for offset in offsets)
    return [(cell.table, cell.row) if cell else None for cell in found]
