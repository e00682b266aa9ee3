"""Read a table from a CSV or TSV file, with the title from its CSVW metadata."""

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
from kg.reading.formats.placed_cells import PlacedCell
from kg.reading.formats.sheets.visible_cells import Sheet, visible_tables
from kg.reading.source import read_text
from kg.reading.structure.document import Document

# Possible delimiters; if several separate the same number of values, the first is used.
_DELIMITERS = ",\t;|"
# The first line of a file may name the delimiter for Excel: sep=;
_SEP_LINE = re.compile(r"\Asep=([,;|\t])\r?\n", re.IGNORECASE)
_SAMPLE_SIZE = 100


def read(path: Path) -> Document:
    """Return the table in a file whose values are delimited by commas, tabs, semicolons or bars.

    The title is the `dc:title` of the metadata file `NAME.csv-metadata.json` beside the table, as
    defined in the W3C's "CSV on the Web" (section 5.3).

    Raises:
        InputError: The file or its metadata cannot be read, or is not valid.
    """
    records = list(_records(path))
    check_table(path, len(records), max((len(fields) for _, fields in records), default=0))
    cells = [
        PlacedCell(value, line, row, column)
        for row, (line, fields) in enumerate(records)
        for column, value in enumerate(fields)
    ]
    tables, notes = visible_tables(path, [Sheet("", cells)])
    return Document(tables, _metadata_title(path), notes=notes)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of the line on which it begins."""
    text = read_text(path)
    # By default, the csv module refuses fields of over 128 KiB; a cell may be as long as its file.
    limit = csv.field_size_limit(max(len(text), csv.field_size_limit()))
    line = 1
    try:
        sep_line = _SEP_LINE.match(text)
        delimiter = sep_line[1] if sep_line else _guess_delimiter(text)
        lines = StringIO(_SEP_LINE.sub("\n", text), newline="")
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


def _guess_delimiter(text: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _count_separated(text, delimiter))


def _count_separated(text: str, delimiter: str) -> int:
    """Return how many delimiters of this kind the records of the most frequent length have."""
    lines = StringIO(text, newline="")
    records = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    sizes = Counter(map(len, islice(records, _SAMPLE_SIZE)))
    return max((size - 1) * count for size, count in sizes.items())


def _metadata_title(path: Path) -> str:
    """Return the title in the metadata file beside the table, or an empty text."""
    metadata = path.with_name(path.name + "-metadata.json")
    if not metadata.exists():
        return ""
    try:
        title = json.loads(read_text(metadata))["dc:title"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(
            f"{metadata}: is not CSVW metadata with a dc:title; correct it or remove it"
        ) from None
    return str(title)
