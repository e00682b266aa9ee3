"""A row of a table: its tokens by column, however they were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.reading.structure.tokens import Token, width
from kg.reading.tables.columns import Column, ColumnHead


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens of one row of the table, by column.

    Attributes:
        cells: The tokens of each column that the row fills.
        categories: Where cells stand side by side, the category cells from left to right.
        columns: Where cells stand side by side, what heads each column, and its tokens.
        notes: What of the row could not be read with certainty.
    """

    cells: Mapping[Column, tuple[Token, ...]]
    categories: tuple[str, ...] | None = None
    columns: tuple[tuple[ColumnHead, tuple[Token, ...]], ...] = ()
    notes: tuple[str, ...] = ()

    def tokens(self, column: Column) -> tuple[Token, ...]:
        """Return the tokens of a column, none where the row has no such cell."""
        return self.cells.get(column, ())


def column_width(rows: Sequence[Row], column: Column, share: float = 0.9) -> float:
    """Return the width at which a narrow column wraps: that share of its lines is no wider.

    Marks at a line's end do not count: some typesetters let them hang over the edge.
    """
    sizes = sorted(
        width(token.text.rstrip("，、。；")) for row in rows for token in row.tokens(column)
    )
    return sizes[int((len(sizes) - 1) * share)] if sizes else 0.0
