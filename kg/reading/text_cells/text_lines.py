"""Lines of a text, the header among them, and the document of a table in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.reading.structure.document import Document, GridCell, Paragraph, Table
from kg.reading.structure.furniture import is_page_mark, is_rule
from kg.reading.structure.letterhead import is_furniture
from kg.reading.tables.group_headings import is_group_heading, is_marked_heading, is_note, is_sum
from kg.reading.tables.headings import Heading, Mappings, recognise_heading
from kg.reading.tables.table_header import Cells

Line = tuple[int, str]

FARTHEST = 60
_FEWEST, _MOST = 3, 15


@dataclass(frozen=True, slots=True)
class TextHeader:
    """The header of a table in a text.

    Attributes:
        start: Index of its first line in the text.
        end: Index of the line after it.
        cells: Its headings, each with the number of its line.
        headings: What they mean.
    """

    start: int
    end: int
    cells: tuple[Line, ...]
    headings: tuple[Heading, ...]

    def is_standalone(self, text: str) -> bool:
        """Return whether a text alone in its row is a heading, a sum or a remark.

        The name of a body is a heading only if rows have no departments of their own.
        """
        named = any(heading.kind == "departments" for heading in self.headings)
        return (
            (is_marked_heading if named else is_group_heading)(text)
            or is_note(text)
            or is_sum(text)
        )


def content_lines(text: Sequence[str]) -> list[Line]:
    """Return the lines with text, without page numbers and rules, each with its line number."""
    return [
        (number, line.strip("\r\f"))
        for number, line in enumerate(text, start=1)
        if line.strip() and not is_page_mark(line) and not is_rule(line)
    ]


def table_headings(texts: Sequence[str], mappings: Mappings) -> tuple[Heading, ...]:
    """Return the headings if texts are the header of a table of tasks, else an empty tuple.

    One of them may be unknown.

    >>> [heading.kind for heading in table_headings(("序号", "工作任务", "责任单位"), {})]
    ['number', 'task', 'departments']
    >>> table_headings(("1", "修路", "建设局"), {})
    ()
    """
    if not _FEWEST <= len(texts) <= _MOST:
        return ()
    headings = tuple(recognise_heading((text,), mappings) for text in texts)
    kinds = [heading.kind for heading in headings]
    answered = "departments" in kinds or "progress" in kinds
    return headings if "task" in kinds and answered and kinds.count(None) <= 1 else ()


def make_row(cells: Sequence[Line], size: int) -> Cells:
    """Return a row with these texts, padded with empty cells."""
    shown = [GridCell(text, number) for number, text in cells]
    return (*shown, *(GridCell("", cells[0][0]) for _ in range(size - len(shown))))


def make_document(
    above: Sequence[Line], head: TextHeader, rows: Sequence[Cells], below: Sequence[Line] = ()
) -> Document:
    """Return the document with a table and the lines above and below it."""
    before = [Paragraph(text.strip(), n) for n, text in above if not is_furniture(text)]
    behind = [Paragraph(text.strip(), number) for number, text in below]
    shown = (make_row(head.cells, len(head.cells)), *rows)
    return Document((*before, Table(shown), *behind))
