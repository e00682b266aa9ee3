"""What has changed from one report to another: states, figures, targets, departments, wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kg.errors import InputError
from kg.extraction.departments import department_key
from kg.history.matching import Match, Matching, match
from kg.history.targets import Pair, Series, goal, pair_targets, series, told, way
from kg.model import Evidence, Quantity, Report, TaskFacts
from kg.sentences import sentence_span

# new, vanished: a task; split, merged: a task that stands inside one of the other report; doubtful:
# rows that may be the same task or not; status; nearer, away: a target's value; figure: another
# value; judgement: how a target is judged; goal: what is promised; promise: its wording;
# joined, left: a department of a task, or of the report where there is no task.
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
        kind: What kind of thing.
        before_row: Number of the task's row in the first report, if it has one.
        after_row: Number of its row in the second.
        task: What the task promises, as the second report has it if it has the task.
        what: The indicator, the department or the thing counted; for others empty.
        before: Its value in the first report; empty if it has none.
        after: Its value in the second.
        before_sentence: The words of the first report that tell it.
        after_sentence: Those of the second.
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
        changes: What differs, by kind, then by row.
        series: The values of the targets that both have.
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
        """What is said of the report itself."""
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
        matching: Which rows are the same task, where that is known already.
        between: Reports between the two, whose values stand in the series too; each with its row
            for each row of the second report.

    Raises:
        InputError: They are reports of different districts.
    """
    _check_same_district(before.report, after.report)
    if matching is None:
        matching = match(before.report.tasks, after.report.tasks)
    first = {found.task.number: found for found in before.facts}
    second = {found.task.number: found for found in after.facts}
    changes = [*_rows(matching, first, second), *_of_report(before, after)]
    lines: list[Series] = []
    reports = (before.report, *(told.report for told, _ in between), after.report)
    dates = [report.as_of or report.identifier for report in reports]
    targets = [{it.task.number: it.targets for it in told.facts} for told, _ in between]
    for one in matching.matches:
        old, new = first[one.before], second[one.after]
        pairs = pair_targets(old.targets, new.targets)
        changes += _of_task(old, new, pairs)
        others = [
            known.get(rows.get(one.after, 0), ())
            for known, (_, rows) in zip(targets, between, strict=True)
        ]
        lines += series(pairs, one.after, dates, others)
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
            "district (--jurisdiction tells it where the title does not)"
        )


def _rows(
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


def _of_report(before: ReportFacts, after: ReportFacts) -> Iterator[Change]:
    """Yield the departments that only one of the reports names."""
    first, second = (_departments(told.facts) for told in (before, after))
    for key in sorted(first.keys() - second.keys()):
        name, words = first[key]
        yield Change("left", None, None, "", name, name, "", words, "")
    for key in sorted(second.keys() - first.keys()):
        name, words = second[key]
        yield Change("joined", None, None, "", name, "", name, "", words)


def _departments(facts: Iterable[TaskFacts]) -> dict[str, tuple[str, str]]:
    """Return departments by what the forms of their names share, with the words that name them."""
    return {
        department_key(department.name): (department.name, found.task.department_cell.text)
        for found in facts
        for department in found.task.departments
    }


def _of_task(old: TaskFacts, new: TaskFacts, pairs: Sequence[Pair]) -> Iterator[Change]:
    about = old.task.number, new.task.number, new.task.task.text
    states = [found.status.value if found.status else "" for found in (old, new)]
    if states[0] != states[1]:
        sentences = [
            _words(found, found.status.evidence if found.status else None) for found in (old, new)
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
    yield from _of_targets(old, new, pairs)
    yield from _figures(old, new, pairs)


def _of_targets(old: TaskFacts, new: TaskFacts, pairs: Sequence[Pair]) -> Iterator[Change]:
    about = old.task.number, new.task.number, new.task.task.text
    for pair in pairs:
        one, other = pair
        either = one or other
        assert either is not None
        goals = [goal(target) for target in pair]
        if goals[0] != goals[1]:
            said = (
                _words(old, one.evidence if one else None),
                _words(new, other.evidence if other else None),
            )
            yield Change("goal", *about, either.indicator, goals[0], goals[1], *said)
        if one is None or other is None:
            continue
        said = (
            _words(old, one.actual_evidence or one.evidence),
            _words(new, other.actual_evidence or other.evidence),
        )
        if told(one) != told(other):
            yield Change(way(one, other), *about, one.indicator, told(one), told(other), *said)
        if one.judgement != other.judgement:
            judged = one.judgement, other.judgement
            yield Change("judgement", *about, one.indicator, *judged, *said)


def _figures(old: TaskFacts, new: TaskFacts, pairs: Sequence[Pair]) -> Iterator[Change]:
    """Yield the other figures of the progress that both tell of the same thing, if they differ."""
    actual = {target.actual_evidence for pair in pairs for target in pair if target}
    first, second = (_counted(found, actual) for found in (old, new))
    about = old.task.number, new.task.number, new.task.task.text
    for key in first:
        if key in second and first[key].value != second[key].value:
            one, other = first[key], second[key]
            said = _words(old, one.evidence), _words(new, other.evidence)
            values = f"{one.value}{one.unit}", f"{other.value}{other.unit}"
            yield Change("figure", *about, one.what, *values, *said)


def _counted(found: TaskFacts, actual: set[Evidence | None]) -> dict[tuple[str, str], Quantity]:
    """Return the figures of the progress by thing and unit; those told more than once are none."""
    counted: dict[tuple[str, str], list[Quantity]] = {}
    for one in found.quantities:
        if one.evidence.cell == "progress" and one.what and one.evidence not in actual:
            counted.setdefault((one.what, one.unit), []).append(one)
    return {key: ones[0] for key, ones in counted.items() if len(ones) == 1}


def _words(found: TaskFacts, evidence: Evidence | None) -> str:
    """Return the sentence around the words of a fact; the whole progress where there are none."""
    if evidence is None:
        return found.task.progress.text
    text = found.task.cell(evidence.cell).text
    start, end = sentence_span(text, evidence.start, evidence.end)
    return text[start:end]
