"""Find the meaning of columns with unknown headings from their cells, with the network of roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from kg.reading.tables.headings import Kind
from kg.reading.tables.table_header import Cells, Header
from kg.tagger.flow import make_flow, role_scores
from kg.tagger.model import ROLE_NETWORK, load_model
from kg.tagger.roles import ROLE_LABELS, Role
from kg.tagger.spans import log_softmax

_ROLES: Mapping[Kind, tuple[Role, ...]] = {
    "task": ("task", "target"),
    "progress": ("progress",),
    "departments": ("lead", "unit", "cooperating"),
    "leader": ("leader",),
}
# A report has these columns; people are recognised because their names are personal data.
_NEEDED: frozenset[Kind] = frozenset({"task", "progress", "departments"})
# How many rows and characters of a cell are read, and the least probability of a meaning.
_ROWS, _CHARACTERS, _LEAST = 8, 120, 0.5


def complete_header(header: Header, rows: Sequence[Cells]) -> Header:
    """Return a header in which unknown headings have the meaning of the cells below them.

    Only meanings that no other column has are given.

    Args:
        header: The header.
        rows: The rows of its table.
    """
    missing = _NEEDED - header.kinds
    body = [
        row for row in rows[header.end :] if 2 * sum(bool(cell.text) for cell in row) > len(row)
    ]
    unknown = [
        place
        for place, heading in enumerate(header.headings)
        if heading.kind is None and heading.text and any(row[place].text.strip() for row in body)
    ]
    if not missing or not unknown or not body:
        return header
    heads = tuple(heading.text for heading in header.headings)
    shares = _kind_shares((heads, *map(_row_texts, body[:_ROWS])))
    found = list(header.headings)
    best = {place: max(shares[place].items(), key=lambda item: item[1]) for place in unknown}
    for place in sorted(unknown, key=lambda place: -best[place][1]):
        kind, share = best[place]
        if share >= _LEAST and (kind in missing or kind == "leader"):
            found[place] = replace(found[place], kind=kind, confidence=round(share, 2))
            missing -= {kind}
    return replace(header, headings=tuple(found))


def _row_texts(row: Cells) -> tuple[str, ...]:
    return tuple(" ".join(cell.text.split())[:_CHARACTERS] for cell in row)


@lru_cache(maxsize=8)
def _kind_shares(rows: tuple[tuple[str, ...], ...]) -> tuple[Mapping[Kind, float], ...]:
    """Return for each column the mean probability of each kind in its cells below the header.

    A table of tabs is read twice: to see whether it is one, and to read its rows.
    """
    text = ""
    cells: list[list[tuple[int, int]]] = [[] for _ in rows[0]]
    for row in rows:
        for column, cell in zip(cells, row, strict=True):
            column.append((len(text), len(text) + len(cell)))
            text += f"{cell} | "
        text += "\n"
    flow = make_flow(text)
    probabilities = np.exp(log_softmax(role_scores(flow, load_model(ROLE_NETWORK))))
    shares: list[Mapping[Kind, float]] = []
    for column in cells:
        inside = np.zeros(len(flow.text), np.bool_)
        for start, end in column[1:]:
            inside |= (flow.offsets >= start) & (flow.offsets < end)
        # An empty cell has no characters.
        of_column = probabilities[inside].sum(axis=0) / max(1, inside.sum())
        shares.append(
            {
                kind: float(sum(of_column[place] for place in _columns_of(roles)))
                for kind, roles in _ROLES.items()
            }
        )
    return tuple(shares)


def _columns_of(roles: Sequence[Role]) -> list[int]:
    """Return the places of the labels of some roles."""
    return [place for place, label in enumerate(ROLE_LABELS) if label[2:] in roles]
