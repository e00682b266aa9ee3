"""Put the reports of sources into a build or take reports out, and derive what that touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import RdfFormat, serialize

from kg.curation.entries import Entry
from kg.errors import InputError
from kg.graph.derive import derived_graph, derived_quads
from kg.graph.digest import Digest, Job, Progress, digest
from kg.graph.plans import places_of
from kg.graph.processes import spread, workers
from kg.graph.recall import recall
from kg.graph.rivals import rival
from kg.graph.store import Draft
from kg.graph.terms import graph_name
from kg.graph.validation import Finding, validate_facts
from kg.graph.waiting import Waiting, wait
from kg.history.place import Place
from kg.reading.budget import SECONDS, memory_error, time_limit

# Characters of an error that are told.
_TOLD = 120


@dataclass(slots=True)
class Changes:
    """What has happened to a build.

    Attributes:
        reports: What is known of each report that was put in.
        unchanged: Identifiers of the reports that were there already.
        failed: Why sources were left out, a sentence each.
        findings: What the shapes find wrong in what was put in.
        unmatched: Decisions of curation files that match nothing in their source any more.
    """

    reports: list[dict[str, Any]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmatched: list[Entry] = field(default_factory=list)


def put_in(
    draft: Draft, base: str, jobs: Sequence[Job], progress: Progress | None, skip: bool
) -> Changes:
    """Put the reports of some sources into a build, in the place of earlier states of theirs.

    Args:
        draft: The build.
        base: The base of all IRIs.
        jobs: The sources.
        progress: Called with how much is done and of how much: tasks of one source, or sources.
        skip: Whether a source that cannot be read is left out and told.

    Raises:
        InputError: A source cannot be read, or two are the same report.
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

    with TemporaryDirectory(prefix="taskkg-") as room, workers(len(changed), skip) as pool:
        steps = [(job, Path(room), skip) for job in changed]
        read_sources = []
        for found in spread(pool, _wait, steps, len(steps), None, _lost_source):
            if isinstance(found, InputError):
                refuse(found)
            else:
                read_sources.append(found)
        # Before rows are numbered: what is refused must not lend its numbers to the rest.
        kept = _distinct(read_sources, draft, refuse)
        # Plan by plan: what is derived for one is derived while its reports are at hand.
        kept.sort(key=_plan)
        placed = ((*one, skip) for one in _placed(kept, draft, reports))
        made = spread(pool, _digest, placed, len(kept), progress, _lost_report)
        digests = zip(kept, made, strict=True)
        for plan, members in groupby(digests, lambda member: member[0].plan):
            fresh: list[bytes] = []
            for _, digested in members:
                if isinstance(digested, InputError):
                    refuse(digested)
                    continue
                _take_out(draft, base, digested.about["identifier"])
                draft.load(digested.quads, digested.triples)
                fresh.append(digested.triples)
                changes.reports.append(digested.about)
                changes.findings += digested.findings
                changes.unmatched += digested.unmatched
            if fresh:
                changes.findings += _derive(draft, base, plan, fresh)
    draft.about["reports"] = sorted(
        [*draft.about["reports"], *changes.reports], key=lambda entry: str(entry["identifier"])
    )
    return changes


def take_out(draft: Draft, reports: Iterable[str]) -> None:
    """Take reports out of a build.

    Args:
        draft: The build.
        reports: Identifiers of reports that it holds.
    """
    base = str(draft.about["base"])
    plans = {entry["identifier"]: entry["plan"] for entry in draft.about["reports"]}
    touched = sorted({plans[report] for report in reports})
    for report in reports:
        _take_out(draft, base, report)
    for plan in touched:
        _derive(draft, base, plan)


_plan = attrgetter("plan")


def _fingerprint(job: Job) -> str:
    try:
        return job.fingerprint()
    except OSError:
        return ""  # reading it tells what is wrong


def _wait(step: tuple[Job, Path, bool], _: Progress | None) -> Waiting | InputError:
    job, room, skip = step
    try:
        return wait(job, room)
    except InputError as error:
        return error
    except MemoryError:
        return memory_error(job.source)
    except Exception as error:
        if not skip:
            raise
        return _fault(job.source, error)


