"""Build the graph of reports in a store; add and remove reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.curation.entries import Entry
from kg.errors import InputError
from kg.graph.changes import add_reports, remove_reports
from kg.graph.digest import Job, Progress
from kg.graph.rdf.ontology import ontology_quads
from kg.graph.rdf.terms import BASE, check_base
from kg.graph.stores.embedded import Draft
from kg.graph.stores.remote_builds import open_draft
from kg.graph.validation import Finding
from kg.reading.corpus import expand_sources
from kg.version import __version__


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The result of a build.

    Attributes:
        store: The store's folder or address.
        reports: The metadata of each report that was built, as stored in `build.json`.
        unchanged: Identifiers of the reports that the store already held.
        failed: Why sources were skipped, one sentence each.
        quads: Number of statements in the graph.
        findings: SHACL findings about what was built (`kg validate`).
        unmatched: Entries of curation files that no longer match anything in their source.
    """

    store: str | Path
    reports: tuple[dict[str, Any], ...]
    unchanged: tuple[str, ...]
    failed: tuple[str, ...]
    quads: int
    findings: tuple[Finding, ...]
    unmatched: tuple[Entry, ...]


def build(
    sources: Sequence[str | Path],
    store: str | Path = "store",
    base: str = BASE,
    jurisdiction: str | None = None,
    progress: Progress | None = None,
    curation: str | Path | None = None,
    mapping: str | Path | None = None,
    with_people: bool = False,
    skip: bool = False,
) -> BuildResult:
    """Read reports, extract their facts, derive ties between departments, and write a store.

    SHACL findings are returned and do not stop the build. An existing store is replaced; if the
    build fails, it stays as it was.

    Args:
        sources: Files to read, folders, and patterns such as `2021/*.pdf`.
        store: The store's folder, or the address of a SPARQL server.
        base: The base of all IRIs.
        jurisdiction: Code of the place whose reports these are, if the titles do not name it.
        progress: Called with the number done and the total: tasks of a single source, or sources.
        curation: A curation file for all sources; by default the one beside each source, if any.
        mapping: A file that maps unusual headings to columns, as for `kg.read`.
        with_people: Whether to keep names of leaders, which are personal data.
        skip: Whether to skip and report sources that cannot be read. Sources of folders and
            patterns are always skipped.

    Raises:
        InputError: A source cannot be read, two sources are the same report, or the store cannot
            be written.
    """
    base = check_base(base)
    paths, many = expand_sources(sources)
    jobs = [Job(path, base, jurisdiction, curation, mapping, with_people) for path in paths]
    with open_draft(store) as draft:
        draft.extend(set(ontology_quads(base)))
        return _write_reports(store, draft, base, jobs, progress, skip or many)


def add(
    sources: Sequence[str | Path],
    store: str | Path = "store",
    jurisdiction: str | None = None,
    progress: Progress | None = None,
    curation: str | Path | None = None,
    mapping: str | Path | None = None,
    with_people: bool = False,
    skip: bool = False,
) -> BuildResult:
    """Add reports to a store; only their plans are derived again, and unchanged files are skipped.

    Args:
        sources: Files to read.
        store: The store's folder, or the address of a SPARQL server.
        jurisdiction: As for `build`.
        progress: As for `build`.
        curation: As for `build`.
        mapping: As for `build`.
        with_people: As for `build`.
        skip: As for `build`.

    Raises:
        InputError: As for `build`, or there is no store. The store stays as it was.
    """
    paths, many = expand_sources(sources)
    with open_draft(store, keep=True) as draft:
        base = str(draft.about["base"])
        jobs = [Job(path, base, jurisdiction, curation, mapping, with_people) for path in paths]
        return _write_reports(store, draft, base, jobs, progress, skip or many)


def remove(reports: Sequence[str], store: str | Path = "store") -> None:
    """Remove reports from a store.

    Args:
        reports: Their identifiers.
        store: The store's folder, or the address of a SPARQL server.

    Raises:
        InputError: There is no store, or it holds no such report; the message lists those it holds.
    """
    with open_draft(store, keep=True) as draft:
        known = {entry["identifier"] for entry in draft.about["reports"]}
        for report in reports:
            if report not in known:
                existing = ", ".join(sorted(known)) or "none"
                raise InputError(f"report “{report}”: is not in {store}; it holds: {existing}")
        remove_reports(draft, reports)


def _write_reports(
    store: str | Path,
    draft: Draft,
    base: str,
    jobs: Sequence[Job],
    progress: Progress | None,
    skip: bool,
) -> BuildResult:
    changes = add_reports(draft, base, jobs, progress, skip)
    if changes.failed and not changes.reports and not changes.unchanged:
        raise InputError(changes.failed[0])
    draft.about |= {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "base": base,
    }
    return BuildResult(
        store,
        tuple(changes.reports),
        tuple(changes.unchanged),
        tuple(changes.failed),
        draft.count_statements(),
        tuple(changes.findings),
        tuple(changes.unmatched),
    )
