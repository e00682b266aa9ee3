"""A list of tasks in running text: by its numbers and labels, or by what the model says."""

from __future__ import annotations

from pathlib import Path

from kg.model import Report
from kg.reading.assemble import NoListError
from kg.reading.decoding.reader import Reading, free_text_report, read_roles
from kg.reading.lists.prose import read_prose
from kg.reading.structure.document import Document
from kg.reading.structure.flat import FlatDocument
from kg.reading.title import tells_progress

# Where fewer of the tasks have something reported, a document reports nothing.
_REPORTS = 1 / 3
# Characters up to which a text is read by the model: some hundred pages.
_LONGEST = 200_000


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
    with_units = labelled if labelled and _has_units(labelled) else None
    if with_units and all(task.progress.text for task in with_units.tasks):
        return with_units
    if len(text.text) > _LONGEST:
        if labelled:
            return labelled
        raise NoListError(
            f"{path}: holds {len(text.text):,} characters that nothing tells apart; give the part "
            "of it that lists tasks, as a table or a numbered list"
        )
    reading = read_roles(text)
    if with_units and not _reports_progress(with_units, reading):
        return with_units
    try:
        return free_text_report(path, text, reading, jurisdiction, paragraphs.title)
    except NoListError:
        if labelled is None:
            raise
        return labelled


def _has_units(report: Report) -> bool:
    """Tell whether each task names who answers for it."""
    return all(task.departments or task.groups for task in report.tasks)


def _reports_progress(labelled: Report, reading: Reading) -> bool:
    """Tell whether a document reports progress that no label tells.

    A plan whose title promises no report may have parts that only look like one.
    """
    reported = sum(bool(record.of("progress")) for record in reading.records)
    if reported <= _REPORTS * len(reading.records):
        return False
    return tells_progress(labelled.title) or len(labelled.tasks) < len(reading.records)
