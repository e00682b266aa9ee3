"""Read a table from the text layer of a PDF, saved as .txt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from kg.errors import InputError
from kg.model import Cell, Coverage, Report
from kg.reading.assemble import RawTask, assemble
from kg.reading.categories import Assigned, CategoryCells, assign_categories, split_cells
from kg.reading.columns import missing_columns
from kg.reading.departments import learn_lexicon, split_wrapped
from kg.reading.furniture import find_furniture, row_number
from kg.reading.header import Header, find_header
from kg.reading.layout import recover_rows
from kg.reading.rows import Row, column_width
from kg.reading.source import read_text
from kg.reading.tokens import Token, tokenize


def read_text_table(path: Path, jurisdiction: str | None = None) -> Report:
    """Return the report in a text file.

    Raises:
        InputError: The file cannot be read, holds no such table, or a row names no department.
    """
    lines = read_text(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = find_header(lines)
    if not isinstance(header, Header):
        raise InputError(
            f"{path}: no table header with the columns {missing_columns(header)}; "
            "check that this is the text of a responsibility table"
        )
    outside = {*range(header.end), *find_furniture(lines, header.start, header.end)}
    tokens = list(tokenize(["" if index in outside else line for index, line in enumerate(lines)]))
    rows = list(recover_rows(tokens, header.columns))
    title = "".join(line.strip() for line in lines[: header.start])
    coverage = _coverage(lines, outside, tokens)
    return assemble(path, title, list(_raw_tasks(rows)), coverage, jurisdiction)


def _raw_tasks(rows: Sequence[Row]) -> list[RawTask]:
    narrow = column_width(rows, "category"), column_width(rows, "departments")
    shown = [
        CategoryCells(split_cells(row.tokens("category"), narrow[0]), lost=not row.tokens("number"))
        for row in rows
    ]
    lexicon = learn_lexicon([row.tokens("departments") for row in rows])
    return [
        _raw_task(row, assigned, lexicon, narrow[1])
        for row, assigned in zip(rows, assign_categories(shown), strict=True)
    ]


def _raw_task(row: Row, category: Assigned, lexicon: frozenset[str], full: float) -> RawTask:
    number = row.tokens("number")
    departments = row.tokens("departments")
    return RawTask(
        number=row_number(number[0].text) if number else None,
        line=min(tokens[0].line for tokens in row.cells.values()),
        category=category.category,
        task=_cell(row.tokens("task")),
        progress=_cell(row.tokens("progress")),
        department_cell=_cell(departments, spaced=False),
        department_spans=tuple(split_wrapped(departments, lexicon, full)),
        notes=(f"category: {category.repair}",) if category.repair else (),
    )


def _cell(tokens: Sequence[Token], spaced: bool = True) -> Cell:
    """Return a cell's text without its line breaks, with the line that each piece came from."""
    text = ""
    lines: list[tuple[int, int]] = []
    for line, pieces in groupby(tokens, key=lambda token: token.line):
        lines.append((len(text), line))
        for index, token in enumerate(pieces):
            text += (token.space if index and spaced else "") + token.text
    return Cell(text, tuple(lines))


def _coverage(lines: Sequence[str], outside: set[int], tokens: Sequence[Token]) -> Coverage:
    return Coverage(
        characters=sum(len("".join(line.split())) for line in lines),
        placed=sum(len(token.text) for token in tokens),
        rest=tuple((i + 1, lines[i].strip()) for i in sorted(outside) if lines[i].strip()),
    )
