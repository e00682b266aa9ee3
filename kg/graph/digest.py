"""From one source to the graph of its report: read, extracted, curated, mapped and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, serialize

from kg.curation.apply import Curated, apply
from kg.curation.entries import Entry
from kg.curation.review import curation_file, decisions
from kg.extraction import extract
from kg.graph.curation import curation_quads
from kg.graph.evidence import version
from kg.graph.mapping import report_quads
from kg.graph.ontology import ontology_quads
from kg.graph.scope import Scope
from kg.graph.validation import Finding, severities, to_rdflib, validate_graph
from kg.model import Report, TaskFacts
from kg.reading import read

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A source that is to be built: where it is, and what is given for it.

    Attributes:
        source: The file.
        base: The base of all IRIs.
        jurisdiction: GB/T 2260 code of the district, where the title does not tell it.
        curation: A curation file; without it the one beside the source, if there is one.
        with_people: Whether to keep the names of leaders.
    """

    source: str | Path
    base: str
    jurisdiction: str | None = None
    curation: str | Path | None = None
    with_people: bool = False

    def fingerprint(self) -> str:
        """Return a SHA-256 of all that a report's graph comes from: files, options, version."""
        options = f"{version('taskkg')} {self.base} {self.jurisdiction} {self.with_people}"
        told = hashlib.sha256(options.encode())
        source = Path(self.source)
        metadata = source.with_name(f"{source.name}-metadata.json")
        for path in (source, metadata, curation_file(source, self.curation)):
            if path is not None and path.is_file():
                told.update(hashlib.sha256(path.read_bytes()).digest())
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Digest:
    """The graph of one report.

    Attributes:
        about: What is known of it, as it is kept beside the store.
        quads: Its statements, as N-Quads.
        findings: What the shapes find wrong.
        unmatched: Decisions of the curation file that match nothing in the source any more.
    """

    about: dict[str, Any]
    quads: bytes
    findings: tuple[Finding, ...]
    unmatched: tuple[Entry, ...]


def digest(job: Job, progress: Progress | None = None) -> Digest:
    """Return the graph of a source's report.

    Args:
        job: The source.
        progress: Called with the number of tasks done and of all tasks.

    Raises:
        InputError: The source or its curation file cannot be read.
    """
    report = read(job.source, job.jurisdiction, job.with_people)
    entries = decisions(job.source, job.curation)
    facts: list[TaskFacts] = []
    for found in extract(report):
        facts.append(found)
        if progress:
            progress(len(facts), len(report.tasks))
    curated = apply(facts, entries)
    scope = Scope.of(report, curated.facts, job.base)
    quads = set(_quads(report, curated, scope))
    findings = validate_graph(to_rdflib(quads | _vocabulary(job.base)))
    # Once in their graphs and once in the default graph, as the store keeps them.
    both = chain(quads, (Quad(quad.subject, quad.predicate, quad.object) for quad in quads))
    packed = serialize(both, format=RdfFormat.N_QUADS)
    assert packed is not None
    about = _about(job, report, curated, scope, findings)
    return Digest(about, packed, findings, curated.unmatched)


def _quads(report: Report, curated: Curated, scope: Scope) -> Iterator[Quad]:
    yield from report_quads(report, curated.facts, scope)
    yield from curation_quads(curated.applied, scope)


@cache
def _vocabulary(base: str) -> frozenset[Quad]:
    return frozenset(ontology_quads(base))


def _about(
    job: Job, report: Report, curated: Curated, scope: Scope, findings: tuple[Finding, ...]
) -> dict[str, Any]:
    source = Path(job.source)
    return {
        "identifier": report.identifier,
        "plan": report.plan,
        "place": scope.place,
        "title": report.title,
        "as_of": report.as_of,
        "source": source.name,
        "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "fingerprint": job.fingerprint(),
        "tasks": len(report.tasks),
        "facts": sum(map(_count, curated.facts)),
        "placed": round(report.coverage.share, 4),
        "rest": [{"line": line, "text": text} for line, text in report.coverage.rest],
        "problems": [asdict(problem) for problem in report.problems],
        "validity": severities(findings),
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
