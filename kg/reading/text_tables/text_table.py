"""Read a table from the text layer of a PDF, saved as .txt."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from kg.errors import InputError
from kg.model import Cell, Coverage, DepartmentRole, Problem, Report
from kg.reading.assemble import RawTask, assemble
from kg.reading.budget import RUNNING_CHARACTERS
from kg.reading.categories import AssignedCategory, CategoryCells, assign_categories
from kg.reading.people import remove_people, split_names
from kg.reading.structure.furniture import find_furniture, is_rule, parse_row_number
from kg.reading.structure.labels import column_label_kind
from kg.reading.structure.letterhead import is_furniture
from kg.reading.structure.tokens import Token, tokenize
from kg.reading.tables.columns import ColumnHead
from kg.reading.tables.group_headings import is_marked_heading
from kg.reading.tables.headings import heading_month, recognise_heading
from kg.reading.text_tables.aligned_columns import aligned_lines, is_aligned
from kg.reading.text_tables.category_cells import split_categories
from kg.reading.text_tables.delimited import delimited_lines, find_delimiter, is_single_spaced
from kg.reading.text_tables.header import Header, find_header
from kg.reading.text_tables.layout import recover_rows
from kg.reading.text_tables.rows import Row, column_width
from kg.reading.text_tables.table_lines import group_rows
from kg.reading.units.departments import has_body_ending, learn_lexicon, split_wrapped_names
from kg.reading.units.leads import lead_rules_in
from kg.reading.units.unit_names import role_of

ColumnTokens = tuple[ColumnHead, tuple[Token, ...]]
# Notes that do not put the ends of cells in doubt: numbers and categories are lost at page breaks.
_REPAIRED = re.compile(
    r"category: (?!“\d+[、.．])|no category|a column of people|the number is lost"
)
# How many lines below the table are searched for remarks; a remark, and a line of several cells.
_LAST = 8
_REMARK = re.compile(
    r"\s*[（(]?(?:备?注|说明|[合总共]\s?计|[主报抄][送报]|填[表报](?:人|单位)|制表(?:人|单位)?)[：:]"
)
_CELLS = re.compile(r"\S {2,}\S|[|│┃║｜\t]")
# If the numbers run through at least so many rows, it is certain where rows begin.
_MANY = 10
# The share of the tasks that may have such a note.
_SHARES = {
    "no text in the progress cell": 0.5,
    "names no department": 0.5,
    "its cells could not be split with certainty": 0.1,
}
# Labels of columns that are cells of their own in a task.
_APART = ("deadline", "problem", "plan")


def read_certain_table(
    path: Path,
    lines: Sequence[str],
    jurisdiction: str | None,
    with_people: bool,
) -> Report | None:
    """Return the report in the table of a text, or None if its cells are not certain.

    Args:
        path: The source file, named in messages.
        lines: The lines of the text.
        jurisdiction: Code of the place, used where the title does not name it.
        with_people: Whether to keep the names of leaders, which are personal data.
    """
    header = find_header(lines)
    if not isinstance(header, Header):
        return None
    if any(map(_is_centred_heading, lines[header.end :])):
        return None
    try:
        report = _table_report(path, lines, header, jurisdiction, with_people)
    except InputError:
        return None
    if not _is_plausible(report, header):
        return None
    doubts = [p.reason for p in report.problems if not _REPAIRED.match(p.reason)]
    jumps = any("is repeated" in doubt or doubt.startswith("no rows") for doubt in doubts)
    if len(report.tasks) >= _MANY and not jumps:
        return report
    seldom = all(doubts.count(reason) < _SHARES[reason] * len(report.tasks) for reason in _SHARES)
    return report if seldom and set(doubts) <= _SHARES.keys() else None


def _is_centred_heading(line: str) -> bool:
    """Return whether a line is a heading across the columns of a table."""
    text = line.strip()
    return line.startswith(" ") and "  " not in text and is_marked_heading(text)


def _is_plausible(report: Report, header: Header) -> bool:
    """Return whether the columns of progress and of departments have contents of their kind."""
    names = [unit.name for task in report.tasks for unit in task.departments]
    return (
        any(task.progress.text for task in report.tasks) or "progress" not in header.headings
    ) and 2 * sum(map(has_body_ending, names)) >= len(names)


def _table_report(
    path: Path,
    lines: Sequence[str],
    header: Header,
    jurisdiction: str | None,
    with_people: bool,
) -> Report:
    furniture = find_furniture(lines, header.start, header.end)
    outside = sorted({*range(header.end), *furniture, *_notes_below(lines, furniture)})
    rows = [row for row in _rows(path, lines, header, outside) if row.cells]
    above = [line.strip() for line in lines[: header.start] if not is_rule(line)]
    title = "".join(line for line in above if not is_furniture(line)) or "".join(above)
    coverage = _coverage(lines, outside, rows)
    leads = lead_rules_in(lines)
    tasks = [replace(task, leads=leads) for task in _raw_tasks(rows, with_people)]
    report = assemble(path, title, tasks, coverage, jurisdiction)
    if with_people or "leader" not in header.headings:
        return report
    reason = "a column of people is left out (--with-people keeps it)"
    left_out = Problem(None, header.start + 1, reason, "责任领导")
    report = replace(report, problems=(*report.problems, left_out))
    # If a cell is missing, a name may be in the wrong column.
    return remove_people(report, "\n".join(lines))


def _notes_below(lines: Sequence[str], furniture: Collection[int]) -> list[int]:
    """Return the indexes of the lines from the first remark below the table on.

    Remarks begin with 注：, 合计： or 报送：; other lines of several cells are rows.
    """
    filled = [i for i, line in enumerate(lines) if line.strip() and i not in furniture]
    first = len(filled)
    for place, index in reversed(list(enumerate(filled))[-_LAST:]):
        if _REMARK.match(lines[index]):
            first = place
        elif _CELLS.search(lines[index].strip()):
            break
    return filled[first:]


def _rows(path: Path, lines: Sequence[str], header: Header, outside: Sequence[int]) -> list[Row]:
    """Return the rows, whether cells are side by side or one after another.

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
    delimiter = find_delimiter(shown, texts)
    if delimiter:
        return group_rows(*delimited_lines(bare, shown, body, delimiter))
    if is_aligned(bare, filled):
        table_lines, headings, notes = aligned_lines(bare, shown, body)
        _check_people(path, header, certain=not notes)
        return [
            replace(row, notes=(*row.notes, *notes)) for row in group_rows(table_lines, headings)
        ]
    if is_single_spaced(texts):
        raise InputError(
            f"{path}: cells are separated by single spaces, so it is not certain where they end; "
            "export the text with layout (pdftotext -layout)"
        )
    _check_people(path, header, certain=False)
    rows = list(recover_rows(list(tokenize(bare)), header.columns))
    if len(rows) < _MANY and sum(map(len, texts)) <= RUNNING_CHARACTERS:
        raise InputError(f"{path}: has too few rows to be certain where the cells end")
    return rows


