"""Build the graph of one or more reports in a store, and change it report by report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.curation.entries import Entry
from kg.errors import InputError
from kg.graph.changes import put_in, take_out
from kg.graph.copies import draft_of
from kg.graph.digest import Job, Progress
from kg.graph.ontology import ontology_quads
from kg.graph.store import Draft
from kg.graph.terms import BASE, checked_base
from kg.graph.validation import Finding
from kg.reading.corpus import files
from kg.version import __version__


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made.

    Attributes:
        store: The store's folder or address.
        reports: What is known of each report that was built, as `build.json` keeps it.
        unchanged: Identifiers of the reports that were there already.
        failed: Why sources were left out, a sentence each.
        quads: How many statements the graph holds.
        findings: What the shapes find wrong in what was built (`kg validate`).
        unmatched: Decisions of curation files that match nothing in their source any more.
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
) -> Built:
    """Read reports, extract their facts, derive what ties departments, and write all to a store.

    What the shapes find wrong is told and does not stop the build. A store that exists is
    replaced, and left as it is where anything goes wrong.

    Args:
        sources: Files to read, folders, and patterns such as `2021/*.pdf`.
        store: The store's folder, or the address of a SPARQL server.
        base: The base of all IRIs.
        jurisdiction: Code of the place that it is of, where the titles do not tell it.
        progress: Called with how much is done and of how much: tasks of one source, or sources.
        curation: A curation file for all sources; without it the one beside each, if there is one.
        mapping: A file that tells what unusual headings mean, as for `kg.read`.
        with_people: Whether names of leaders, which are personal data, are kept.
        skip: Whether a source that cannot be read is left out and told, as it always is where a
            source is a folder or a pattern.

    Raises:
        InputError: A source cannot be read, two are the same report, or the store not written.
    """
    base = checked_base(base)
    paths, many = files(sources)
    jobs = [Job(path, base, jurisdiction, curation, mapping, with_people) for path in paths]
    with draft_of(store) as draft:
        draft.extend(set(ontology_quads(base)))
        return _change(store, draft, base, jobs, progress, skip or many)


def add(
    sources: Sequence[str | Path],
    store: str | Path = "store",
    jurisdiction: str | None = None,
    progress: Progress | None = None,
    curation: str | Path | None = None,
    mapping: str | Path | None = None,
    with_people: bool = False,
    skip: bool = False,
) -> Built:
    """Add reports to a store; only what they touch is built anew, and unchanged files are skipped.

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
        InputError: As for `build`, or there is no store. It is left as it was.
    """
    paths, many = files(sources)
    with draft_of(store, keep=True) as draft:
        base = str(draft.about["base"])
        jobs = [Job(path, base, jurisdiction, curation, mapping, with_people) for path in paths]
        return _change(store, draft, base, jobs, progress, skip or many)


def remove(reports: Sequence[str], store: str | Path = "store") -> None:
    """Take reports out of a store.

    Args:
        reports: Their identifiers.
        store: The store's folder, or the address of a SPARQL server.

    Raises:
        InputError: There is no store, or no such report in it; the message names those there are.
    """
    with draft_of(store, keep=True) as draft:
        known = {entry["identifier"] for entry in draft.about["reports"]}
        for report in reports:
            if report not in known:
                there = ", ".join(sorted(known)) or "none"
                raise InputError(f"report “{report}”: is not in {store}; there are: {there}")
        take_out(draft, reports)


def _change(
    store: str | Path,
    draft: Draft,
    base: str,
    jobs: Sequence[Job],
    progress: Progress | None,
    skip: bool,
) -> Built:
    changes = put_in(draft, base, jobs, progress, skip)
    if changes.failed and not changes.reports and not changes.unchanged:
        raise InputError(changes.failed[0])
    draft.about |= {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "base": base,
    }
    return Built(
        store,
        tuple(changes.reports),
        tuple(changes.unchanged),
        tuple(changes.failed),
        draft.statements(),
        tuple(changes.findings),
        tuple(changes.unmatched),
    )
