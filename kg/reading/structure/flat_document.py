"""A document as one text with the source line of each character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kg.model import Cell
from kg.reading.structure.cells import join_cells
from kg.reading.structure.document import Paragraph
from kg.reading.structure.furniture import is_page_mark

_BREAK = re.compile(r"\s*\n\s*")
_EDGES = " \t\u3000\xa0|｜"
# The label at the beginning of a line: 总投资：1200万元.
_LABEL = re.compile(r"[一-鿿]{2,8}[：:]")


@dataclass(frozen=True, slots=True)
class FlatDocument:
    """A document's text with its source lines.

    Attributes:
        text: The text.
        starts: The offsets at which another line of the source begins.
        lines: The 1-based line of the source at each of these offsets.
        headings: The offsets at which headings begin, as marked in the file.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    headings: tuple[int, ...] = ()

    def line_at(self, offset: int) -> int:
        """Return the line of the source that holds a character."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]

    def cell(self, start: int, end: int) -> Cell:
        """Return a span of the text as a cell, without line breaks and the bars beside them.

        A line that begins with a label is separated by a space.
        """
        return join_cells(self._parts(start, end))

    def _parts(self, start: int, end: int) -> Iterator[Cell]:
        first = start
        for gap in (*_BREAK.finditer(self.text, start, end), None):
            last = gap.start() if gap else end
            words = self.text[first:last]
            lead = len(words) - len(words.lstrip(_EDGES))
            if words := words.strip(_EDGES):
                space = " " if first > start and _LABEL.match(words) else ""
                yield Cell(space + words, ((0, self.line_at(first + lead)),))
            first = gap.end() if gap else end


def flatten_lines(lines: Sequence[str]) -> FlatDocument:
    r"""Return the text of a file's lines, without those that are page numbers.

    >>> flat = flatten_lines(["1 建桥", "", "已通车"])
    >>> flat.text, flat.line_at(6)
    ('1 建桥\n\n已通车', 3)
    """
    shown = ((line, number) for number, line in enumerate(lines, 1) if not is_page_mark(line))
    flat = _flatten_numbered(shown)
    return replace(flat, text=flat.text.removesuffix("\n"))


def flatten_paragraphs(paragraphs: Iterable[Paragraph]) -> FlatDocument:
    """Return the text of paragraphs, with a line for each."""
    items = list(paragraphs)
    flat = _flatten_numbered((paragraph.text, paragraph.line) for paragraph in items)
    starts = accumulate((len(paragraph.text) + 1 for paragraph in items), initial=0)
    headings = (start for start, paragraph in zip(starts, items, strict=False) if paragraph.level)
    return replace(flat, headings=tuple(headings))


def _flatten_numbered(lines: Iterable[tuple[str, int]]) -> FlatDocument:
    """Return the text of lines that are given with their source lines, which may be equal."""
    parts: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    length = 0
    for text, number in lines:
        if not numbers or numbers[-1] != number:
            starts.append(length)
            numbers.append(number)
        parts.append(f"{text}\n")
        length += len(parts[-1])
    return FlatDocument("".join(parts), tuple(starts), tuple(numbers))
