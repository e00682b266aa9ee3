"""Join the cells of a row, keeping the source line of every piece, and split departments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import Cell
from kg.reading.structure.brackets import count_unclosed
from kg.reading.structure.document import GridCell
from kg.reading.structure.tokens import Token, tokenize
from kg.reading.units.departments import learn_lexicon, split_listed_names, split_wrapped_names

Spans = tuple[tuple[int, int], ...]

_OPENING = "（(〔["


@dataclass
class CellBuilder:
    """Builds a cell from pieces of text."""

    text: str = ""
    lines: list[tuple[int, int]] = field(default_factory=list)

    def add(self, piece: str, line: int, between: str = "") -> None:
        """Add a piece with its source line, and a separator if it is not the first."""
        if piece:
            self.text += between if self.text else ""
            self.lines.append((len(self.text), line))
            self.text += piece

    def cell(self) -> Cell:
        """Return the cell."""
        return Cell(self.text, tuple(self.lines))


def unwrap_text(text: str, wrapped: bool) -> str:
    r"""Return a text on one line; wrapped lines are joined without spaces.

    >>> unwrap_text("建设公园；\n 修路", False), unwrap_text("建设公\n园", True)
    ('建设公园； 修路', '建设公园')
    """
    if wrapped:
        return "".join(" ".join(line.split()) for line in text.split("\n"))
    return " ".join(text.split())


def join_columns(columns: Sequence[Sequence[GridCell]], wrapped: bool) -> Cell:
    """Return one cell with the text of some columns of a row.

    Args:
        columns: The cells of each column: one, or more if the row continues below.
        wrapped: Whether the lines of cells are wrapped at the width of the column.
    """
    text = CellBuilder()
    for cells in columns:
        for index, cell in enumerate(cells):
            continues = wrapped and index > 0
            text.add(unwrap_text(cell.text, wrapped), cell.line, "" if continues else " ")
    return text.cell()


class DepartmentReader:
    """Finds the departments in the cells of a table."""

    def __init__(self, cells: Sequence[Sequence[GridCell]], wrapped: bool) -> None:
        """Learn the names from all cells of the department columns.

        Args:
            cells: The cells of each row and column.
            wrapped: Whether names continue after line breaks inside cells.
        """
        self._wrapped = wrapped
        tokens = [_tokens(column) for column in cells] if wrapped else []
        self._lexicon = learn_lexicon(tokens)
        sizes = sorted(token.width for column in tokens for token in column)
        self._full = sizes[int((len(sizes) - 1) * 0.95)] if sizes else 0.0

    def read(self, columns: Sequence[tuple[str, Sequence[GridCell]]]) -> tuple[Cell, Spans]:
        """Return the departments of a row as one cell, and the span of each name.

        Args:
            columns: The cells of each column with its label, which is empty if it has no role.
        """
        text, spans = CellBuilder(), list[tuple[int, int]]()
        filled = [(label, cells) for label, cells in columns if any(c.text.strip() for c in cells)]
        for place, (label, cells) in enumerate(filled):
            if label:
                text.add(f"{label}：", cells[0].line, "；")
            elif place:
                text.add("；", cells[0].line)
            spans += self._column_spans(text, cells)
        return text.cell(), tuple(spans)

    def _column_spans(
        self, text: CellBuilder, cells: Sequence[GridCell]
    ) -> Iterator[tuple[int, int]]:
        if self._wrapped:
            begin = len(text.text)
            for cell in cells:
                text.add("".join(cell.text.split()), cell.line)
            found = split_wrapped_names(_tokens(cells), self._lexicon, self._full)
            spans = ((begin + start, begin + end) for start, end in found)
            yield from _merge_bracketed(text.text, spans)
            return
        for index, cell in enumerate(cells):
            piece = unwrap_text(cell.text, wrapped=False)
            if index:
                text.add("、", cell.line)
            begin = len(text.text)
            text.add(piece, cell.line)
            yield from ((begin + start, begin + end) for start, end in split_listed_names(piece))


def _merge_bracketed(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans, with those joined that a bracket connects: 相关县（市、区）政府, 街道（镇）."""
    joined: tuple[int, int] | None = None
    for first, end in spans:
        if joined and not _is_open(text[slice(*joined)]) and text[first] not in _OPENING:
            yield joined
            joined = None
        joined = (joined[0] if joined else first), end
    if joined:
        yield joined[0], len(text) if _is_open(text[slice(*joined)]) else joined[1]


def _is_open(text: str) -> bool:
    return count_unclosed(text, _OPENING, "）)〕]") > 0


def _tokens(cells: Sequence[GridCell]) -> list[Token]:
    return list(tokenize([line for cell in cells for line in cell.text.split("\n")]))
