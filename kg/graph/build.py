"""Build the graph of one or more reports, check it, and write it to a store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad

from kg.curation.apply import Curated, apply
from kg.curation.entries import Entry
from kg.curation.review import decisions
from kg.errors import InputError
from kg.extraction import extract
from kg.graph.curation import curation_quads
from kg.graph.derive import derived_quads
from kg.graph.mapping import report_quads
from kg.graph.ontology import ontology_quads
from kg.graph.scope import Scope
from kg.graph.store import write_store
from kg.graph.terms import BASE, is_base
from kg.graph.validation import Finding, severities, to_rdflib, validate_graph
from kg.model import Report, TaskFacts
from kg.reading import read
from kg.reading.corpus import Failure, read_corpus

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made.

    Attributes:
        store: The store's folder.
        reports: The reports that are in it.
        facts: How many names, quantities, dates, targets, parts, obstacles and states were found.
        quads: How many statements the graph holds.
        findings: What the shapes find wrong in the graph of each report (`kg validate`).
        unmatched: Decisions of curation files that match nothing in their source any more.
        failures: Files of a folder or pattern that could not be read.
    """

    store: Path
    reports: tuple[Report, ...]
    facts: int
    quads: int
    findings: tuple[Finding, ...] = ()
    unmatched: tuple[Entry, ...] = ()
    failures: tuple[Failure, ...] = ()


def build(
    sources: Sequence[str | Path],
    store: str | Path = "store",
    base: str = BASE,
    jurisdiction: str | None = None,
    progress: Progress | None = None,
    curation: str | Path | None = None,
    mapping: str | Path | None = None,
    with_people: bool = False,
) -> Built:
    """Read reports, extract their facts, derive what ties departments, and write all to a store.

    What the shapes find wrong is told and does not stop the build. A store that exists is
    replaced, and left as it is where anything goes wrong.

    Args:
        sources: Files to read, folders, and patterns such as `2021/*.pdf`; of these two, a file
            that cannot be read is left out and told.
        store: The store's folder.
        base: The base of all IRIs.
        jurisdiction: GB/T 2260 code of the district, where the titles do not tell it.
        progress: Called with the number of tasks done and of all tasks.
        curation: A curation file for all sources; without it the one beside each, if there is one.
        mapping: A file that tells what unusual headings mean, as for `kg.read`.
        with_people: Whether names of leaders, which are personal data, are kept.

    Raises:
        InputError: A source cannot be read, two are the same report, or the store not written.
    """
    if not is_base(base):
        raise InputError(
            f"base “{base}”: is no IRI; write an address such as https://example.org/kg"
        )
    base = base.rstrip("/")
    corpus = read_corpus(sources, lambda path: read(path, jurisdiction, mapping, with_people))
    reports = corpus.reports
    decided = [decisions(path, curation) for path in corpus.paths]
    total = sum(len(report.tasks) for report in reports)
    results: list[Curated] = []
    done = 0
    for report, entries in zip(reports, decided, strict=True):
        facts: list[TaskFacts] = []
        for found in extract(report):
            facts.append(found)
            done += 1
            if progress:
                progress(done, total)
        results.append(apply(facts, entries))
    vocabulary = set(ontology_quads(base))
    quads = set(vocabulary)
    findings: list[tuple[Finding, ...]] = []
    for report, result in zip(reports, results, strict=True):
        told = set(_quads(report, result, base))
        findings.append(validate_graph(to_rdflib(vocabulary | told)))
        quads |= told
    ties = set(derived_quads(quads, base))
    quads |= ties
    write_store(Path(store), quads, _about(corpus.paths, reports, findings, base))
    count = sum(_count(found) for result in results for found in result.facts)
    unmatched = tuple(entry for result in results for entry in result.unmatched)
    of_ties = validate_graph(to_rdflib(vocabulary | ties))
    found_wrong = tuple(chain.from_iterable((*findings, of_ties)))
    return Built(Path(store), reports, count, len(quads), found_wrong, unmatched, corpus.failures)


def _quads(report: Report, result: Curated, base: str) -> Iterator[Quad]:
    scope = Scope.of(report, result.facts, base)
    yield from report_quads(report, result.facts, scope)
    yield from curation_quads(result.applied, scope)


def _count(found: TaskFacts) -> int:
    lists = (
        found.names,
        found.quantities,
        found.dates,
        found.targets,
        found.parts,
        found.obstacles,
    )
    return sum(map(len, lists)) + (found.status is not None)


def _about(
    paths: Sequence[Path],
    reports: Sequence[Report],
    findings: Sequence[Sequence[Finding]],
    base: str,
) -> dict[str, object]:
    return {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version("taskkg"),
        "base": base,
        "reports": [
            {
                "identifier": report.identifier,
                "title": report.title,
                "source": path.name,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "tasks": len(report.tasks),
                "placed": round(report.coverage.share, 4),
                "rest": [{"line": line, "text": text} for line, text in report.coverage.rest],
                "problems": [asdict(problem) for problem in report.problems],
                "validity": severities(found),
            }
            for path, report, found in zip(paths, reports, findings, strict=True)
        ],
    }
