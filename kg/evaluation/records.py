"""Load extractions and references: JSON Lines files with one object for each task."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.reading.source import read_text

Record = dict[str, Any]


def load_records(path: str | Path) -> dict[int, Record]:
    """Return the records of a JSON Lines file by task number.

    Args:
        path: A file as `kg extract` writes it.

    Raises:
        InputError: The file cannot be read, a line is not a JSON object, or a task number is
            missing or occurs twice.
    """
    path = Path(path)
    records: dict[int, Record] = {}
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            message = f"{where}: is not JSON ({error}); write one object on each line"
            raise InputError(message) from error
        if not isinstance(record, dict) or not isinstance(record.get("no"), int):
            raise InputError(f"{where}: has no task number; give each object a key “no”")
        if record["no"] in records:
            raise InputError(f"{where}: task {record['no']} occurs twice; remove one of them")
        records[record["no"]] = record
    return records
