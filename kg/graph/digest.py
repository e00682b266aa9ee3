"""From one source to the graph of its report: read, extracted, curated, mapped and checked."""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kg.curation.apply import Curated, apply
from kg.curation.doubts import find_doubts
from kg.curation.entries import Entry
from kg.curation.review import curation_file, decisions
from kg.extraction.facts import extract
from kg.graph.curation import curation_statements
from kg.graph.mapping import report_statements
from kg.graph.ntriples import written
from kg.graph.scope import Scope
from kg.graph.validation import Finding, severities, validate_facts
from kg.history.place import Place
from kg.model import Cell, Report, TaskFacts
from kg.reading import mapping_file, read
from kg.reading.review import unsettled
from kg.version import __version__

Progress = Callable[[int, int], None]

# How many of the doubts about a report are kept beside its graph, the most valuable first.
_REVIEWED = 50


@dataclass(frozen=True, slots=True)
class Job:
    """A source that is to be built: where it is, and what is given for it.

    Attributes:
        source: The file.
        base: The base of all IRIs.
        jurisdiction: Code of the place that it is of, where the title does not tell it.
        curation: A curation file; without it the one beside the source, if there is one.
        mapping: A file that tells what unusual headings mean, likewise.
        with_people: Whether names of leaders are kept.
    """

    source: str | Path
    base: str
    jurisdiction: str | None = None
    curation: str | Path | None = None
    mapping: str | Path | None = None
    with_people: bool = False

    def fingerprint(self) -> str:
        """Return a SHA-256 of all that a report's graph comes from: files, options, version."""
        options = f"{__version__} {self.base} {self.jurisdiction} {self.with_people}"
        told = hashlib.sha256(options.encode())
        source = Path(self.source)
        metadata = source.with_name(f"{source.name}-metadata.json")
        beside = curation_file(source, self.curation), mapping_file(source, self.mapping)
        for path in (source, metadata, *beside):
            if path is not None and path.is_file():
                told.update(hashlib.sha256(path.read_bytes()).digest())
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Digest:
    """The graph of one report.

    Attributes:
        about: What is known of it, as it is kept beside the store.
        quads: Its statements, as N-Quads.
        triples: The same without the names of their graphs, each once, as N-Triples.
        findings: What the shapes find wrong.
        unmatched: Decisions of the curation file that match nothing in the source any more.
    """

    about: dict[str, Any]
    quads: bytes
    triples: bytes
    findings: tuple[Finding, ...]
    unmatched: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A source that was read, and all that its graph comes from: the file is not needed again.

    Attributes:
        job: The source.
        report: Its report, the cells of progress left empty.
        packed: The whole report, packed so that many can wait.
        entries: What a person decided about it.
        sha256: Of the file.
        fingerprint: Of all that the report's graph comes from, as `Job.fingerprint` gives it.
    """

    job: Job
    report: Report
    packed: bytes
    entries: tuple[Entry, ...]
    sha256: str
    fingerprint: str

    @property
    def decided(self) -> dict[int, int]:
        """For rows of which a person decided it, their number in the plan; 0 for none yet."""
        return {
            entry.task: int(entry.to or 0)
            for entry in self.entries
            if entry.kind == "task" and entry.task is not None
        }

    def whole(self) -> Report:
        """Return the whole report."""
        report: Report = pickle.loads(zlib.decompress(self.packed))
        return report


def outline(job: Job) -> Outline:
    """Read a source.

    Raises:
        InputError: It or its curation file cannot be read.
    """
    report = read(job.source, job.jurisdiction, job.mapping, job.with_people)
    none = Cell("")
    tasks = (
        replace(task, task=Cell(task.task.text), progress=none, department_cell=none)
        for task in report.tasks
    )
    return Outline(
        job,
        replace(report, tasks=tuple(tasks)),
        zlib.compress(pickle.dumps(report), zlib.Z_BEST_SPEED),
        decisions(job.source, job.curation),
        hashlib.sha256(Path(job.source).read_bytes()).hexdigest(),
        job.fingerprint(),
    )


def digest(
    read_source: Outline, rows: Mapping[int, Place], progress: Progress | None = None
) -> Digest:
    """Return the graph of a source's report.

    Args:
        read_source: The source.
        rows: Where the rows of the report stand in its plan.
        progress: Called with the number of tasks done and of all tasks.
    """
    report = read_source.whole()
    facts: list[TaskFacts] = []
    for found in extract(report):
        facts.append(found)
        if progress:
            progress(len(facts), len(report.tasks))
    curated = apply(facts, read_source.entries)
    scope = Scope.of(report, curated.facts, read_source.job.base, rows)
    told = dict.fromkeys(report_statements(report, curated.facts, scope))
    decided = dict.fromkeys(curation_statements(curated.applied, scope))
    quads = written(told, scope.graph("report")) + written(decided, scope.graph("curation"))
    triples = written(told | decided)
    findings = validate_facts(triples)
    about = _about(read_source, report, curated, scope, findings)
    return Digest(about, quads, triples, findings, curated.unmatched)


def _about(
    read_source: Outline,
    report: Report,
    curated: Curated,
    scope: Scope,
    findings: tuple[Finding, ...],
) -> dict[str, Any]:
    doubts = find_doubts(report, curated.facts, curated.applied)
    return {
        "identifier": report.identifier,
        "plan": report.plan,
        "place": scope.place,
        "title": report.title,
        "as_of": report.as_of,
        "source": Path(read_source.job.source).name,
        "sha256": read_source.sha256,
        "fingerprint": read_source.fingerprint,
        "tasks": len(report.tasks),
        "facts": sum(map(_count, curated.facts)),
        "placed": round(report.coverage.share, 4),
        "rest": [{"line": line, "text": text} for line, text in report.coverage.rest],
        "unsettled": unsettled(report),
        "problems": [asdict(problem) for problem in report.problems],
        "validity": severities(findings),
        "doubts": len(doubts),
        "review": [asdict(doubt) for doubt in doubts[:_REVIEWED]],
    }


def _count(found: TaskFacts) -> int:
    lists = (
        found.names,
        found.quantities,
        found.dates,
        found.targets,
        found.parts,
        found.obstacles,
        found.plans,
    )
    return sum(map(len, lists)) + (found.status is not None)