def _lost_source(step: tuple[Job, Path, bool], told: str) -> InputError:
    return _lost(step[0].source, told)


def _lost_report(step: tuple[Waiting, Mapping[int, Place], bool], told: str) -> InputError:
    return _lost(step[0].source, told)


def _lost(source: str | Path, told: str) -> InputError:
    return InputError(f"{source}: is left out ({told}); give the part of it that lists tasks")


def _fault(source: str | Path, error: Exception) -> InputError:
    """Return what is told of a source at which taskkg itself failed; the others are built."""
    told = " ".join(str(error).split())[:_TOLD]
    return InputError(
        f"{source}: is left out by a fault of taskkg ({type(error).__name__}: {told}); build it "
        "alone to see where, and report that with the file"
    )


def _placed(
    sources: Iterable[Waiting], draft: Draft, entries: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Waiting, Mapping[int, Place]]]:
    """Yield each source, sorted by plan, with where its rows stand in the plan."""
    of_plan: dict[str, list[str]] = {}
    for entry in entries:
        of_plan.setdefault(entry["plan"], []).append(entry["identifier"])
    for plan, group in groupby(sources, _plan):
        members = list(group)
        new = {member.identifier for member in members}
        stay = [identifier for identifier in of_plan.get(plan, ()) if identifier not in new]
        places = places_of(draft.graph, stay, [member.outline() for member in members])
        for member in members:
            yield member, places[member.identifier]


def _digest(
    step: tuple[Waiting, Mapping[int, Place], bool], progress: Progress | None
) -> Digest | InputError:
    source, rows, skip = step
    outline = source.outline()
    try:
        with time_limit(source.source, SECONDS + len(outline.report.tasks)):
            return digest(outline, rows, progress)
    except InputError as error:
        return error
    except MemoryError:
        return memory_error(source.source)
    except Exception as error:
        if not skip:
            raise
        return _fault(source.source, error)


def _distinct(
    sources: Iterable[Waiting], draft: Draft, refuse: Callable[[InputError], None]
) -> list[Waiting]:
    """Return the sources that are each a report of its own; the same file may change."""
    before = {entry["identifier"]: entry["source"] for entry in draft.about["reports"]}
    kept: dict[str, Waiting] = {}
    for source in sources:
        identifier, name = source.identifier, Path(source.source).name
        if first := kept.get(identifier):
            other, report = Path(first.source).name, first.outline().whole()
        elif before.get(identifier, name) != name:
            other, report = before[identifier], recall(draft.graph, identifier)[0].report
        else:
            kept[identifier] = source
            continue
        whole = source.outline().whole()
        refuse(InputError(rival(str(source.source), whole, other, report)))
    return list(kept.values())


def _take_out(draft: Draft, base: str, report: str) -> None:
    if all(entry["identifier"] != report for entry in draft.about["reports"]):
        return
    for kind in ("report", "curation"):
        draft.remove(graph_name(base, kind, report))
    draft.about["reports"] = [
        entry for entry in draft.about["reports"] if entry["identifier"] != report
    ]


def _derive(draft: Draft, base: str, plan: str, fresh: Sequence[bytes] = ()) -> list[Finding]:
    """Derive anew what holds of a plan and ties its departments; return what is wrong with it.

    Args:
        draft: The build; what it tells of the plan's reports that are not fresh is read from it.
        base: The base of all IRIs.
        plan: The plan.
        fresh: The statements of the reports that were put in just now, as N-Triples.
    """
    graphs = [
        graph_name(base, "report", entry["identifier"])
        for entry in draft.about["reports"]
        if entry["plan"] == plan
    ]
    draft.remove(derived_graph(base, plan))
    earlier = (draft.graph.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) for graph in graphs)
    ties = set(derived_quads(chain(filter(None, earlier), fresh), base, plan))
    draft.extend(ties)
    triples = serialize({quad.triple for quad in ties}, format=RdfFormat.N_TRIPLES)
    assert triples is not None
    return list(validate_facts(triples))
