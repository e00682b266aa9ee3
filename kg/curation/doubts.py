"""Find what a person should check in an extraction, the most valuable first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.curation.entries import Entry, FactKind, is_curated
from kg.extraction.facts import LONGEST_CELL
from kg.extraction.linking.links import similar_names
from kg.extraction.names.mentions import coverage_mask
from kg.extraction.numbers.list_counts import check_counts
from kg.model import TEXT_CELLS, Evidence, NameKind, Report, TaskFacts
from kg.sentences import sentence_span

DoubtKind = Literal["unread", "number", "count", "similar", "target", "status", "confidence"]
# Problems that the reader has repaired by itself are worth little.
_MENDED = re.compile(r"read as|follows from|taken from")
_MENDED_WORTH = 0.3
_CHINESE = re.compile(r"[一-鿿\d，。、；]")
# Common characters that are used in traditional Chinese only.
_TRADITIONAL = re.compile(
    r"[個進條這為國門務責問題實際設與開關產業價體選舉處辦標經濟學後對應會議區縣們時間動變將]"
)
_NUMBER = re.compile(r"(?<![A-Za-z\d])[OoIl]{0,2}\d[\dOoIl.,]*")
_MISREAD = re.compile(r"[OoIl]\d|\d[OoIl]")
# Codes, ordinals, versions and house numbers, which are not quantities.
_NO_FIGURE = re.compile(r"[A-Za-z第+×•·—号届级期度强《]|[.．、]$|^\d[.．、]")
# Facts with a lower confidence are doubtful.
_SURE = 0.6
_LIST_CUT_SHORT = 0.2
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something doubtful.

    Attributes:
        kind: What is doubtful about it.
        worth: The value of a decision: how many facts or ties between departments depend on it.
        task: Number of the task, or None for the whole report.
        fact: The kind of fact that it is about, if any.
        quote: The words of the source.
        reason: What is doubtful, in one sentence.
        name: The name that it is about, or empty.
        other: The name that may mean the same thing, or empty.
    """

    kind: DoubtKind
    worth: float
    task: int | None
    fact: FactKind | None
    quote: str
    reason: str
    name: str = ""
    other: str = ""


def find_doubts(
    report: Report, facts: Sequence[TaskFacts], entries: Sequence[Entry] = ()
) -> list[Doubt]:
    """Return what is doubtful in a report and its facts, the most valuable first.

    Args:
        report: The report.
        facts: The facts of its tasks; facts that were curated are not doubtful.
        entries: The entries that were applied to them.
    """
    counted = {(entry.task, entry.quote) for entry in entries if entry.kind == "count"}
    doubts = [
        *_unread_doubts(report),
        *_number_doubts(facts),
        *(doubt for doubt in _count_doubts(facts) if (doubt.task, doubt.quote) not in counted),
        *_similar_name_doubts(facts),
        *_target_doubts(facts),
        *_low_confidence_doubts(facts),
    ]
    return sorted(doubts, key=lambda d: (-d.worth, d.task or 0, d.kind, d.name, d.quote))


def _unread_doubts(report: Report) -> Iterator[Doubt]:
    for problem in report.problems:
        worth = _MENDED_WORTH if _MENDED.search(problem.reason) else 5.0
        yield Doubt("unread", worth, problem.row, None, problem.text, problem.reason)
    cells = [cell for task in report.tasks for cell in (task.task, task.progress) if cell.lines]
    first = min((cell.lines[0][1] for cell in cells), default=0)
    for line, text in report.coverage.rest:
        if line > first:  # the title and the header come before the first row
            reason = f"{report.unit} {line} of the source is in no cell"
            yield Doubt("unread", 3.0, None, None, text, reason)
    plan = not any(task.progress.text.strip() for task in report.tasks)
    for task in report.tasks:
        if not plan and not task.progress.text.strip():
            reason = "the task has no progress"
            yield Doubt("unread", 2.0, task.number, None, task.task.text, reason)
        longest = max(len(task.task.text), len(task.progress.text))
        if longest > LONGEST_CELL:
            reason = f"a cell has {longest} characters; only the first {LONGEST_CELL} were read"
            yield Doubt("unread", 5.0, task.number, None, task.task.text[:_SHOWN], reason)
        text = task.task.text + task.progress.text
        strange = len(_TRADITIONAL.findall(text))
        if strange * 50 > len(text):
            reason = "is in traditional characters, which are hardly understood; convert it first"
            yield Doubt("unread", 4.0, task.number, None, text, reason)
        elif text and len(_CHINESE.findall(text)) * 3 < len(text):
            reason = "is not in Chinese and was not understood"
            yield Doubt("unread", 4.0, task.number, None, text, reason)


