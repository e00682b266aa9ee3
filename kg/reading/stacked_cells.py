"""The table in a text that tells one cell on each line: row by row, or column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from kg.errors import InputError
from kg.model import Problem
from kg.reading.departments import ends_like_body
from kg.reading.document import GridCell
from kg.reading.furniture import row_number
from kg.reading.groups import heads_more, heads_rows
from kg.reading.headings import Heading, Kind, Mappings, recognise
from kg.reading.heads import Cells
from kg.reading.tokens import STOPS
from kg.reading.unit_groups import is_group

_CLEAR = 0.9
_LONGEST_HEADER = 2000
_FARTHEST = 1000
# So many numbers one below the other count rows whose cells stand column by column.
_COLUMN = 3
# How many of the cells of departments may name something else.
_ODD = 0.25
_SENTENCES: tuple[Kind, ...] = ("task", "progress")


@dataclass(frozen=True, slots=True)
class TextRows:
    """Rows of cells, and the indexes of the first of their lines and of the one behind the last."""

    rows: tuple[Cells, ...]
    first: int
    last: int
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with text: its index, and whether a blank one stands before it."""

    text: str
    index: int
    blank: bool


_Lines = Sequence[_Line]


@dataclass(frozen=True, slots=True)
class _Header:
    """A header of the column of numbers and others.

    Attributes:
        start: Which of the lines with text begins it.
        end: Which stands behind it.
        words: The headings of its columns.
        headings: What they mean.
        apart: Whether each stands above its column.
    """

    start: int
    end: int
    words: tuple[str, ...]
    headings: tuple[Heading, ...]
    apart: bool = False


def stacked_rows(path: Path, lines: Sequence[str], mappings: Mappings) -> TextRows | None:
    """Return the rows of a table whose cells have a line each, or None where it is no such table.

    The numbers of the rows tell how many cells of each column follow: one, where cells stand row by
    row; as many as there are numbers, where they stand column by column.

    Args:
        path: The source file, named in messages.
        lines: The lines of the text; those that belong to its pages are blank.
        mappings: What a person said about headings.

    Raises:
        InputError: Its cells stand column by column, and where they end is not certain.
    """
    filled = [
        _Line(" ".join(line.split()), index, not index or not lines[index - 1].strip())
        for index, line in enumerate(lines)
        if line.strip()
    ]
    header = _find_header(filled, mappings)
    if not header:
        return None
    again = {line.text for line in filled[: header.start]}
    again |= {" ".join(header.words), *header.words[: 1 if header.apart else None]}
    body = [line for line in filled[header.end :] if line.text not in again]
    parts = list(_parts(body))
    if not parts or sum(len(numbers) + len(own) for numbers, own in parts) < len(body):
        return None
    many = max(len(numbers) for numbers, _ in parts) >= _COLUMN
    rows: list[Cells] = []
    notes: list[Problem] = []
    for numbers, below in parts:
        size = (len(numbers) + header.apart) * (len(header.words) - 1)
        own, titles = _without_titles(below, size, header) if len(numbers) == 1 else (below, [])
        columns = _columns(own, len(numbers), header)
        if columns is None:
            return _refused(path, numbers[0]) if many else None
        rows += zip(map(_cell, ([line] for line in numbers)), *columns, strict=True)
        rows += (_spanning(line, len(header.words)) for line in titles)
        if len(numbers) > 1 and len(own) != size:
            reason = "cells below each other are told apart by where sentences end"
            notes.append(Problem(None, numbers[0].index + 1, reason, columns[0][0].text))
    if not _are_named(rows, header.headings):
        return _refused(path, parts[0][0][0]) if many else None
    first = filled[header.start].index
    head = tuple(GridCell(word, first + 1) for word in header.words)
    return TextRows((head, *rows), first, filled[-1].index + 1, tuple(notes))


def _refused(path: Path, line: _Line) -> NoReturn:
    raise InputError(
        f"{path}: line {line.index + 1}: cells stand column by column, and where they end is not "
        "certain; give the document itself, or export its text with the layout kept, as "
        "pdftotext -layout does"
    )


def _cell(lines: _Lines, kind: Kind | None = None) -> GridCell:
    """Return the cell of some lines; where they name bodies, a name ends with its line."""
    text = ""
    for line in lines:
        apart = kind == "departments" and ends_like_body(text)
        text += ("\n" if apart else "") + line.text
    return GridCell(text, lines[0].index + 1)


def _spanning(line: _Line, size: int) -> Cells:
    return tuple(GridCell(line.text, line.index + 1, place > 0) for place in range(size))


def _find_header(lines: _Lines, mappings: Mappings) -> _Header | None:
    """Return the header: on one line, on one for each column, or each heading above its column."""
    for start, line in enumerate(lines[:_FARTHEST]):
        if len(line.text) > _LONGEST_HEADER:
            continue
        whole = recognise((line.text,), mappings)
        words = [line.text] if whole.kind == "number" else line.text.split(" ")
        told = tuple(recognise((word,), mappings) for word in words)
        if not _is_clear(told[0]) or told[0].kind != "number":
            continue
        if len(words) > 1:
            found = _Header(start, start + 1, tuple(words), told)
        else:
            found = _stacked_header(lines, start, told[0], mappings)
        kinds = {heading.kind for heading in found.headings}
        if "task" in kinds and kinds & {"progress", "departments"}:
            return found
    return None


