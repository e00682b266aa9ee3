"""A row of a table: its tokens by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.reading.structure.tokens import Token, width
from kg.reading.tables.columns import Column, ColumnHead


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens of one row of a table, by column.

    Attributes:
        cells: The tokens of each column that the row fills.
        categories: The category cells from left to right, if cells are side by side.
        columns: The heading and the tokens of each column, if cells are side by side.
        notes: What could not be read with certainty in the row.
    """

    cells: Mapping[Column, tuple[Token, ...]]
    categories: tuple[str, ...] | None = None
    columns: tuple[tuple[ColumnHead, tuple[Token, ...]], ...] = ()
    notes: tuple[str, ...] = ()

    def tokens(self, column: Column) -> tuple[Token, ...]:
        """Return the tokens of a column; the tuple is empty if the row has no such cell."""
        return self.cells.get(column, ())


def column_width(rows: Sequence[Row], column: Column, share: float = 0.9) -> float:
    """Return the width at which a narrow column wraps: this share of its lines is no wider.

    Marks at the end of a line do not count: they may extend past the edge.
    """
    sizes = sorted(
        width(token.text.rstrip("，、。；")) for row in rows for token in row.tokens(column)
    )
    return sizes[int((len(sizes) - 1) * share)] if sizes else 0.0
