"""Turn one source into the graph of its report: read, extract, curate, map and validate."""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kg.curation.apply import CuratedFacts, apply_entries
from kg.curation.doubts import find_doubts
from kg.curation.entries import Entry
from kg.curation.review import find_curation_file, load_decisions
from kg.extraction.facts import extract
from kg.graph.mapping.curation import curation_statements
from kg.graph.mapping.report import report_statements
from kg.graph.mapping.scope import Scope
from kg.graph.rdf.ntriples import write_statements
from kg.graph.validation import Finding, count_severities, validate_facts
from kg.history.place import Place
from kg.model import Cell, Report, TaskFacts
from kg.reading import mapping_file, read
from kg.reading.review import missing_facts
from kg.version import __version__

Progress = Callable[[int, int], None]

# Doubts about a report that are stored in `build.json`, the most valuable first.
_KEPT_DOUBTS = 50


@dataclass(frozen=True, slots=True)
class Job:
    """A source to build, with its options.

    Attributes:
        source: The file.
        base: The base of all IRIs.
        jurisdiction: Code of the place, if the title does not name it.
        curation: A curation file; by default the one beside the source, if any.
        mapping: A file that maps unusual headings to columns; by default the one beside the source.
        with_people: Whether to keep names of leaders.
    """

    source: str | Path
    base: str
    jurisdiction: str | None = None
    curation: str | Path | None = None
    mapping: str | Path | None = None
    with_people: bool = False

    def fingerprint(self) -> str:
        """Return a SHA-256 of all that determines a report's graph: files, options, version."""
        options = f"{__version__} {self.base} {self.jurisdiction} {self.with_people}"
        fingerprint = hashlib.sha256(options.encode())
        source = Path(self.source)
        metadata = source.with_name(f"{source.name}-metadata.json")
        beside = find_curation_file(source, self.curation), mapping_file(source, self.mapping)
        for path in (source, metadata, *beside):
            if path is not None and path.is_file():
                fingerprint.update(hashlib.sha256(path.read_bytes()).digest())
        return fingerprint.hexdigest()


@dataclass(frozen=True, slots=True)
class Digest:
    """The graph of one report.

    Attributes:
        about: The metadata of the report, as stored in `build.json`.
        quads: Its statements, as N-Quads.
        triples: The same without graph names and duplicates, as N-Triples.
        findings: SHACL findings.
        unmatched: Entries of the curation file that no longer match anything in the source.
    """

    about: dict[str, Any]
    quads: bytes
    triples: bytes
    findings: tuple[Finding, ...]
    unmatched: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A source that was read, with everything its graph is made from; the file is not read again.

    Attributes:
        job: The source.
        report: Its report, without the progress and department cells.
        packed: The full report, pickled and compressed.
        entries: The entries of its curation file.
        sha256: The SHA-256 of the file.
        fingerprint: The result of `Job.fingerprint`.
    """

    job: Job
    report: Report
    packed: bytes
    entries: tuple[Entry, ...]
    sha256: str
    fingerprint: str

    @property
    def decided_numbers(self) -> dict[int, int]:
        """Numbers in the plan that the curation file assigns to rows; 0 for a new task."""
        return {
            entry.task: int(entry.to or 0)
            for entry in self.entries
            if entry.kind == "task" and entry.task is not None
        }

    def full_report(self) -> Report:
        """Return the full report."""
        report: Report = pickle.loads(zlib.decompress(self.packed))
        return report


def read_outline(job: Job) -> Outline:
    """Read a source and its curation file.

    Raises:
        InputError: One of the files cannot be read.
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
        load_decisions(job.source, job.curation),
        hashlib.sha256(Path(job.source).read_bytes()).hexdigest(),
        job.fingerprint(),
    )


def digest_outline(
    read_source: Outline, rows: Mapping[int, Place], progress: Progress | None = None
) -> Digest:
    """Return the graph of a source's report.

    Args:
        read_source: The source.
        rows: The places of the report's rows in the plan.
        progress: Called with the number of tasks done and the number of all tasks.
    """
    report = read_source.full_report()
    facts: list[TaskFacts] = []
    for found in extract(report):
        facts.append(found)
        if progress:
            progress(len(facts), len(report.tasks))
    curated = apply_entries(facts, read_source.entries)
    scope = Scope.of(report, curated.facts, read_source.job.base, rows)
    reported = dict.fromkeys(report_statements(report, curated.facts, scope))
    decided = dict.fromkeys(curation_statements(curated.applied, scope))
    quads = write_statements(reported, scope.graph("report"))
    quads += write_statements(decided, scope.graph("curation"))
    triples = write_statements(reported | decided)
    findings = validate_facts(triples)
    about = _about(read_source, report, curated, scope, findings)
    return Digest(about, quads, triples, findings, curated.unmatched)


def _about(
    read_source: Outline,
    report: Report,
    curated: CuratedFacts,
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
        "facts": sum(map(_count_facts, curated.facts)),
        "placed": round(report.coverage.share, 4),
        "rest": [{"line": line, "text": text} for line, text in report.coverage.rest],
        "unsettled": missing_facts(report),
        "problems": [asdict(problem) for problem in report.problems],
        "validity": count_severities(findings),
        "doubts": len(doubts),
        "review": [asdict(doubt) for doubt in doubts[:_KEPT_DOUBTS]],
    }


def _count_facts(found: TaskFacts) -> int:
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
