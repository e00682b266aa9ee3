"""Read a report from a text of any layout, using the network's roles of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model import Cell, Coverage, Problem, Report
from kg.reading.assemble import NoListError, RawTask, assemble
from kg.reading.budget import RUNNING_CHARACTERS
from kg.reading.decoding.context_roles import correct_roles
from kg.reading.decoding.endings import cut_closing, end_at_annexes, is_after_tasks
from kg.reading.decoding.last_column import split_last_cells
from kg.reading.decoding.raw_tasks import make_raw_tasks
from kg.reading.decoding.record import Record
from kg.reading.decoding.records import find_records, split_doubtful
from kg.reading.decoding.segments import Segment, find_segments
from kg.reading.people import (
    MASK,
    has_people_label,
    is_person_name,
    mask_names,
    name_pattern,
    remove_matches,
    split_names,
    standalone_names,
    strip_post,
)
from kg.reading.structure.flat_document import FlatDocument
from kg.reading.tables.headings import heading_month
from kg.reading.title import best_title, is_list, is_list_title
from kg.reading.units.leads import lead_rules_in
from kg.tagger.calibration import calibrate
from kg.tagger.flow import make_flow, role_scores
from kg.tagger.model import ROLE_NETWORK, Model, load_model
from kg.tagger.roles import UNITS

_LETTER = re.compile(r"[^\W_]")
_PROGRESS_HEAD = re.compile(r"进展|完成|落实|推进|办理|进度")
# How many lines above the first task are searched for the title.
_LINES_ABOVE = 30
_QUOTED = 60
# A task with a lower probability gets a note for review.
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class Reading:
    """The segments and records of a text.

    Attributes:
        segments: Its segments with their roles, in order.
        records: The records made from them.
        doubtful: Records that are probably not tasks.
    """

    segments: tuple[Segment, ...]
    records: tuple[Record, ...]
    doubtful: tuple[Record, ...] = ()


def read_roles(document: FlatDocument, model: Model | None = None) -> Reading:
    """Return the segments and the records of a text.

    Args:
        document: The text.
        model: The network of roles; by default the one in the package.
    """
    flow = make_flow(document.text)
    scores = role_scores(flow, model or load_model(ROLE_NETWORK))
    found = list(end_at_annexes(document.text, find_segments(flow, scores)))
    segments = tuple(correct_roles(document, found))
    records = [r for r in find_records(segments) if not is_after_tasks(document, r)]
    split_last_cells(document, segments, records)
    cut_closing(document, records)
    records, doubtful = split_doubtful(records)
    return Reading(segments, tuple(records), tuple(doubtful))


def free_text_report(
    path: Path, document: FlatDocument, jurisdiction: str | None, title: str = ""
) -> Report:
    """Return the report in a text.

    Args:
        path: The source file, named in messages.
        document: Its text.
        jurisdiction: Code of the place, used where the title does not name it.
        title: The title in the metadata of the file, or an empty text.

    Raises:
        NoListError: The text contains no list of tasks, or is too long to be one.
    """
    if len(document.text) > RUNNING_CHARACTERS:
        raise NoListError(
            f"{path}: has {len(document.text):,} characters of text without a table; give only the "
            "part that lists tasks, as a table or a numbered list"
        )
    reading = read_roles(document)
    first = _first_offset(reading.records, len(document.text))
    above = document.text[:first].split("\n")[-_LINES_ABOVE:]
    before = [s for s in reading.segments if s.role in ("title", "category") and s.start < first]
    before = [s for s in before if s.role == "title" or is_list_title(_segment_text(document, s))]
    titles = _title_lines(document, before)
    title = best_title([title, "", *titles])
    if not title:
        heads = {_segment_text(document, s) for s in reading.segments if s.role == "head"}
        line = best_title([text for line in above if (text := line.strip()) not in heads])
        title = line if is_list(0, len(reading.records), line) else ""
    context = "\n".join(above)
    telling = sum(bool(record.segments_of("progress", *UNITS)) for record in reading.records)
    if not is_list(telling, len(reading.records), title or context):
        raise NoListError(f"{path}: {_refusal_reason(document, reading)}")
    rows, names = _make_rows(document, reading)
    coverage = _coverage(document, reading, names)
    months = [heading_month(text) or 0 for text in _progress_heads(document, reading.segments)]
    month = max(months, default=0) or None
    report = assemble(path, title, rows, coverage, jurisdiction, month, context)
    return replace(report, problems=(*_omission_notes(document, reading), *report.problems))


def find_tasks_in_prose(document: FlatDocument) -> list[RawTask]:
    """Return the tasks in the paragraphs around a table that name a unit.

    A single one is ignored: the letter before a table may name units too.
    """
    reading = read_roles(document)
    records = tuple(record for record in reading.records if record.segments_of(*UNITS))
    return _make_rows(document, replace(reading, records=records))[0] if len(records) > 1 else []


def _make_rows(document: FlatDocument, reading: Reading) -> tuple[list[RawTask], set[str]]:
    """Return the raw tasks of records, without names of people, and these names."""
    leads = lead_rules_in(document.text.split("\n"))
    raw = make_raw_tasks(document, reading.records)
    rows = [replace(_calibrate_row(row), leads=leads) for row in raw]
    labelled = [_segment_text(document, s) for s in reading.segments if s.role == "leader"]
    labelled += [leader for row in rows for leader in row.leaders]
    leaders = {name for text in labelled for name in (strip_post(text), *split_names(text))}
    if labelled or has_people_label(document.text):
        leaders |= standalone_names(document.text)
    units = "、".join(row.department_cell.text for row in rows)
    names = {name for name in leaders if 1 < len(name) < 5 and not _is_part_of_unit(name, units)}
    return [_remove_names(row, names) for row in rows], names


def _is_part_of_unit(name: str, units: str) -> bool:
    """Return whether the presumed name of a person is part of the name of a unit."""
    return name in units and not re.search(rf"(?:^|、){re.escape(name)}(?:$|、)", units)


def _calibrate_row(row: RawTask) -> RawTask:
    """Return a row with its calibrated probability, and a note if that is low."""
    probability = calibrate(load_model(ROLE_NETWORK), "tasks", row.probability)
    note = f"it is not certain where its cells end ({probability:.0%})"
    notes = (*row.notes, note) if probability < _SURE else row.notes
    return replace(row, probability=probability, notes=notes)


def _first_offset(records: Sequence[Record], end: int) -> int:
    """Return the offset of the first task or its number, or `end` if there is none."""
    starts = (
        segment.start for record in records for segment in record.segments_of("number", "task")
    )
    return min(starts, default=end)


def _title_lines(document: FlatDocument, segments: Sequence[Segment]) -> Iterator[str]:
    """Yield the lines of titles, with an empty line where other text separates them."""
    last: Segment | None = None
    for segment in segments:
        if last and document.text[last.end : segment.start].strip():
            yield ""
        yield _title_line(document, segment)
        last = segment


def _title_line(document: FlatDocument, segment: Segment) -> str:
    """Return a title with the text before it on its line."""
    start = document.text.rfind("\n", 0, segment.start) + 1
    return document.cell(start, segment.end).text


def _segment_text(document: FlatDocument, segment: Segment) -> str:
    return document.cell(segment.start, segment.end).text


def _progress_heads(document: FlatDocument, segments: Sequence[Segment]) -> Iterator[str]:
    """Yield the headings of columns of progress."""
    for segment in segments:
        if segment.role == "head" and _PROGRESS_HEAD.search(
            text := _segment_text(document, segment)
        ):
            yield text


def _refusal_reason(document: FlatDocument, reading: Reading) -> str:
    """Return why a text is not a list of tasks, and what the user can do."""
    heads = [_segment_text(document, s) for s in reading.segments if s.role == "head"]
    numbers = sum(segment.role == "number" for segment in reading.segments)
    seen = [f"{numbers} numbered items"] if numbers else []
    if heads:
        seen.append("the headings " + ", ".join(dict.fromkeys(heads[:6])))
    if len(set(heads)) > 2 and not numbers and not reading.records:
        shown = ", ".join(dict.fromkeys(heads[:6]))
        return f"the table has no rows below {shown}; check that the export is complete"
    if reading.records:
        seen.append(f"{len(reading.records)} possible tasks without progress or departments")
    return (
        f"contains no list of tasks, only {' and '.join(seen) or 'running text'}; give a table "
        "or a list of tasks with their progress or departments"
    )


def _remove_names(row: RawTask, names: set[str]) -> RawTask:
    """Return a row without the names of people in its texts."""
    if not names:
        return row
    pattern = name_pattern(names)

    def clean(cell: Cell) -> Cell:
        return remove_matches(cell, pattern)

    first, second = row.category
    return replace(
        row,
        category=(pattern.sub("", first), pattern.sub("", second) if second else None),
        task=clean(row.task),
        progress=clean(row.progress),
        deadline=clean(row.deadline),
        problem=clean(row.problem),
        plan=clean(row.plan),
        details=tuple((heading, clean(cell)) for heading, cell in row.details),
    )


def _coverage(document: FlatDocument, reading: Reading, names: set[str]) -> Coverage:
    """Return how much of the text is in tasks; names of people do not count."""
    used = [segment for record in reading.records for segment in record.segments()]
    used += [s for s in reading.segments if s.role == "head" and reading.records]
    spans = sorted({(segment.start, segment.end) for segment in used})
    has_people = has_people_label(document.text)
    rest: list[tuple[int, str]] = []
    placed = last = 0
    for start, end in [*spans, (len(document.text), len(document.text))]:
        for at, line in _lines_between(document.text, last, start):
            if _LETTER.search(line):
                is_name = has_people and is_person_name(line)
                rest.append((document.line_at(at), MASK if is_name else mask_names(line)))
        placed += _count_characters(document.text[max(start, last) : end])
        last = max(last, end)
    if names:
        pattern = name_pattern(names)
        rest = [(line, pattern.sub("", text)) for line, text in rest]
    lost = sum(_count_characters(text) for _, text in rest)
    return Coverage(characters=placed + lost, placed=placed, rest=tuple(rest))


def _lines_between(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the lines between two offsets, each with its offset, without marks of cells."""
    at = start
    for line in text[start:end].split("\n"):
        if shown := line.strip(" \t\u3000\xa0|｜、，,；;：:。（）()"):
            yield at, shown
        at += len(line) + 1


def _count_characters(text: str) -> int:
    return len(re.sub(r"[\s|]+", "", text))


def _omission_notes(document: FlatDocument, reading: Reading) -> Iterator[Problem]:
    """Yield notes on the letter before the first task, and on records that may be tasks."""
    for record in reading.doubtful:
        task = record.segments_of("task")[0]
        reason = "may be a task, but unlike the others it has neither progress nor departments"
        text = mask_names(_segment_text(document, task))[:_QUOTED]
        yield Problem(None, document.line_at(task.start), reason, text)
    first = _first_offset(reading.records, 0)
    spans = [(s.start, s.end) for s in reading.segments if s.start < first]
    edges = [0, *(edge for span in spans for edge in span), first]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for at, line in _lines_between(document.text, start, end):
            if "。" in line and not lead_rules_in([line]):
                reason = "a letter or introduction before the list is left out"
                yield Problem(None, document.line_at(at), reason, mask_names(line)[:_QUOTED])
                return