def _check_people(path: Path, header: Header, *, certain: bool) -> None:
    """Check that names of people cannot be in other columns than that of people."""
    if "leader" in header.headings and not certain:
        raise InputError(
            f"{path}: line {header.start + 1}: has a column of people, but it is not certain where "
            "its cells end; export the text with layout (pdftotext -layout)"
        )


def _raw_tasks(rows: Sequence[Row], with_people: bool) -> Iterator[RawTask]:
    narrow = column_width(rows, "category", 1.0), column_width(rows, "departments")
    split = split_categories([row.tokens("category") for row in rows], narrow[0])
    shown = [
        CategoryCells(texts, not row.tokens("number"), row.categories)
        for row, texts in zip(rows, split, strict=True)
    ]
    lexicon = learn_lexicon([row.tokens("departments") for row in rows])
    for row, assigned in zip(rows, assign_categories(shown), strict=True):
        task = _make_raw_task(row, assigned, lexicon, narrow[1])
        yield replace(task, leaders=tuple(_leaders(row))) if with_people else task


def _leaders(row: Row) -> Iterator[str]:
    for head, tokens in row.columns:
        if head.meaning == "leader":
            yield from (name for token in tokens for name in split_names(token.text))


def _make_raw_task(
    row: Row, category: AssignedCategory, lexicon: frozenset[str], full: float
) -> RawTask:
    number = row.tokens("number")
    departments = row.tokens("departments")
    repair = (f"category: {category.repair}",) if category.repair else ()
    spans = tuple(split_wrapped_names(departments, lexicon, full))
    progress, further = _split_periods(row)
    details = [
        (head.text, _join_tokens(tokens)) for head, tokens in (*further, *_other_columns(row))
    ]
    apart = {column_label_kind(text): cell for text, cell in reversed(details)}
    return RawTask(
        number=parse_row_number(number[0].text) if number else None,
        line=min(tokens[0].line for tokens in row.cells.values()),
        category=category.category,
        task=_join_tokens(row.tokens("task")),
        progress=_join_tokens(progress),
        department_cell=_join_tokens(departments, spaced=False),
        department_spans=spans,
        notes=(*row.notes, *repair),
        details=tuple(one for one in details if column_label_kind(one[0]) not in _APART),
        roles=_column_roles(row, spans),
        deadline=apart.get("deadline", Cell("")),
        problem=apart.get("problem", Cell("")),
        plan=apart.get("plan", Cell("")),
    )


