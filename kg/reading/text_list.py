"""A list of tasks in running text: by its numbers and labels, or by what the model says."""

from __future__ import annotations

from pathlib import Path

from kg.model import Report
from kg.reading.assemble import NoListError
from kg.reading.decoding.reader import Reading, free_text_report, read_roles
from kg.reading.document import Document
from kg.reading.prose import read_prose
from kg.reading.structure.flat import FlatDocument

# Where fewer of the tasks have something reported, a document reports nothing.
_REPORTS = 1 / 3


def read_text_list(
    path: Path, paragraphs: Document, text: FlatDocument, jurisdiction: str | None
) -> Report:
    """Return the report in a list of tasks.

    Numbers and labels tell where its parts end, where all tasks have what the document tells of
    them; else the model does.

    Args:
        path: The source file, named in messages.
        paragraphs: The paragraphs of the document.
        text: All of its text.
        jurisdiction: Code of the place that it is of, where the title does not tell it.

    Raises:
        NoListError: There is no list of tasks.
    """
    try:
        labelled = read_prose(path, paragraphs, jurisdiction)
    except NoListError:
        labelled = None
    if labelled and _has_units(labelled) and all(task.progress.text for task in labelled.tasks):
        return labelled
    reading = read_roles(text)
    if labelled and _has_units(labelled) and not _reports_progress(reading):
        return labelled
    try:
        return free_text_report(path, text, reading, jurisdiction, paragraphs.title)
    except NoListError:
        if labelled is None:
            raise
        return labelled


def _has_units(report: Report) -> bool:
    """Tell whether each task names who answers for it."""
    return all(task.departments or task.groups for task in report.tasks)


def _reports_progress(reading: Reading) -> bool:
    told = sum(bool(record.of("progress")) for record in reading.records)
    return told > _REPORTS * len(reading.records)
