"""Read a table in a text that has one cell on each line, column by column, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NoReturn

from kg.errors import InputError
from kg.model import Problem
from kg.reading.structure.document import Document, GridCell
from kg.reading.structure.furniture import parse_row_number
from kg.reading.structure.tokens import STOPS
from kg.reading.tables.headings import Heading, Mappings, recognise_heading
from kg.reading.tables.table_header import Cells
from kg.reading.text_cells.content_costs import UNLIKE, column_content, mismatch_cost
from kg.reading.text_cells.text_lines import (
    Line,
    TextHeader,
    find_text_header,
    make_document,
    make_row,
    table_headings,
)
from kg.reading.units.departments import has_body_ending

_CLEAR = 0.9
_FARTHEST, _LONGEST_TITLE = 1000, 60
# At least so many consecutive numbers show that the cells are written column by column.
_COLUMN = 3
# The share of the cells of departments that may name something else.
_ODD = 0.25

_Cell = list[Line]


def grid_by_columns(path: Path, lines: Sequence[Line], mappings: Mappings) -> Document | None:
    """Return the document of a text whose cells are written column by column, or None.

    The numbers of the rows show how many cells of each column follow.

    Args:
        path: The source file, named in messages.
        lines: Its lines with their numbers.
        mappings: The headings in the mapping file.

    Raises:
        InputError: The cells are written column by column, but where they end is not certain.
    """
    shown = [(number, " ".join(text.split())) for number, text in lines]
    above_each = _headings_above_columns(shown, mappings)
    head = above_each or find_text_header(shown, mappings)
    if head is None or head.headings[0].kind != "number":
        return None
    words = [text for _, text in head.cells]
    again = {text for _, text in shown[: head.start]}
    again |= {" ".join(words), *words[: 1 if above_each else None]}
    parts = list(_split_parts([line for line in shown[head.end :] if line[1] not in again]))
    most = max((len(numbers) for numbers, _ in parts), default=0)
    if most < 1 + (above_each is None):
        return None
    rows: list[Cells] = []
    notes: list[Problem] = []
    for numbers, below in parts:
        own, titles = below, list[Line]()
        size = (len(numbers) + bool(above_each)) * (len(words) - 1)
        while len(own) > size and _is_title(own[-1][1], head):
            own, titles = own[:-1], [own[-1], *titles]
        columns = (_columns_below_headings if above_each else _split_columns)(
            own, len(numbers), head.headings[1:]
        )
        if columns is None:
            return _refuse(path, numbers[0]) if most >= _COLUMN else None
        cells = ((GridCell(text, number),) for number, text in numbers)
        rows += ((*cell, *others) for cell, *others in zip(cells, *columns, strict=True))
        rows += (make_row([title], len(words)) for title in titles)
        if len(numbers) > 1 and len(own) != size:
            reason = "the cells of a column are split at the ends of sentences"
            notes.append(Problem(None, numbers[0][0], reason, columns[0][0].text))
    if not _has_likely_contents(rows, head.headings):
        return _refuse(path, parts[0][0][0]) if most >= _COLUMN else None
    return make_document(shown[: head.start], head, rows, tuple(notes))


def _refuse(path: Path, line: Line) -> NoReturn:
    raise InputError(
        f"{path}: line {line[0]}: cells are written column by column, and where they end is not "
        "certain; give the original document, or export its text with layout (pdftotext -layout)"
    )


def _headings_above_columns(lines: Sequence[Line], mappings: Mappings) -> TextHeader | None:
    """Return the header whose headings are each above their column, numbers first."""
    for start, line in enumerate(lines[:_FARTHEST]):
        following = lines[start + 1 : start + 2]
        if not _is_clear(recognise_heading((line[1],), mappings), "number"):
            continue
        if not following or parse_row_number(following[0][1]) is None:
            continue
        cells = [line]
        for other in lines[start + 1 :]:
            heading = recognise_heading((other[1],), mappings)
            if _is_clear(heading, "number"):
                break
            if heading.kind is not None and heading.confidence >= _CLEAR:
                cells.append(other)
        headings = table_headings([text for _, text in cells], mappings)
        if headings:
            return TextHeader(start, start + 1, tuple(cells), headings)
    return None


def _is_title(text: str, head: TextHeader) -> bool:
    return len(text) <= _LONGEST_TITLE and head.is_standalone(text)


def _is_clear(heading: Heading, kind: str) -> bool:
    return heading.kind == kind and heading.confidence >= _CLEAR


def _split_parts(lines: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield runs of consecutive numbers on lines of their own, each with the lines below it."""
    numbers: list[Line] = []
    below: list[Line] = []
    expected = None
    for line in lines:
        number = parse_row_number(line[1])
        if number is not None and expected in (None, number):
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


