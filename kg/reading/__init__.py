"""From a file to a report: one module for each format, and the layout recovery they share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError
from kg.model import Report
from kg.reading.csv_table import read_csv_table
from kg.reading.people import without_people
from kg.reading.text_table import read_text_table

_READERS: dict[str, Callable[[Path, str | None], Report]] = {
    ".txt": read_text_table,
    ".csv": read_csv_table,
}


def read(source: str | Path, jurisdiction: str | None = None, with_people: bool = False) -> Report:
    """Read a responsibility table, or a list of tasks in prose.

    Args:
        source: A `.txt` file (the text layer of a PDF table, or a numbered list) or a `.csv` file,
            in UTF-8 or GB18030.
        jurisdiction: GB/T 2260 code of the district, where the title does not tell it.
        with_people: Whether to keep the names of leaders, which are personal data.

    Raises:
        InputError: The source cannot be read; the message tells what, where and how to mend it.
    """
    path = Path(source)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        formats = " or ".join(_READERS)
        raise InputError(f"{path}: unknown format “{path.suffix}”; give a {formats} file")
    report = reader(path, jurisdiction)
    return report if with_people else without_people(report)