def _stacked_header(lines: _Lines, start: int, first: Heading, mappings: Mappings) -> _Header:
    """Return the header whose headings stand on lines of their own."""
    apart = start + 1 < len(lines) and row_number(lines[start + 1].text) is not None
    words, headings, end = [lines[start].text], [first], start + 1
    for position in range(start + 1, len(lines)):
        heading = recognise((lines[position].text,), mappings)
        if _is_clear(heading) and heading.kind != "number":
            words.append(lines[position].text)
            headings.append(heading)
            end = end if apart else position + 1
        elif not apart or (len(words) > 1 and heading.kind == "number" and _is_clear(heading)):
            break
    return _Header(start, end, tuple(words), tuple(headings), apart)


def _is_clear(heading: Heading) -> bool:
    return heading.kind is not None and heading.confidence >= _CLEAR


def _parts(lines: _Lines) -> Iterator[tuple[_Lines, _Lines]]:
    """Yield numbers that follow each other, one below the other, and the lines below them."""
    numbers: list[_Line] = []
    below: list[_Line] = []
    expected = None
    for line in lines:
        number = row_number(line.text)
        if number is not None and (expected is None or number == expected):
            if below:
                yield numbers, below
                numbers, below = [], []
            numbers.append(line)
            expected = number + 1
        elif numbers:
            below.append(line)
        else:
            return
    if numbers:
        yield numbers, below


def _without_titles(lines: _Lines, size: int, header: _Header) -> tuple[_Lines, _Lines]:
    """Return the lines of rows, and those at their end that head the next ones.

    The name of a body heads rows only where they have none of their own.
    """
    named = any(heading.kind == "departments" for heading in header.headings)
    heads = heads_more if named else heads_rows
    end = len(lines)
    while end > size and heads(lines[end - 1].text):
        end -= 1
    return lines[:end], lines[end:]


def _columns(lines: _Lines, count: int, header: _Header) -> list[list[GridCell]] | None:
    """Return that many cells of each column, or None where the lines do not tell them apart."""
    kinds = [heading.kind for heading in header.headings[1:]]
    if not header.apart:
        return _split(lines, count, kinds)
    sections: list[list[_Line]] = []
    for line in lines:
        if len(sections) < len(kinds) and line.text == header.words[len(sections) + 1]:
            sections.append([])
        elif sections:
            sections[-1].append(line)
        else:
            return None
    if len(sections) < len(kinds):
        return None
    columns: list[list[GridCell]] = []
    for section, kind in zip(sections, kinds, strict=True):
        column = _split(section, count, [kind])
        if column is None:
            return None
        columns += column
    return columns


def _split(lines: _Lines, count: int, kinds: Sequence[Kind | None]) -> list[list[GridCell]] | None:
    """Return the cells that lines tell: one each, or parted by blank lines, or as sentences end."""
    size = count * len(kinds)
    blocks: list[list[_Line]] = []
    for line in lines:
        if line.blank or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    if len(lines) == size:
        cells: list[list[_Line]] | None = [[line] for line in lines]
    elif len(blocks) == size:
        cells = blocks
    else:
        cells = _by_sentences(lines, count, kinds) if count > 1 else None
    if cells is None or len(cells) != size:
        return None
    columns = [cells[start : start + count] for start in range(0, size, count)]
    return [
        [_cell(cell, kind) for cell in column] for column, kind in zip(columns, kinds, strict=True)
    ]


def _by_sentences(
    lines: _Lines, count: int, kinds: Sequence[Kind | None]
) -> list[list[_Line]] | None:
    """Return the cells where those of text end with their first line that ends a sentence."""
    cells: list[list[_Line]] = []
    rest = list(lines)
    for kind in kinds:
        for _ in range(count):
            ends = (n for n, line in enumerate(rest, start=1) if line.text.endswith(STOPS))
            end = next(ends, 0) if kind in _SENTENCES else min(1, len(rest))
            if not end:
                return None
            cells.append(rest[:end])
            del rest[:end]
    return None if rest else cells


def _are_named(rows: Sequence[Cells], headings: Sequence[Heading]) -> bool:
    """Tell whether what stands below the headings of departments names bodies.

    Hardly any may be an exception; where a column names people none, or their names might be kept.
    """
    bodies, others = 0, 0
    for row in rows:
        for cell, heading in zip(row, headings, strict=True):
            if heading.kind == "departments" and not cell.continued:
                named = ends_like_body(cell.text) or is_group(cell.text)
                bodies, others = bodies + named, others + (not named)
    people = any(heading.kind == "leader" for heading in headings)
    return others <= (0 if people else bodies * _ODD)
