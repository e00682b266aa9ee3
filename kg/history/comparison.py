"""Compare two reports: states, figures, targets, departments and wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kg.errors import InputError
from kg.extraction.linking.departments import department_key
from kg.history.matching import Match, Matching, match_rows
from kg.history.targets import (
    Pair,
    Series,
    actual_text,
    change_kind,
    goal_text,
    pair_targets,
    target_series,
)
from kg.model import Evidence, Quantity, Report, TaskFacts
from kg.sentences import sentence_span

# new, vanished: a task; split, merged: a task whose words are part of a row in the other report;
# doubtful: rows that may or may not be the same task; status: its state; nearer, away: a target's
# value; figure: another value; judgement: of a target; goal: the promised value; promise: the
# wording; joined, left: a department of a task, or of the report if there is no task.
Kind = Literal[
    "new",
    "vanished",
    "split",
    "merged",
    "doubtful",
    "status",
    "away",
    "nearer",
    "figure",
    "judgement",
    "goal",
    "promise",
    "joined",
    "left",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two reports.

    Attributes:
        kind: The kind of change.
        before_row: Number of the task's row in the first report, if any.
        after_row: Number of the task's row in the second report, if any.
        task: The text of the task, from the second report if possible.
        what: The indicator, the department or the thing counted; empty for other kinds.
        before: The value in the first report, or empty.
        after: The value in the second report, or empty.
        before_sentence: The evidence in the first report.
        after_sentence: The evidence in the second report.
    """

    kind: Kind
    before_row: int | None
    after_row: int | None
    task: str
    what: str
    before: str
    after: str
    before_sentence: str
    after_sentence: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of two reports that are compared: its identifier, title, date and number of tasks."""

    identifier: str
    title: str
    as_of: str | None
    tasks: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What has changed from one report to another.

    Attributes:
        before: The first report.
        after: The second.
        matches: Rows that are the same task.
        changes: The changes, by kind, then by row.
        series: The values of the targets that both reports have.
    """

    before: Side
    after: Side
    matches: tuple[Match, ...]
    changes: tuple[Change, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report with the facts of its tasks."""

    report: Report
    facts: tuple[TaskFacts, ...]

    @property
    def side(self) -> Side:
        """The data of the report itself."""
        report = self.report
        return Side(report.identifier, report.title, report.as_of, len(report.tasks))


def compare(
    before: ReportFacts,
    after: ReportFacts,
    matching: Matching | None = None,
    between: Sequence[tuple[ReportFacts, Mapping[int, int]]] = (),
) -> Difference:
    """Return what has changed from one report to another.

    Args:
        before: The first report.
        after: The second.
        matching: Which rows are the same task, if that is known already.
        between: Reports between the two, whose values are part of the series; each with its row
            for each row of the second report.

    Raises:
        InputError: They are reports of different districts.
    """
    _check_same_district(before.report, after.report)
    if matching is None:
        matching = match_rows(before.report.tasks, after.report.tasks)
    first = {found.task.number: found for found in before.facts}
    second = {found.task.number: found for found in after.facts}
    changes = [*_row_changes(matching, first, second), *_report_changes(before, after)]
    lines: list[Series] = []
    reports = (before.report, *(middle.report for middle, _ in between), after.report)
    dates = [report.as_of or report.identifier for report in reports]
    targets = [{it.task.number: it.targets for it in middle.facts} for middle, _ in between]
    for one in matching.matches:
        old, new = first[one.before], second[one.after]
        pairs = pair_targets(old.targets, new.targets)
        changes += _task_changes(old, new, pairs)
        others = [
            known.get(rows.get(one.after, 0), ())
            for known, (_, rows) in zip(targets, between, strict=True)
        ]
        lines += target_series(pairs, one.after, dates, others)
    order = {kind: place for place, kind in enumerate(KINDS)}
    changes.sort(key=lambda it: (order[it.kind], it.before_row or it.after_row or 0))
    return Difference(before.side, after.side, matching.matches, tuple(changes), tuple(lines))


def _check_same_district(before: Report, after: Report) -> None:
    one, other = before.jurisdiction, after.jurisdiction
    both_coded = one.code and other.code
    if (one.code != other.code) if both_coded else (one.name != other.name):
        raise InputError(
            f"{before.identifier} is a report of {one.name or 'an unknown district'}, "
            f"{after.identifier} of {other.name or 'an unknown district'}; give two reports of one "
            "district (or name it with --jurisdiction if the title does not)"
        )


def _row_changes(
    matching: Matching, first: dict[int, TaskFacts], second: dict[int, TaskFacts]
) -> Iterator[Change]:
    for number in matching.vanished:
        words, into = first[number].task.task.text, matching.merged.get(number)
        if into is None:
            yield Change("vanished", number, None, words, "", words, "", words, "")
        else:
            yield Change(
                "merged", number, into, words, "", words, "", words, second[into].task.task.text
            )
    for number in matching.new:
        words, of = second[number].task.task.text, matching.split.get(number)
        if of is None:
            yield Change("new", None, number, words, "", "", words, "", words)
        else:
            yield Change("split", of, number, words, "", "", words, first[of].task.task.text, words)
    for one in matching.matches:
        if not one.is_sure:
            texts = first[one.before].task.task.text, second[one.after].task.task.text
            what = f"{one.confidence}"
            yield Change("doubtful", one.before, one.after, texts[1], what, *texts, *texts)


def _report_changes(before: ReportFacts, after: ReportFacts) -> Iterator[Change]:
    """Yield the departments that only one of the reports names."""
    first, second = (_departments(report.facts) for report in (before, after))
    for key in sorted(first.keys() - second.keys()):
        name, words = first[key]
        yield Change("left", None, None, "", name, name, "", words, "")
    for key in sorted(second.keys() - first.keys()):
        name, words = second[key]
        yield Change("joined", None, None, "", name, "", name, "", words)


def _departments(facts: Iterable[TaskFacts]) -> dict[str, tuple[str, str]]:
    """Return names of departments with the cells that name them, by a key for all name forms."""
    return {
        department_key(department.name): (department.name, found.task.department_cell.text)
        for found in facts
        for department in found.task.departments
    }


def _task_changes(old: TaskFacts, new: TaskFacts, pairs: Sequence[Pair]) -> Iterator[Change]:
    about = old.task.number, new.task.number, new.task.task.text
    states = [found.status.value if found.status else "" for found in (old, new)]
    if states[0] != states[1]:
        sentences = [
            _evidence_sentence(found, found.status.evidence if found.status else None)
            for found in (old, new)
        ]
        yield Change("status", *about, "", *states, *sentences)
    texts = old.task.task.text, new.task.task.text
    if texts[0] != texts[1]:
        yield Change("promise", *about, "", *texts, *texts)
    first, second = _departments([old]), _departments([new])
    for key in sorted(first.keys() - second.keys()):
        name, words = first[key]
        yield Change("left", *about, name, name, "", words, new.task.department_cell.text)
    for key in sorted(second.keys() - first.keys()):
        name, words = second[key]
        yield Change("joined", *about, name, "", name, old.task.department_cell.text, words)
    yield from _target_changes(old, new, pairs)
    yield from _figure_changes(old, new, pairs)


def _target_changes(old: TaskFacts, new: TaskFacts, pairs: Sequence[Pair]) -> Iterator[Change]:
    about = old.task.number, new.task.number, new.task.task.text
    for pair in pairs:
        one, other = pair
        either = one or other
        assert either is not None
        goals = [goal_text(target) for target in pair]
        if goals[0] != goals[1]:
            said = (
                _evidence_sentence(old, one.evidence if one else None),
                _evidence_sentence(new, other.evidence if other else None),
            )
            yield Change("goal", *about, either.indicator, goals[0], goals[1], *said)
        if one is None or other is None:
            continue
        said = (
            _evidence_sentence(old, one.actual_evidence or one.evidence),
            _evidence_sentence(new, other.actual_evidence or other.evidence),
        )
        if actual_text(one) != actual_text(other):
            yield Change(
                change_kind(one, other),
                *about,
                one.indicator,
                actual_text(one),
                actual_text(other),
                *said,
            )
        if one.judgement != other.judgement:
            judged = one.judgement, other.judgement
            yield Change("judgement", *about, one.indicator, *judged, *said)


def _figure_changes(old: TaskFacts, new: TaskFacts, pairs: Sequence[Pair]) -> Iterator[Change]:
    """Yield the figures in progress cells that differ, for things that both reports count."""
    actual = {target.actual_evidence for pair in pairs for target in pair if target}
    first, second = (_figures_by_thing(found, actual) for found in (old, new))
    about = old.task.number, new.task.number, new.task.task.text
    for key in first:
        if key in second and first[key].value != second[key].value:
            one, other = first[key], second[key]
            said = _evidence_sentence(old, one.evidence), _evidence_sentence(new, other.evidence)
            values = f"{one.value}{one.unit}", f"{other.value}{other.unit}"
            yield Change("figure", *about, one.what, *values, *said)


def _figures_by_thing(
    found: TaskFacts, actual: set[Evidence | None]
) -> dict[tuple[str, str], Quantity]:
    """Return the figures of the progress cell by thing and unit, without ambiguous ones."""
    counted: dict[tuple[str, str], list[Quantity]] = {}
    for one in found.quantities:
        if one.evidence.cell == "progress" and one.what and one.evidence not in actual:
            counted.setdefault((one.what, one.unit), []).append(one)
    return {key: ones[0] for key, ones in counted.items() if len(ones) == 1}


def _evidence_sentence(found: TaskFacts, evidence: Evidence | None) -> str:
    """Return the sentence around some evidence; the whole progress cell if there is none."""
    if evidence is None:
        return found.task.progress.text
    text = found.task.cell(evidence.cell).text
    start, end = sentence_span(text, evidence.start, evidence.end)
    return text[start:end]
