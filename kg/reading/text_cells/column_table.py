"""Read a table whose cells are written column by column, one on each line.

Headings are each above their column, or all above the first one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from kg.errors import InputError
from kg.reading.people import is_person_name
from kg.reading.structure.document import Document, GridCell
from kg.reading.structure.furniture import parse_row_number
from kg.reading.structure.tokens import STOPS
from kg.reading.tables.group_headings import is_note
from kg.reading.tables.headings import Heading, Mappings, recognise_heading
from kg.reading.tables.table_header import Cells
from kg.reading.text_cells.text_lines import Line, TextHeader, make_document, table_headings
from kg.reading.units.departments import has_body_ending
from kg.reading.units.unit_names import is_unit_list

# The confidence of a heading on a line of its own.
_CLEAR = 0.9
# The share of the cells of departments that must list units.
_UNITS = 0.75
# The fewest columns, and the number of rows from which on cells are certainly column by column.
_FEWEST, _CERTAIN = 3, 3

# A heading with the lines of its column.
_Column = tuple[Line, list[Line]]


def column_table(path: Path, lines: Sequence[Line], mappings: Mappings) -> Document | None:
    """Return the document of a text whose cells are written column by column, or None.

    The first column numbers the rows, and so shows how many cells the others have. A page has all
    columns of its rows.

    Args:
        path: The source file, named in messages.
        lines: Its lines with their numbers.
        mappings: The headings in the mapping file.

    Raises:
        InputError: The cells are written column by column, but where they end is not certain.
    """
    pages = [_share_lines(page) for page in _find_pages(lines, mappings)]
    if not any(pages):
        return None
    first = [heading for heading, _ in next(filter(None, pages))]
    headings = table_headings([text for _, text in first], mappings)
    start = lines.index(first[0])
    rows: list[Cells] = []
    used = {heading[0] for page in pages for heading, _ in page}
    counts = [len(page[0][1]) if page else 0 for page in pages]
    for page, count in zip(pages, counts, strict=True):
        columns = [_split_lines(column, count) for _, column in page]
        if len(page) == len(headings) and all(len(cells) == count for cells in columns):
            used |= {number for cells in columns for cell in cells for number, _ in cell}
            rows += (tuple(map(_make_cell, row, headings)) for row in zip(*columns, strict=True))
        elif max(counts) < _CERTAIN:
            return None
        else:
            line = next(page[0][1][0][0] for page in pages if page)
            raise InputError(
                f"{path}: line {line}: cells are written column by column, and where they end is "
                "not certain; give the original document, or export its text with layout "
                "(pdftotext -layout)"
            )
    header = TextHeader(start, start + 1, tuple(first), headings)
    below = [line for line in lines[start:] if line[0] not in used]
    return make_document(lines[:start], header, rows, below) if _is_likely(rows, header) else None


def _find_pages(lines: Sequence[Line], mappings: Mappings) -> Iterator[list[_Column]]:
    """Yield the columns of each page: headings with the lines below them, numbers first."""
    page: list[_Column] = []
    for line in lines:
        heading = recognise_heading((line[1].strip(),), mappings)
        is_clear = heading.kind is not None and heading.confidence >= _CLEAR
        if is_clear and heading.kind == "number":
            if len(page) >= _FEWEST:
                yield page
            page = [(line, [])]
        elif is_clear and page:
            page.append((line, []))
        elif len(page) > 1 or (page and parse_row_number(line[1]) is not None):
            page[-1][1].append(line)
        else:
            page = []
    if len(page) >= _FEWEST:
        yield page


def _share_lines(page: Sequence[_Column]) -> list[_Column]:
    """Return the columns of a page, those with lines below all headings included, or [].

    Such lines are the numbers of at least two rows, then as many lines for each other column.
    """
    *others, (last, lines) = page
    if any(column for _, column in others):
        return list(page) if _has_numbers_only(page[0][1]) else []
    count = len(list(takewhile(lambda line: parse_row_number(line[1]) is not None, lines)))
    while len(lines) > count * len(page) and is_note(lines[-1][1]):
        lines = lines[:-1]
    if count == 0 or (len(lines) != count * len(page) and count < _CERTAIN):
        return []
    heads = [*(heading for heading, _ in others), last]
    shares = [lines[at * count : (at + 1) * count] for at in range(len(page) - 1)]
    return list(zip(heads, [*shares, lines[(len(page) - 1) * count :]], strict=True))


def _has_numbers_only(lines: Sequence[Line]) -> bool:
    return bool(lines) and all(parse_row_number(text) is not None for _, text in lines)


def _split_lines(lines: Sequence[Line], count: int) -> list[list[Line]]:
    """Return the lines of each cell of a column, or [] if it is not certain where cells end.

    A cell is a line, or the lines between blank lines, or a sentence. If there are too many, text
    behind a blank line does not belong to the table.
    """
    blocks: list[list[Line]] = []
    sentences: list[list[Line]] = [[]]
    for number, text in lines:
        if not blocks or number > blocks[-1][-1][0] + 1:
            blocks.append([])
        blocks[-1].append((number, text))
        sentences[-1].append((number, text))
        if text.rstrip().endswith(STOPS):
            sentences.append([])
    sentences = [sentence for sentence in sentences if sentence]
    singles, first = ([[line] for line in part] for part in (lines, blocks[0] if blocks else []))
    options = (singles, blocks, sentences, first, blocks[:count])
    return next((cells for cells in options if len(cells) == count), [])


def _make_cell(lines: Sequence[Line], heading: Heading) -> GridCell:
    """Return the cell of some lines; one that ends the name of a unit keeps its break."""
    text = ""
    for _, line in lines:
        apart = heading.kind == "departments" and has_body_ending(text)
        text += ("\n" if apart else "") + line.strip()
    return GridCell(text, lines[0][0])


def _is_likely(rows: Sequence[Cells], header: TextHeader) -> bool:
    """Return whether columns of departments list units, and only those of people name people."""
    kinds = [heading.kind for heading in header.headings]
    units = [
        cell.text for row in rows for cell, k in zip(row, kinds, strict=True) if k == "departments"
    ]
    people = [
        is_person_name(cell.text) == (kind == "leader")
        for row in rows
        for cell, kind in zip(row, kinds, strict=True)
    ]
    return sum(map(is_unit_list, units)) >= _UNITS * len(units) and (
        "leader" not in kinds or all(people)
    )
