"""Read a report from a text, and show what its tasks hold."""

from __future__ import annotations

from pathlib import Path

from kg.model import Report
from kg.reading import read

# Promise, progress and departments of a task.
Row = tuple[str, str, list[str]]


def read_text(folder: Path, text: str) -> Report:
    """Return the report in a text of 江汉区."""
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return read(path, "420103")


def shown(report: Report) -> list[Row]:
    """Return the promise, the progress and the departments of each task."""
    return [
        (task.task.text, task.progress.text, [unit.name for unit in task.departments])
        for task in report.tasks
    ]
