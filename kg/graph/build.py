"""Build the graph of one or more reports in a store, and change it report by report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, serialize

from kg.curation.entries import Entry
from kg.errors import InputError
from kg.graph.copies import draft_of
from kg.graph.derive import derived_graph, derived_quads
from kg.graph.digest import Digest, Job, Outline, Progress, digest, outline
from kg.graph.evidence import version
from kg.graph.ontology import ontology_quads
from kg.graph.plans import places_of
from kg.graph.processes import spread, workers
from kg.graph.recall import recall
from kg.graph.store import Draft, about_build
from kg.graph.terms import BASE, graph_name, is_base
from kg.graph.validation import Finding, validate_facts
from kg.history.numbering import Place
from kg.reading.corpus import files

_QUOTED = 30


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


@dataclass(slots=True)
class _Changes:
    """What has happened to a store so far."""

    reports: list[dict[str, Any]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmatched: list[Entry] = field(default_factory=list)


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
        jurisdiction: GB/T 2260 code of the district, where the titles do not tell it.
        progress: Called with how much is done and of how much: tasks of one source, or sources.
        curation: A curation file for all sources; without it the one beside each, if there is one.
        mapping: A file that tells what unusual headings mean, as for `kg.read`.
        with_people: Whether names of leaders, which are personal data, are kept.
        skip: Whether a source that cannot be read is left out and told, as it always is where a
            source is a folder or a pattern.

    Raises:
        InputError: A source cannot be read, two are the same report, or the store not written.
    """
    if not is_base(base):
        raise InputError(
            f"base “{base}”: is no IRI; write an address such as https://example.org/kg"
        )
    base = base.rstrip("/")
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
    base = str(about_build(store)["base"])
    paths, many = files(sources)
    jobs = [Job(path, base, jurisdiction, curation, mapping, with_people) for path in paths]
    with draft_of(store, keep=True) as draft:
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
        known = {entry["identifier"]: entry for entry in draft.about["reports"]}
        for report in reports:
            if report not in known:
                there = ", ".join(sorted(known)) or "none"
                raise InputError(f"report “{report}”: is not in {store}; there are: {there}")
        base = str(draft.about["base"])
        for report in reports:
            _take_out(draft, base, report)
        for plan in sorted({known[report]["plan"] for report in reports}):
            _derive(draft, base, plan)


def _change(
    store: str | Path,
    draft: Draft,
    base: str,
    jobs: Sequence[Job],
    progress: Progress | None,
    skip: bool,
) -> Built:
    """Put the reports of some sources into a build, in the place of earlier states of theirs."""
    changes = _Changes()
    reports = draft.about.setdefault("reports", [])
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

    with workers(len(changed)) as pool:
        outlines: list[Outline] = []
        for read_source in spread(pool, _outline, changed, None):
            if isinstance(read_source, InputError):
                refuse(read_source)
            else:
                outlines.append(read_source)
        # Before rows are numbered: what is refused must not lend its numbers to the rest.
        outlines = _distinct(outlines, draft, refuse)
        places = places_of(draft.graph, draft.about["reports"], outlines)
        # Plan by plan: what is derived for one is derived while its reports are at hand.
        outlines.sort(key=_plan)
        steps = [(made, places[made.report.identifier]) for made in outlines]
        digests = zip(outlines, spread(pool, _digest, steps, progress), strict=True)
        for plan, members in groupby(digests, lambda member: _plan(member[0])):
            fresh: list[bytes] = []
            for _, made in members:
                if isinstance(made, InputError):
                    refuse(made)
                    continue
                _take_out(draft, base, made.about["identifier"])
                draft.load(made.quads, made.triples)
                fresh.append(made.triples)
                changes.reports.append(made.about)
                changes.findings += made.findings
                changes.unmatched += made.unmatched
            if fresh:
                changes.findings += _derive(draft, base, plan, fresh)
    if changes.failed and not changes.reports and not changes.unchanged:
        raise InputError(changes.failed[0])
    draft.about["reports"] = sorted(
        [*draft.about["reports"], *changes.reports], key=lambda entry: str(entry["identifier"])
    )
    draft.about |= {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version("taskkg"),
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


def _fingerprint(job: Job) -> str:
    try:
        return job.fingerprint()
    except OSError:
        return ""  # reading it tells what is wrong


def _plan(read_source: Outline) -> str:
    return read_source.report.plan


def _outline(job: Job, _: Progress | None) -> Outline | InputError:
    try:
        return outline(job)
    except InputError as error:
        return error


def _digest(
    step: tuple[Outline, Mapping[int, Place]], progress: Progress | None
) -> Digest | InputError:
    try:
        return digest(*step, progress)
    except InputError as error:
        return error


def _distinct(
    outlines: Iterable[Outline], draft: Draft, refuse: Callable[[InputError], None]
) -> list[Outline]:
    """Return the sources that are each a report of its own."""
    kept: dict[str, Outline] = {}
    for source in outlines:
        try:
            _check_distinct(source, kept.get(source.report.identifier), draft)
        except InputError as error:
            refuse(error)
        else:
            kept[source.report.identifier] = source
    return list(kept.values())


def _check_distinct(source: Outline, first: Outline | None, draft: Draft) -> None:
    """Refuse a source that claims to be the report of another file; the same file may change."""
    path, identifier = source.job.source, source.report.identifier
    before = (
        entry["source"]
        for entry in draft.about["reports"]
        if entry["identifier"] == identifier and entry["source"] != Path(path).name
    )
    other = Path(first.job.source).name if first else next(before, None)
    if other is None:
        return
    mine, theirs = (
        {t.number: (t.task.text, t.progress.text, t.department_cell.text) for t in report.tasks}
        for report in (
            source.whole(),
            first.whole() if first else recall(draft.graph, identifier)[0].report,
        )
    )
    differ = sorted(row for row in {*mine, *theirs} if mine.get(row) != theirs.get(row))
    if not differ:
        raise InputError(
            f"{path}: is the same report as {other} ({identifier}); give only one of them, or take "
            f"out the other (kg remove {identifier})"
        )
    text = (mine.get(differ[0]) or theirs[differ[0]])[0]
    raise InputError(
        f"{path}: claims the same date and district as {other} ({identifier}), but they differ in "
        f"{len(differ)} of {len({*mine, *theirs})} tasks, the first task {differ[0]} "
        f"(“{text[:_QUOTED]}”); mend the date or district in the title of one, or give only the "
        f"right one (kg remove {identifier} takes out the other)"
    )


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
