"""Add reports to a build or remove them, and derive the affected plans again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from pyoxigraph import RdfFormat, serialize

from kg.curation.entries import Entry
from kg.errors import InputError
from kg.graph.derive import derived_graph_name, derived_quads
from kg.graph.digest import Digest, Job, Progress, digest_outline
from kg.graph.duplicates import duplicate_message
from kg.graph.processes import map_in_order, start_workers
from kg.graph.rdf.terms import graph_name
from kg.graph.row_places import find_row_places
from kg.graph.stored_report import load_report
from kg.graph.stored_sources import StoredSource, store_source
from kg.graph.stores.embedded import Draft
from kg.graph.validation import Finding, validate_facts
from kg.history.place import Place
from kg.reading.budget import SECONDS, memory_error, time_limit

T = TypeVar("T")

# Characters of an error that are quoted.
_LONGEST_MESSAGE = 120


@dataclass(slots=True)
class Changes:
    """The changes made to a build.

    Attributes:
        reports: The metadata of each report that was added.
        unchanged: Identifiers of the reports that the build already held.
        failed: Why sources were skipped, one sentence each.
        findings: SHACL findings about what was added.
        unmatched: Entries of curation files that no longer match anything in their source.
    """

    reports: list[dict[str, Any]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmatched: list[Entry] = field(default_factory=list)


def add_reports(
    draft: Draft, base: str, jobs: Sequence[Job], progress: Progress | None, skip: bool
) -> Changes:
    """Add the reports of sources to a build; a report that it already holds is replaced.

    Args:
        draft: The build.
        base: The base of all IRIs.
        jobs: The sources.
        progress: Called with the number done and the total: tasks of a single source, or sources.
        skip: Whether to skip and report sources that cannot be read.

    Raises:
        InputError: A source cannot be read, or two sources are the same report.
    """
    changes = Changes()
    reports: list[dict[str, Any]] = draft.about.setdefault("reports", [])
    known = {entry["fingerprint"]: entry["identifier"] for entry in reports}
    changed = []
    for job in jobs:
        if identifier := known.get(_fingerprint(job)):
            changes.unchanged.append(identifier)
        else:
            changed.append(job)

    def refuse(error: InputError) -> None:
        if not skip:
            raise error
        changes.failed.append(str(error))

    with TemporaryDirectory(prefix="taskkg-") as room, start_workers(len(changed), skip) as pool:
        steps = [(job, Path(room), skip) for job in changed]
        read_sources = []
        for found in map_in_order(pool, _read_source, steps, len(steps), None, _lost_source_error):
            if isinstance(found, InputError):
                refuse(found)
            else:
                read_sources.append(found)
        # Before rows are numbered: a refused source must not take part in the numbering.
        kept = _distinct_sources(read_sources, draft, refuse)
        # Plan by plan, so that each plan is derived while its reports are in memory.
        kept.sort(key=_plan_of)
        placed = ((*one, skip) for one in _with_places(kept, draft, reports))
        made = map_in_order(pool, _digest_source, placed, len(kept), progress, _lost_report_error)
        digests = zip(kept, made, strict=True)
        for plan, members in groupby(digests, lambda member: member[0].plan):
            fresh: list[bytes] = []
            for _, digested in members:
                if isinstance(digested, InputError):
                    refuse(digested)
                    continue
                _remove_report(draft, base, digested.about["identifier"])
                draft.load(digested.quads, digested.triples)
                fresh.append(digested.triples)
                changes.reports.append(digested.about)
                changes.findings += digested.findings
                changes.unmatched += digested.unmatched
            if fresh:
                changes.findings += _derive_plan(draft, base, plan, fresh)
    draft.about["reports"] = sorted(
        [*draft.about["reports"], *changes.reports], key=lambda entry: str(entry["identifier"])
    )
    return changes


def remove_reports(draft: Draft, reports: Iterable[str]) -> None:
    """Remove reports from a build.

    Args:
        draft: The build.
        reports: Identifiers of reports that it holds.
    """
    base = str(draft.about["base"])
    plans = {entry["identifier"]: entry["plan"] for entry in draft.about["reports"]}
    touched = sorted({plans[report] for report in reports})
    for report in reports:
        _remove_report(draft, base, report)
    for plan in touched:
        _derive_plan(draft, base, plan)


_plan_of = attrgetter("plan")


def _fingerprint(job: Job) -> str:
    try:
        return job.fingerprint()
    except OSError:
        return ""  # reading the file will report the error


def _read_source(step: tuple[Job, Path, bool], _: Progress | None) -> StoredSource | InputError:
    job, room, skip = step
    return _result_or_error(lambda: store_source(job, room), job.source, skip)


def _result_or_error(work: Callable[[], T], source: str | Path, skip: bool) -> T | InputError:
    """Return the result of work on a source, or the error of a source that can be skipped."""
    try:
        return work()
    except InputError as error:
        return error
    except MemoryError:
        return memory_error(source)
    except Exception as error:
        if not skip:
            raise
        return _internal_error(source, error)


def _lost_source_error(step: tuple[Job, Path, bool], reason: str) -> InputError:
    return _lost_error(step[0].source, reason)


def _lost_report_error(
    step: tuple[StoredSource, Mapping[int, Place], bool], reason: str
) -> InputError:
    return _lost_error(step[0].source, reason)


def _lost_error(source: str | Path, reason: str) -> InputError:
    return InputError(f"{source}: is skipped ({reason}); give only the part that lists tasks")


def _internal_error(source: str | Path, error: Exception) -> InputError:
    """Return the error for a source on which taskkg itself failed; other sources are built."""
    text = " ".join(str(error).split())[:_LONGEST_MESSAGE]
    return InputError(
        f"{source}: is skipped because of an error in taskkg ({type(error).__name__}: {text}); "
        "build it alone to see where it fails, and report that with the file"
    )


def _with_places(
    sources: Iterable[StoredSource], draft: Draft, entries: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[StoredSource, Mapping[int, Place]]]:
    """Yield each source with the places of its rows in the plan; sources are sorted by plan."""
    of_plan: dict[str, list[str]] = {}
    for entry in entries:
        of_plan.setdefault(entry["plan"], []).append(entry["identifier"])
    for plan, group in groupby(sources, _plan_of):
        members = list(group)
        new = {member.identifier for member in members}
        stay = [identifier for identifier in of_plan.get(plan, ()) if identifier not in new]
        places = find_row_places(draft.graph, stay, [member.outline() for member in members])
        for member in members:
            yield member, places[member.identifier]


def _digest_source(
    step: tuple[StoredSource, Mapping[int, Place], bool], progress: Progress | None
) -> Digest | InputError:
    source, rows, skip = step
    outline = source.outline()

    def digest() -> Digest:
        with time_limit(source.source, SECONDS + len(outline.report.tasks)):
            return digest_outline(outline, rows, progress)

    return _result_or_error(digest, source.source, skip)


def _distinct_sources(
    sources: Iterable[StoredSource], draft: Draft, refuse: Callable[[InputError], None]
) -> list[StoredSource]:
    """Return the sources without duplicate reports; a changed file may replace its own report."""
    before = {entry["identifier"]: entry["source"] for entry in draft.about["reports"]}
    kept: dict[str, StoredSource] = {}
    for source in sources:
        identifier, name = source.identifier, Path(source.source).name
        if first := kept.get(identifier):
            other, report = Path(first.source).name, first.outline().full_report()
        elif before.get(identifier, name) != name:
            other, report = before[identifier], load_report(draft.graph, identifier)[0].report
        else:
            kept[identifier] = source
            continue
        whole = source.outline().full_report()
        refuse(InputError(duplicate_message(str(source.source), whole, other, report)))
    return list(kept.values())


def _remove_report(draft: Draft, base: str, report: str) -> None:
    if all(entry["identifier"] != report for entry in draft.about["reports"]):
        return
    for kind in ("report", "curation"):
        draft.remove(graph_name(base, kind, report))
    draft.about["reports"] = [
        entry for entry in draft.about["reports"] if entry["identifier"] != report
    ]


def _derive_plan(draft: Draft, base: str, plan: str, fresh: Sequence[bytes] = ()) -> list[Finding]:
    """Derive the current state and the ties of a plan again; return the SHACL findings.

    Args:
        draft: The build; the plan's other reports are read from it.
        base: The base of all IRIs.
        plan: The plan.
        fresh: The statements of the reports that were added just now, as N-Triples.
    """
    graphs = [
        graph_name(base, "report", entry["identifier"])
        for entry in draft.about["reports"]
        if entry["plan"] == plan
    ]
    draft.remove(derived_graph_name(base, plan))
    earlier = (draft.graph.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) for graph in graphs)
    ties = set(derived_quads(chain(filter(None, earlier), fresh), base, plan))
    draft.extend(ties)
    triples = serialize({quad.triple for quad in ties}, format=RdfFormat.N_TRIPLES)
    assert triples is not None
    return list(validate_facts(triples))
