"""The content of a file of any format: paragraphs and tables, in order.

The readers of formats return a `Document`, from which alone rows are recovered.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Problem


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or paragraph of running text.

    Attributes:
        text: Its text, without line breaks.
        line: Its 1-based line of a text, paragraph of a document, or page of a PDF.
        level: The level of a heading, from 1; 0 if it is not known to be a heading.
    """

    text: str
    line: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A place of a table; a merged cell is repeated in each of its places.

    Attributes:
        text: Its text, including line breaks.
        line: Its 1-based line of a text, row of a sheet or table, or page of a PDF.
        continued: Whether it repeats a merged cell that begins to the left or above.
    """

    text: str
    line: int
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows with the same number of cells; `name` is the name of its sheet, or empty."""

    rows: tuple[tuple[GridCell, ...], ...]
    name: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a file.

    Attributes:
        blocks: Its paragraphs and tables, in order.
        title: The title in its metadata, or an empty text.
        unit: What `line` counts: `line`, `row`, `paragraph` or `page`.
        notes: Parts of the file that are left out, for users to check.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    unit: str = "line"
    notes: tuple[Problem, ...] = ()
