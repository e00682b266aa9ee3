"""Join what several cells tell of one thing, with the source line of every piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import Cell
from kg.reading.structure.document import GridCell
from kg.reading.structure.tokens import Token, tokenize
from kg.reading.units.departments import learn_lexicon, split_listed, split_wrapped

Spans = tuple[tuple[int, int], ...]


@dataclass
class Text:
    """The text of a cell as it grows out of pieces."""

    text: str = ""
    lines: list[tuple[int, int]] = field(default_factory=list)

    def add(self, piece: str, line: int, between: str = "") -> None:
        """Add a piece of a source line, behind what stands between it and the one before."""
        if piece:
            self.text += between if self.text else ""
            self.lines.append((len(self.text), line))
            self.text += piece

    def cell(self) -> Cell:
        """Return the cell."""
        return Cell(self.text, tuple(self.lines))


def words(text: str, wrapped: bool) -> str:
    r"""Return a text on one line; where its lines are wrapped, nothing stands between them.

    >>> words("建设公园；\n 修路", False), words("建设公\n园", True)
    ('建设公园； 修路', '建设公园')
    """
    if wrapped:
        return "".join(" ".join(line.split()) for line in text.split("\n"))
    return " ".join(text.split())


def join(columns: Sequence[Sequence[GridCell]], wrapped: bool) -> Cell:
    """Return what some columns of a row tell, one after another.

    Args:
        columns: The cells of each column: one, or more where a row goes on below.
        wrapped: Whether a line of a cell ends where its column does, not where its author said.
    """
    text = Text()
    for cells in columns:
        for index, cell in enumerate(cells):
            goes_on = wrapped and index > 0
            text.add(words(cell.text, wrapped), cell.line, "" if goes_on else " ")
    return text.cell()


class Departments:
    """Tells apart the departments in the cells of a table."""

    def __init__(self, cells: Sequence[Sequence[GridCell]], wrapped: bool) -> None:
        """Learn from all cells of the columns that name departments.

        Args:
            cells: The cells of each row and column.
            wrapped: Whether names go on behind the line breaks inside cells.
        """
        self._wrapped = wrapped
        tokens = [_tokens(column) for column in cells] if wrapped else []
        self._lexicon = learn_lexicon(tokens)
        sizes = sorted(token.width for column in tokens for token in column)
        self._full = sizes[int((len(sizes) - 1) * 0.95)] if sizes else 0.0

    def read(self, columns: Sequence[tuple[str, Sequence[GridCell]]]) -> tuple[Cell, Spans]:
        """Return the cell of a row that names departments, and where each name stands.

        Args:
            columns: The label of each column, empty where it tells no role, and its cells.
        """
        text, spans = Text(), list[tuple[int, int]]()
        filled = [(label, cells) for label, cells in columns if any(c.text.strip() for c in cells)]
        for place, (label, cells) in enumerate(filled):
            if label:
                text.add(f"{label}：", cells[0].line, "；")
            elif place:
                text.add("；", cells[0].line)
            spans += self._column(text, cells)
        return text.cell(), tuple(spans)

    def _column(self, text: Text, cells: Sequence[GridCell]) -> Iterator[tuple[int, int]]:
        if self._wrapped:
            begin = len(text.text)
            for cell in cells:
                text.add("".join(cell.text.split()), cell.line)
            found = split_wrapped(_tokens(cells), self._lexicon, self._full)
            spans = ((begin + start, begin + end) for start, end in found)
            yield from _whole_brackets(text.text, spans)
            return
        for index, cell in enumerate(cells):
            piece = words(cell.text, wrapped=False)
            if index:
                text.add("、", cell.line)
            begin = len(text.text)
            text.add(piece, cell.line)
            yield from ((begin + start, begin + end) for start, end in split_listed(piece))


def _whole_brackets(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans; those that a bracket holds together are one: 相关县（市、区）政府."""
    start: int | None = None
    for first, end in spans:
        start = first if start is None else start
        shown = text[start:end]
        if sum(map(shown.count, "（(〔[")) <= sum(map(shown.count, "）)〕]")):
            yield start, end
            start = None
    if start is not None:
        yield start, len(text)


def _tokens(cells: Sequence[GridCell]) -> list[Token]:
    return list(tokenize([line for cell in cells for line in cell.text.split("\n")]))
