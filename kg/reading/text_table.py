"""Read a table from the text layer of a PDF, saved as .txt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from kg.errors import InputError
from kg.model import Cell, Coverage, Problem, Report
from kg.reading.aligned import aligned_slices, is_aligned
from kg.reading.assemble import RawTask, assemble
from kg.reading.categories import Assigned, CategoryCells, assign_categories
from kg.reading.category_cells import split_categories
from kg.reading.columns import missing_columns
from kg.reading.delimited import delimited_slices, delimiter_of, is_woven
from kg.reading.departments import learn_lexicon, split_wrapped
from kg.reading.document import Document
from kg.reading.entries import paragraphs_of
from kg.reading.furniture import find_furniture, is_rule, row_number
from kg.reading.header import Header, find_header, with_usual_headings
from kg.reading.headings import Mappings
from kg.reading.layout import recover_rows
from kg.reading.people import names_in
from kg.reading.prose import NoListError, read_prose
from kg.reading.rows import Row, column_width
from kg.reading.slices import rows_of
from kg.reading.tokens import Token, tokenize


def report_of(
    path: Path,
    lines: Sequence[str],
    jurisdiction: str | None,
    mappings: Mappings,
    with_people: bool,
) -> Report:
    """Return the report in the lines of a text: of its table, or where it has none, of its list.

    Args:
        path: The source file, named in messages.
        lines: The lines.
        jurisdiction: GB/T 2260 code of the district, where the title does not tell it.
        mappings: What a person said about headings.
        with_people: Whether names of leaders, which are personal data, are kept.

    Raises:
        InputError: They hold neither a table nor a list of tasks.
    """
    shown = with_usual_headings(lines, mappings)
    header = find_header(shown)
    if not isinstance(header, Header):
        try:
            return read_prose(path, Document(tuple(paragraphs_of("\n".join(lines)))), jurisdiction)
        except NoListError:
            raise InputError(
                f"{path}: no table header with the columns {missing_columns(header)}, and no list "
                "of tasks with numbers or departments; check that this is the text of a "
                "responsibility document"
            ) from None
    outside = sorted({*range(header.end), *find_furniture(shown, header.start, header.end)})
    rows = _rows(path, shown, header, outside)
    title = "".join(line.strip() for line in lines[: header.start])
    coverage = _coverage(lines, outside, rows)
    raw_tasks = list(_raw_tasks(rows, with_people))
    report = assemble(path, title, raw_tasks, coverage, jurisdiction)
    if with_people or not any(row.leaders for row in rows):
        return report
    reason = "a column of people is left out (--with-people keeps it)"
    left_out = Problem(None, header.start + 1, reason, "责任领导")
    return replace(report, problems=(*report.problems, left_out))


def _rows(path: Path, lines: Sequence[str], header: Header, outside: Sequence[int]) -> list[Row]:
    """Return the rows, whether cells stand side by side or one after another.

    Args:
        path: The source file, named in messages.
        lines: The lines of the text.
        header: The table's header.
        outside: Indexes of the lines that do not belong to the table.
    """
    skipped = set(outside)
    shown = lines[header.start : header.end]
    bare = ["" if i in skipped or is_rule(line) else line for i, line in enumerate(lines)]
    body = [index for index in range(header.end, len(lines)) if index not in skipped]
    filled = [index for index in body if bare[index].strip()]
    texts = [bare[index] for index in filled]
    delimiter = delimiter_of(shown, texts)
    if delimiter:
        return rows_of(*delimited_slices(bare, shown, body, delimiter))
    if is_aligned(bare, filled):
        slices, headings, notes = aligned_slices(bare, shown, body)
        return [replace(row, notes=(*row.notes, *notes)) for row in rows_of(slices, headings)]
    if is_woven(texts):
        raise InputError(
            f"{path}: cells stand side by side with single spaces between, so that they cannot be "
            "told apart; export the text with its layout kept, as pdftotext -layout does"
        )
    if "leader" in header.headings:
        raise InputError(
            f"{path}: line {header.start + 1}: has a column of people, whose names cannot be told "
            "from the other cells; export the text with its layout kept, as pdftotext -layout does"
        )
    return list(recover_rows(list(tokenize(bare)), header.columns))


def _raw_tasks(rows: Sequence[Row], with_people: bool) -> Iterator[RawTask]:
    narrow = column_width(rows, "category", 1.0), column_width(rows, "departments")
    split = split_categories([row.tokens("category") for row in rows], narrow[0])
    shown = [
        CategoryCells(texts, not row.tokens("number"), row.categories)
        for row, texts in zip(rows, split, strict=True)
    ]
    lexicon = learn_lexicon([row.tokens("departments") for row in rows])
    for row, assigned in zip(rows, assign_categories(shown), strict=True):
        raw = _raw_task(row, assigned, lexicon, narrow[1])
        if with_people and row.leaders:
            names = (name for token in row.leaders for name in names_in(token.text))
            raw = replace(raw, leaders=tuple(names))
        yield raw


def _raw_task(row: Row, category: Assigned, lexicon: frozenset[str], full: float) -> RawTask:
    number = row.tokens("number")
    departments = row.tokens("departments")
    repair = (f"category: {category.repair}",) if category.repair else ()
    return RawTask(
        number=row_number(number[0].text) if number else None,
        line=min(tokens[0].line for tokens in row.cells.values()),
        category=category.category,
        task=_cell(row.tokens("task")),
        progress=_cell(row.tokens("progress")),
        department_cell=_cell(departments, spaced=False),
        department_spans=tuple(split_wrapped(departments, lexicon, full)),
        notes=(*row.notes, *repair),
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


def _coverage(lines: Sequence[str], outside: Sequence[int], rows: Sequence[Row]) -> Coverage:
    """Return what of the text is in a cell; what draws the table does not count."""
    placed = sum(len(t.text) for row in rows for tokens in row.cells.values() for t in tokens)
    rest = [(index + 1, text) for index in outside if (text := lines[index].strip())]
    for row in rows:
        for line, tokens in groupby(row.other, key=lambda token: token.line):
            rest.append((line, " ".join(token.text for token in tokens)))
    lost = sum(len("".join(text.split())) for _, text in rest)
    return Coverage(characters=placed + lost, placed=placed, rest=tuple(sorted(rest)))
