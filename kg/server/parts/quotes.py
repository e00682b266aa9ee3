"""The words that facts stand on, as pages show them: the sentence with the quote in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from kg.server.parts.reader import Link, Reader

# So many words are looked at for one fact; a firm of the nation has thousands.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report.

    Attributes:
        before: What of the sentence stands before them.
        words: The words.
        after: What of the sentence stands behind them.
        number: Number of the task.
        task: Path of the task.
        row: Number of the row in the report.
        cell: The cell that holds them, such as `progress`.
        report: The report.
        line: Line of the source file, or empty.
        confidence: How sure the rule is that found the fact, or empty.
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
class Proof:
    """An evidence, with its task and report: what of it must be known to choose it."""

    iri: str
    task: str
    report: str


def latest_proofs(reader: Reader, fact: str, tasks: Collection[str] | None = None) -> list[Proof]:
    """Return the evidence of a fact, for each task only that of the latest report that has any.

    Args:
        reader: Reads the graph.
        fact: The fact or thing.
        tasks: Only evidence in these tasks is looked for.
    """
    return latest_evidence(reader, islice(reader.subjects("tkg:supports", fact), _MOST), tasks)


def latest_evidence(
    reader: Reader, evidence: Iterable[str], tasks: Collection[str] | None = None
) -> list[Proof]:
    """Return of some evidence, for each task, that of the latest report that has any."""
    rows: dict[str, list[str]] = {}
    for iri in evidence:
        # IRIs of evidence begin with report and row: all of a row is of one task.
        rows.setdefault("/".join(iri[len(reader.base) + 1 :].split("/")[:3]), []).append(iri)
    found: dict[str, dict[str, list[str]]] = {}
    for here in rows.values():
        task = reader.one(here[0], "tkg:task")
        if tasks is None or task in tasks:
            found.setdefault(task, {})[reader.one(here[0], "tkg:report")] = here
    return [
        Proof(iri, task, report)
        for task, reports in sorted(found.items())
        for report in [max(reports, key=reader.until)]
        for iri in sorted(reports[report])
    ]


def quote_of(reader: Reader, proof: Proof) -> Quote:
    """Return the words of an evidence."""
    iri = proof.iri
    sentence = reader.one(iri, "tkg:sentence")
    words = reader.one(iri, "oa:hasSelector/oa:exact")
    cell = reader.one(iri, "oa:hasSource")
    at = sentence.find(words)
    if sentence.count(words) > 1:
        text = reader.one(cell, "rdf:value")
        start = int(reader.one(iri, "oa:hasSelector/oa:start"))
        at = find_in_sentence(text, sentence, start, at)
    before, after = (sentence[:at], sentence[at + len(words) :]) if at >= 0 else (sentence, "")
    return Quote(
        before,
        words if at >= 0 else "",
        after,
        reader.one(proof.task, "tkg:number"),
        reader.link(proof.task).path,
        cell.rpartition("/")[0].rpartition("/")[2],
        reader.one(cell, "tkg:column"),
        reader.link(proof.report),
        reader.one(iri, "tkg:sourceLine"),
        reader.one(iri, "tkg:confidence"),
        reader.link(iri).path,
    )


def quotes_of(
    reader: Reader, fact: str, tasks: Collection[str] | None = None, most: int = 3
) -> list[Quote]:
    """Return the words of a fact, up to some of them, in the latest reports (see `proofs`)."""
    return [quote_of(reader, proof) for proof in latest_proofs(reader, fact, tasks)[:most]]


def quotes_by_task(
    reader: Reader, fact: str, tasks: Collection[str], most: int = 1
) -> dict[str, list[Quote]]:
    """Return the words of a thing in each of some tasks, up to some for each."""
    found: dict[str, list[Proof]] = {}
    for proof in latest_proofs(reader, fact, tasks):
        found.setdefault(proof.task, []).append(proof)
    return {task: [quote_of(reader, one) for one in ones[:most]] for task, ones in found.items()}


def find_in_sentence(text: str, sentence: str, start: int, at: int) -> int:
    """Return where in a sentence the words stand that begin at a place of the cell's text."""
    begin = text.rfind(sentence, 0, start + len(sentence))
    return start - begin if begin >= 0 else at
