"""The evidence of facts, as pages show it: a sentence with the quoted words in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from kg.server.parts.reader import Link, Reader

# How many pieces of evidence are read for a fact; a nationwide company can have thousands.
_MAX_EVIDENCE = 400


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words of a report, within their sentence.

    Attributes:
        before: The part of the sentence before the words.
        words: The words.
        after: The part of the sentence after the words.
        number: Number of the task.
        task: Path of the task.
        row: Number of the row in the report.
        cell: The cell that contains them, such as `progress`.
        report: The report.
        line: Line of the source file, or empty.
        confidence: Confidence of the rule that found the fact, or empty.
        path: Path of the evidence itself.
    """

    before: str
    words: str
    after: str
    number: str
    task: str | None
    row: str
    cell: str
    report: Link
    line: str
    confidence: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence, with its task and report."""

    iri: str
    task: str
    report: str


def evidence_of_fact(
    reader: Reader, fact: str, tasks: Collection[str] | None = None
) -> list[Evidence]:
    """Return the evidence of a fact, for each task only that of the latest report that has any.

    Args:
        reader: Reads the graph.
        fact: The fact or thing.
        tasks: If given, only evidence in these tasks is returned.
    """
    evidence = islice(reader.subjects("tkg:supports", fact), _MAX_EVIDENCE)
    return latest_evidence(reader, evidence, tasks)


def latest_evidence(
    reader: Reader, evidence: Iterable[str], tasks: Collection[str] | None = None
) -> list[Evidence]:
    """Keep for each task only the evidence of the latest report that has any."""
    rows: dict[str, list[str]] = {}
    for iri in evidence:
        # IRIs of evidence begin with report and row, and a row belongs to one task.
        rows.setdefault("/".join(iri[len(reader.base) + 1 :].split("/")[:3]), []).append(iri)
    by_task: dict[str, dict[str, list[str]]] = {}
    for in_row in rows.values():
        task = reader.value(in_row[0], "tkg:task")
        if tasks is None or task in tasks:
            by_task.setdefault(task, {})[reader.value(in_row[0], "tkg:report")] = in_row
    return [
        Evidence(iri, task, report)
        for task, reports in sorted(by_task.items())
        for report in [max(reports, key=reader.report_sort_key)]
        for iri in sorted(reports[report])
    ]


def quote_of(reader: Reader, evidence: Evidence) -> Quote:
    """Return the quote of a piece of evidence."""
    iri = evidence.iri
    sentence = reader.value(iri, "tkg:sentence")
    words = reader.value(iri, "oa:hasSelector/oa:exact")
    cell = reader.value(iri, "oa:hasSource")
    at = sentence.find(words)
    if sentence.count(words) > 1:
        text = reader.value(cell, "rdf:value")
        start = int(reader.value(iri, "oa:hasSelector/oa:start"))
        at = find_in_sentence(text, sentence, start, at)
    before, after = (sentence[:at], sentence[at + len(words) :]) if at >= 0 else (sentence, "")
    return Quote(
        before,
        words if at >= 0 else "",
        after,
        reader.value(evidence.task, "tkg:number"),
        reader.link(evidence.task).path,
        cell.rpartition("/")[0].rpartition("/")[2],
        reader.value(cell, "tkg:column"),
        reader.link(evidence.report),
        reader.value(iri, "tkg:sourceLine"),
        reader.value(iri, "tkg:confidence"),
        reader.link(iri).path,
    )


def quotes_of(
    reader: Reader, fact: str, tasks: Collection[str] | None = None, limit: int = 3
) -> list[Quote]:
    """Return quotes for a fact, up to a limit (see `evidence_of_fact`)."""
    return [
        quote_of(reader, evidence) for evidence in evidence_of_fact(reader, fact, tasks)[:limit]
    ]


def quotes_by_task(
    reader: Reader, fact: str, tasks: Collection[str], limit: int = 1
) -> dict[str, list[Quote]]:
    """Return quotes for a thing in each of some tasks, up to a limit for each task."""
    by_task: dict[str, list[Evidence]] = {}
    for evidence in evidence_of_fact(reader, fact, tasks):
        by_task.setdefault(evidence.task, []).append(evidence)
    return {
        task: [quote_of(reader, evidence) for evidence in of_task[:limit]]
        for task, of_task in by_task.items()
    }


def find_in_sentence(text: str, sentence: str, start: int, default: int) -> int:
    """Convert a position in a cell's text to a position in a sentence of it.

    Args:
        text: The text of the cell.
        sentence: The sentence.
        start: The position in the text.
        default: The result if the sentence is not in the text.
    """
    begin = text.rfind(sentence, 0, start + len(sentence))
    return start - begin if begin >= 0 else default