def _number_doubts(facts: Sequence[TaskFacts]) -> Iterator[Doubt]:
    """Yield doubts about numbers that are in no fact or look misread (1O条, l0月)."""
    for found in facts:
        spans = list(_fact_evidence(found))
        for cell in TEXT_CELLS:
            text = found.task.cell(cell).text
            known = coverage_mask(len(text), ((e.start, e.end) for e in spans if e.cell == cell))
            for match in _NUMBER.finditer(text):
                start, end = match.span()
                quote = text[max(0, start - 10) : end + 10]
                if _MISREAD.search(match.group()):
                    reason = f"“{match.group()}” looks like a misread number"
                    yield Doubt("number", 2.0, found.task.number, None, quote, reason)
                elif 0 in known[start:end] and not _NO_FIGURE.search(
                    text[max(0, start - 2) : end + 2]
                ):
                    reason = f"the number {match.group()} was not understood"
                    yield Doubt("number", 1.0, found.task.number, None, quote, reason)


def _fact_evidence(found: TaskFacts) -> Iterator[Evidence]:
    for name in found.names:
        yield from name.evidence
    yield from (quantity.evidence for quantity in found.quantities)
    yield from (date.evidence for date in found.dates)


def _count_doubts(facts: Sequence[TaskFacts]) -> Iterator[Doubt]:
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
            quote = counted.evidence.quote
            yield Doubt("count", worth, found.task.number, "count", quote, reason)


def _similar_name_doubts(facts: Sequence[TaskFacts]) -> Iterator[Doubt]:
    """Yield doubts about similar names of two things: merging them may tie departments."""
    tasks: dict[tuple[NameKind, str], set[int]] = defaultdict(set)
    quotes: dict[tuple[NameKind, str], str] = {}
    for found in facts:
        for name in found.names:
            if not is_curated(name.evidence[0].rule):
                tasks[name.kind, name.preferred].add(found.task.number)
                quotes.setdefault((name.kind, name.preferred), name.evidence[0].quote)
    for kind, one, other in similar_names(tasks):
        apart = tasks[kind, one] ^ tasks[kind, other]
        short, long = sorted((one, other), key=lambda name: (len(name), name))
        yield Doubt(
            "similar",
            len(apart) / 2,
            min(tasks[kind, short]),
            kind,
            quotes[kind, short],
            f"looks like “{long}”, but counts as another {kind}",
            name=short,
            other=long,
        )


def _target_doubts(facts: Sequence[TaskFacts]) -> Iterator[Doubt]:
    for found in facts:
        for target in found.targets:
            if target.judgement == "unknown" and not is_curated(target.evidence.rule):
                reason = f"target “{target.indicator}”: {target.reason}"
                quote = target.evidence.quote
                yield Doubt("target", 1.0, found.task.number, "target", quote, reason)


def _low_confidence_doubts(facts: Sequence[TaskFacts]) -> Iterator[Doubt]:
    """Yield doubts about facts of low confidence; names that tie departments are worth more."""
    departments: dict[tuple[NameKind, str], set[str]] = defaultdict(set)
    for found in facts:
        for name in found.names:
            departments[name.kind, name.preferred] |= {d.name for d in found.task.departments}
    seen: set[tuple[NameKind, str]] = set()
    for found in facts:
        number = found.task.number
        for name in found.names:
            key = (name.kind, name.preferred)
            sure = max(map(_confidence, name.evidence))
            if sure < _SURE and key not in seen:
                seen.add(key)
                first = name.evidence[0]
                worth = (1 - sure) * len(departments[key])
                quote = _sentence(found, first)
                reason = f"read as a name of this kind; {sure:.0%} of such readings are right"
                yield Doubt("confidence", worth, number, name.kind, quote, reason, name=name.name)
        if status := found.status:
            sure = _confidence(status.evidence)
            if sure < _SURE:
                reason = f"read as {status.value}; {sure:.0%} of such readings are right"
                yield Doubt("status", 1 - sure, number, "status", status.evidence.quote, reason)


def _confidence(evidence: Evidence) -> float:
    """Return the confidence of a fact; 1 for facts that were curated or found by a rule."""
    if is_curated(evidence.rule) or evidence.confidence is None:
        return 1.0
    return evidence.confidence


def _sentence(found: TaskFacts, evidence: Evidence) -> str:
    text = found.task.cell(evidence.cell).text
    start, end = sentence_span(text, evidence.start, evidence.start + 1)
    return text[start:end]
