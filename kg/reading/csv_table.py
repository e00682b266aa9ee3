"""Read a table from a CSV file, with the title that its CSVW metadata or its first lines tell."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from kg.errors import InputError
from kg.model import Cell, Coverage, Report
from kg.reading.assemble import RawTask, assemble
from kg.reading.categories import Category
from kg.reading.columns import Column, column_of, missing_columns
from kg.reading.departments import split_listed
from kg.reading.source import read_text

Record = tuple[int, list[str]]


def read_csv_table(path: Path, jurisdiction: str | None = None) -> Report:
    """Return the report in a CSV file.

    The header may stand below title lines. Without them, the title is the `dc:title` of the
    metadata file that the W3C's "CSV on the Web" (section 5.3) puts beside the table:
    `NAME.csv-metadata.json`.

    Raises:
        InputError: The file cannot be read, lacks a column, or a row names no department.
    """
    records = list(_records(path))
    columns, start = _find_header(path, records)
    title = "".join(field.strip() for _, fields in records[:start] for field in fields)
    body = [(line, fields) for line, fields in records[start + 1 :] if any(map(str.strip, fields))]
    placed = sum(
        len("".join(value.split()))
        for _, fields in body
        for value, column in zip(fields, columns, strict=False)
        if column
    )
    header = [records[start][0], *(line for line, _ in records[:start])]
    coverage = Coverage(
        characters=sum(len("".join("".join(fields).split())) for _, fields in records),
        placed=placed,
        rest=tuple((line, ",".join(f)) for line, f in records if line in header and any(f)),
    )
    rows = list(_raw_tasks(path, body, columns))
    return assemble(path, title or _metadata_title(path), rows, coverage, jurisdiction)


def _records(path: Path) -> Iterator[Record]:
    """Yield the records with the line on which each begins."""
    text = read_text(path)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    # The module's limit of 128 KiB a field is for servers; a cell may be as long as its file.
    limit = csv.field_size_limit(max(len(text), csv.field_size_limit()))
    try:
        for fields in reader:
            yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{path}: line {line}: not valid CSV ({error}); check the quotation marks"
        ) from None
    finally:
        csv.field_size_limit(limit)


def _find_header(path: Path, records: Sequence[Record]) -> tuple[tuple[Column | None, ...], int]:
    """Return what each column means and the index of the header among the records."""
    best: tuple[Column, ...] = ()
    for index, (_, fields) in enumerate(records):
        columns = tuple(column_of(field) for field in fields)
        named = tuple(column for column in columns if column)
        if not missing_columns(named):
            return columns, index
        best = max(best, named, key=len)
    raise InputError(
        f"{path}: no header line with the columns {missing_columns(best)}; name them so"
    )


def _raw_tasks(
    path: Path, body: Sequence[Record], columns: Sequence[Column | None]
) -> Iterator[RawTask]:
    """Yield the rows; an empty category cell inherits from the row above, as merged cells do."""
    above: Category = ("", None)
    for place, (line, fields) in enumerate(body, start=1):
        values = [
            (column, " ".join(value.split()))
            for column, value in zip(columns, fields, strict=False)
            if column
        ]
        texts = [text for column, text in values if column == "category"]
        above = _category(texts, above)
        cells = {column: Cell(text, ((0, line),)) for column, text in reversed(values)}
        number = cells["number"].text if "number" in cells else ""
        departments = cells.get("departments", Cell(""))
        spans = tuple(split_listed(departments.text))
        if not spans:
            raise InputError(
                f"{path}: line {line}: task {number or place} names no department; "
                "fill its cell in the column of responsible departments"
            )
        yield RawTask(
            number=int(number) if number.isdecimal() else None,
            line=line,
            category=above,
            task=cells.get("task", Cell("")),
            progress=cells.get("progress", Cell("")),
            department_cell=departments,
            department_spans=spans,
        )


def _category(texts: Sequence[str], above: Category) -> Category:
    first, second = [*texts, "", ""][:2]
    if first:
        return first, second or None
    return (above[0], second) if second else above


def _metadata_title(path: Path) -> str:
    """Return the title that the metadata file beside the table tells, or nothing."""
    metadata = path.with_name(path.name + "-metadata.json")
    if not metadata.exists():
        return ""
    try:
        title = json.loads(read_text(metadata))["dc:title"]
    except (ValueError, KeyError, TypeError):
        raise InputError(
            f"{metadata}: is not CSVW metadata with a dc:title; mend it or remove it"
        ) from None
    return str(title)
