"""Read a table from CSV or TSV, with the title that its CSVW metadata tell."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from kg.errors import InputError
from kg.reading.budget import check_table
from kg.reading.formats.sheets.visible_cells import Sheet, seen
from kg.reading.formats.unfold import Placed
from kg.reading.source import read_text
from kg.reading.structure.document import Document

# What may part the values of a record; of those that part as many, the first does.
_DELIMITERS = ",\t;|"
# How Excel is told it: by a line of its own, the first.
_TOLD = re.compile(r"\Asep=([,;|\t])\r?\n", re.IGNORECASE)
_ENOUGH = 100


def read(path: Path) -> Document:
    """Return the table in a file whose values commas, tabs, semicolons or bars part.

    The title is the `dc:title` of the metadata file that the W3C's "CSV on the Web" (section 5.3)
    puts beside the table: `NAME.csv-metadata.json`.

    Raises:
        InputError: The file cannot be read, or is no such table.
    """
    records = list(_records(path))
    check_table(path, len(records), max((len(fields) for _, fields in records), default=0))
    cells = [
        Placed(value, line, row, column)
        for row, (line, fields) in enumerate(records)
        for column, value in enumerate(fields)
    ]
    tables, notes = seen(path, [Sheet("", cells)])
    return Document(tables, _metadata_title(path), notes=notes)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the records with the line on which each begins."""
    text = read_text(path)
    # The module's limit of 128 KiB a field is for servers; a cell may be as long as its file.
    limit = csv.field_size_limit(max(len(text), csv.field_size_limit()))
    line = 1
    try:
        told = _TOLD.match(text)
        delimiter = told[1] if told else max(_DELIMITERS, key=lambda each: _parted(text, each))
        lines = StringIO(_TOLD.sub("\n", text), newline="")
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
        for fields in reader:
            yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{path}: line {line}: not valid CSV ({error}); check the quotation marks"
        ) from None
    finally:
        csv.field_size_limit(limit)


def _parted(text: str, delimiter: str) -> int:
    """Return how many values a delimiter parts from others, in records of the usual length."""
    lines = StringIO(text, newline="")
    records = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    sizes = Counter(map(len, islice(records, _ENOUGH)))
    return max((size - 1) * count for size, count in sizes.items())


def _metadata_title(path: Path) -> str:
    """Return the title that the metadata file beside the table tells, or nothing."""
    metadata = path.with_name(path.name + "-metadata.json")
    if not metadata.exists():
        return ""
    try:
        title = json.loads(read_text(metadata))["dc:title"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(
            f"{metadata}: is not CSVW metadata with a dc:title; mend it or remove it"
        ) from None
    return str(title)
