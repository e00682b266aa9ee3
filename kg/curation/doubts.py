"""What a person should look at in an extraction, the most valuable first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.curation.entries import Entry, FactKind
from kg.extraction.confidence import confidence
from kg.extraction.counts import check_counts
from kg.extraction.linking import similar_names
from kg.model import NameKind, Report, TaskFacts
from kg.sentences import sentence_span

DoubtKind = Literal["unread", "count", "similar", "target", "status", "confidence"]
# Below this a fact is doubtful by itself.
_SURE = 0.9
_LIST_CUT_SHORT = 0.2


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something doubtful.

    Attributes:
        kind: What is doubtful about it.
        worth: What a decision is worth: how many facts or ties between departments hang on it.
        task: Number of the task, or None for the whole report.
        fact: The kind of fact that it is about, if of one.
        name: The name that it is about, or empty.
        other: The name that it may be one with, or empty.
        quote: The words of the source.
        reason: What is doubtful, in one sentence.
    """

    kind: DoubtKind
    worth: float
    task: int | None
    fact: FactKind | None
    name: str
    other: str
    quote: str
    reason: str


def find_doubts(
    report: Report, facts: Sequence[TaskFacts], entries: Sequence[Entry] = ()
) -> list[Doubt]:
    """Return what is doubtful in a report's reading and extraction, the most valuable first.

    Args:
        report: The report.
        facts: The facts of its tasks, curated or not; what was curated is not doubtful.
        entries: The decisions carried out on them.
    """
    counted = {(entry.task, entry.quote) for entry in entries if entry.kind == "count"}
    doubts = [
        *_unread(report),
        *(doubt for doubt in _counts(facts) if (doubt.task, doubt.quote) not in counted),
        *_similar(facts),
        *_targets(facts),
        *_unsure(facts),
    ]
    return sorted(doubts, key=lambda d: (-d.worth, d.task or 0, d.kind, d.name, d.quote))


def _unread(report: Report) -> Iterator[Doubt]:
    for problem in report.problems:
        yield Doubt("unread", 5.0, problem.row, None, "", "", problem.text, problem.reason)
    for line, text in report.coverage.rest:
        reason = f"line {line} of the source stands in no cell"
        yield Doubt("unread", 3.0, None, None, "", "", text, reason)
    for task in report.tasks:
        if not task.progress.text.strip():
            reason = "the task tells no progress"
            yield Doubt("unread", 2.0, task.number, None, "", "", task.task.text, reason)


def _counts(facts: Sequence[TaskFacts]) -> Iterator[Doubt]:
    for found in facts:
        for counted in check_counts(found.task, found.names):
            missing = abs(counted.said - counted.named)
            if counted.listed < counted.said and counted.named == counted.listed:
                worth = _LIST_CUT_SHORT
                reason = f"the text counts {counted.said} and lists {counted.listed} of them"
            else:
                worth = float(min(missing, counted.listed))
                reason = (
                    f"the text counts {counted.said}, the list has {counted.listed} items, and "
                    f"{counted.named} of them were recognised"
                )
            yield Doubt(
                "count", worth, found.task.number, "count", "", "", counted.evidence.quote, reason
            )


def _similar(facts: Sequence[TaskFacts]) -> Iterator[Doubt]:
    """Yield names that look alike and are two things: one decision may tie departments."""
    tasks: dict[tuple[NameKind, str], set[int]] = defaultdict(set)
    quotes: dict[tuple[NameKind, str], str] = {}
    for found in facts:
        for name in found.names:
            if not name.evidence[0].rule.startswith("curation:"):
                tasks[name.kind, name.preferred].add(found.task.number)
                quotes.setdefault((name.kind, name.preferred), name.evidence[0].quote)
    counts = Counter({key: len(numbers) for key, numbers in tasks.items()})
    for kind, one, other in similar_names(counts, {}):
        apart = tasks[kind, one] ^ tasks[kind, other]
        short, long = sorted((one, other), key=lambda name: (len(name), name))
        reason = f"looks like “{long}”, but was taken for another {kind}"
        yield Doubt(
            "similar",
            len(apart) / 2,
            min(tasks[kind, short]),
            kind,
            short,
            long,
            quotes[kind, short],
            reason,
        )


def _targets(facts: Sequence[TaskFacts]) -> Iterator[Doubt]:
    for found in facts:
        for target in found.targets:
            if target.judgement == "unknown" and not _is_curated(target.evidence.rule):
                reason = f"no reported figure was found for the target “{target.indicator}”"
                yield Doubt(
                    "target",
                    1.0,
                    found.task.number,
                    "target",
                    "",
                    "",
                    target.evidence.quote,
                    reason,
                )


def _unsure(facts: Sequence[TaskFacts]) -> Iterator[Doubt]:
    """Yield facts of little confidence; a name that ties departments is worth more."""
    departments: dict[tuple[NameKind, str], set[str]] = defaultdict(set)
    for found in facts:
        for name in found.names:
            departments[name.kind, name.preferred] |= {d.name for d in found.task.departments}
    seen: set[tuple[NameKind, str]] = set()
    for found in facts:
        for name in found.names:
            key = (name.kind, name.preferred)
            sure = max(
                confidence(name.kind, evidence.rule) or 1.0
                if not _is_curated(evidence.rule)
                else 1.0
                for evidence in name.evidence
            )
            if sure < _SURE and key not in seen:
                seen.add(key)
                worth = (1 - sure) * len(departments[key])
                yield Doubt(
                    "confidence",
                    worth,
                    found.task.number,
                    name.kind,
                    name.name,
                    "",
                    _sentence(found, name.evidence[0].cell, name.evidence[0].start),
                    f"found by {name.evidence[0].rule}, which is right {sure:.0%} of the time",
                )
        status = found.status
        if status and not _is_curated(status.evidence.rule):
            sure = confidence("status", status.evidence.rule) or 1.0
            if sure < _SURE:
                yield Doubt(
                    "status",
                    1 - sure,
                    found.task.number,
                    "status",
                    "",
                    "",
                    status.evidence.quote,
                    f"taken for {status.value}, which is right {sure:.0%} of the time",
                )


def _sentence(found: TaskFacts, cell: str, position: int) -> str:
    text = found.task.cell(cell).text  # type: ignore[arg-type]
    start, end = sentence_span(text, position, position + 1)
    return text[start:end]


def _is_curated(rule: str) -> bool:
    return rule.startswith("curation:")
