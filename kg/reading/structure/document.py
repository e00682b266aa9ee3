"""What a file shows, whatever its format: paragraphs and tables in their order.

A reader of a format makes a `Document`; the recovery of rows looks at nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Problem


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or paragraph of running text.

    Attributes:
        text: Its text, without line breaks.
        line: Where it stands: the 1-based line of a text, paragraph of a document, page of a PDF.
        level: Level of a heading, from 1; 0 for what is no heading, or where the format tells none.
    """

    text: str
    line: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table, merged cells unfolded.

    Attributes:
        text: Its text; line breaks inside it are kept.
        line: Where it stands: the 1-based line of a text, row of a sheet or table, page of a PDF.
        continued: Whether a merged cell that begins to the left or above goes on here; the text is
            repeated.
    """

    text: str
    line: int
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, as many in each row; `name` is that of its sheet, or empty."""

    rows: tuple[tuple[GridCell, ...], ...]
    name: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What a file shows.

    Attributes:
        blocks: Its paragraphs and tables, in order.
        title: The title that its metadata tell, or an empty text.
        unit: What `line` counts: `line`, `row`, `paragraph` or `page`.
        notes: What of the file is left out, for a person to look at.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    unit: str = "line"
    notes: tuple[Problem, ...] = ()
