"""Read a table from CSV or TSV, with the title that its CSVW metadata tell."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from kg.errors import InputError
from kg.reading.document import Document
from kg.reading.formats.seen import Sheet, seen
from kg.reading.formats.unfold import Placed, check_size
from kg.reading.source import read_text


def read(path: Path) -> Document:
    """Return the table in a file whose values commas part, or tabs where it ends in `.tsv`.

    The title is the `dc:title` of the metadata file that the W3C's "CSV on the Web" (section 5.3)
    puts beside the table: `NAME.csv-metadata.json`.

    Raises:
        InputError: The file cannot be read, or is no such table.
    """
    records = list(_records(path, "\t" if path.suffix.lower() == ".tsv" else ","))
    check_size(path, len(records), max((len(fields) for _, fields in records), default=0))
    cells = [
        Placed(value, line, row, column)
        for row, (line, fields) in enumerate(records)
        for column, value in enumerate(fields)
    ]
    tables, notes = seen(path, [Sheet("", cells)])
    return Document(tables, _metadata_title(path), notes=notes)


def _records(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records with the line on which each begins."""
    text = read_text(path)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
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