def _other_columns(row: Row) -> list[ColumnTokens]:
    """Return the columns of unknown meaning that have a heading and text."""
    return [(h, tokens) for h, tokens in row.columns if h.meaning == "other" and h.text and tokens]


def _split_periods(row: Row) -> tuple[Sequence[Token], list[ColumnTokens]]:
    """Return the progress of the latest period, and the columns of earlier periods."""
    progress = [(h, tokens) for h, tokens in row.columns if h.meaning == "progress" and tokens]
    months = [heading_month(head.text) or 0 for head, _ in progress]
    if len(set(months)) < 2:
        return row.tokens("progress"), []
    both = list(zip(progress, months, strict=True))
    late = [token for (_, tokens), month in both if month in (max(months), 0) for token in tokens]
    return late, [one for one, month in both if month not in (max(months), 0)]


def _column_roles(
    row: Row, spans: Sequence[tuple[int, int]]
) -> tuple[DepartmentRole | None, ...] | None:
    """Return the roles given by headings, or None; departments without one are responsible."""
    columns = [(h, tokens) for h, tokens in row.columns if h.meaning == "departments"]
    roles = [role_of(recognise_heading((head.text,)).role) for head, _ in columns]
    if not any(roles):
        return None
    ends: list[int] = []
    for _, tokens in columns:
        ends.append((ends[-1] if ends else 0) + sum(len(token.text) for token in tokens))
    return tuple(roles[bisect_right(ends, start)] or "responsible" for start, _ in spans)


def _join_tokens(tokens: Sequence[Token], spaced: bool = True) -> Cell:
    """Join tokens to a cell without line breaks, with the source line of each part."""
    text = ""
    lines: list[tuple[int, int]] = []
    for line, pieces in groupby(tokens, key=lambda token: token.line):
        lines.append((len(text), line))
        for index, token in enumerate(pieces):
            text += (token.space if index and spaced else "") + token.text
    return Cell(text, tuple(lines))


def _coverage(lines: Sequence[str], outside: Sequence[int], rows: Sequence[Row]) -> Coverage:
    """Return how much of the text is in cells; the lines of the table do not count."""
    placed = sum(len(t.text) for row in rows for tokens in row.cells.values() for t in tokens)
    rest = [(index + 1, text) for index in outside if (text := lines[index].strip())]
    for row in rows:
        kept = sum(len(token.text) for _, tokens in _other_columns(row) for token in tokens)
        placed += kept
        unheaded = (t for h, t in row.columns if h.meaning == "other" and not h.text)
        for tokens in unheaded:
            for line, pieces in groupby(tokens, key=lambda token: token.line):
                rest.append((line, " ".join(token.text for token in pieces)))
    lost = sum(len("".join(text.split())) for _, text in rest)
    return Coverage(characters=placed + lost, placed=placed, rest=tuple(sorted(rest)))