def _columns_below_headings(
    lines: Sequence[Line], count: int, headings: Sequence[Heading]
) -> list[list[GridCell]] | None:
    """Split lines at headings, and each column into `count` cells; return None if impossible."""
    sections: list[list[Line]] = []
    for line in lines:
        following = headings[len(sections)] if len(sections) < len(headings) else None
        if following and "".join(line[1].split()) == following.text:
            sections.append([])
        elif sections:
            sections[-1].append(line)
        else:
            return None
    if len(sections) < len(headings):
        return None
    columns = [
        _split_columns(section, count, [heading])
        for section, heading in zip(sections, headings, strict=True)
    ]
    return list(chain.from_iterable(filter(None, columns))) if all(columns) else None


def _split_columns(
    lines: Sequence[Line], count: int, headings: Sequence[Heading]
) -> list[list[GridCell]] | None:
    """Split lines into cells: one per line, or at blank lines, or at the ends of sentences."""
    size = count * len(headings)
    blocks: list[_Cell] = []
    for line in lines:
        if not blocks or line[0] > blocks[-1][-1][0] + 1:
            blocks.append([])
        blocks[-1].append(line)
    if len(lines) == size:
        cells = [[line] for line in lines]
    elif len(blocks) == size:
        cells = blocks
    else:
        cells = _split_by_sentences(lines, count, headings) if count > 1 else []
    if len(cells) != size:
        return None
    return [
        [_make_cell(cell, heading) for cell in cells[place * count : (place + 1) * count]]
        for place, heading in enumerate(headings)
    ]


def _split_by_sentences(
    lines: Sequence[Line], count: int, headings: Sequence[Heading]
) -> list[_Cell]:
    """Return the cells; those of tasks and progress end with the first line ending a sentence."""
    cells: list[_Cell] = []
    rest = list(lines)
    for heading in headings:
        for _ in range(count):
            ends = (n for n, (_, text) in enumerate(rest, start=1) if text.endswith(STOPS))
            is_text = heading.kind in ("task", "progress")
            end = next(ends, 0) if is_text else min(1, len(rest))
            if not end:
                return []
            cells.append(rest[:end])
            del rest[:end]
    return [] if rest else cells


def _make_cell(lines: _Cell, heading: Heading) -> GridCell:
    """Return the cell of some lines; in departments, a line that ends a name keeps its break."""
    text = ""
    for _, line in lines:
        apart = heading.kind == "departments" and has_body_ending(text)
        text += ("\n" if apart else "") + line
    return GridCell(text, lines[0][0])


def _has_likely_contents(rows: Sequence[Cells], headings: Sequence[Heading]) -> bool:
    """Return whether cells of departments list units, and those of people names.

    A few exceptions are allowed, but none if there is a column of people: names might be kept.
    """
    contents = [column_content(heading) for heading in headings]
    matches = [
        mismatch_cost(cell.text, content) < UNLIKE
        for row in rows
        for cell, content in zip(row, contents, strict=True)
        if content in ("departments", "leader") and all(other.text for other in row)
    ]
    return matches.count(False) <= (0 if "leader" in contents else len(matches) * _ODD)
