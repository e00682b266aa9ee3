"""The briefing on a department: its tasks, targets, partners and deadlines."""

from __future__ import annotations

from collections.abc import Sequence

from kg.briefing.content import Briefing, Point, Section
from kg.briefing.sections import (
    deadline_section,
    make_briefing,
    pair_quotes,
    source_titles,
    target_section,
    task_section,
    waiting_section,
)
from kg.charts.message import MOST, MessageLine
from kg.graph.stores.protocol import Graph
from kg.labels import MISSED
from kg.network.ties import Tie, ties_by_pair
from kg.planning.coordination import TieNetwork, read_network
from kg.planning.deadlines import read_deadlines
from kg.planning.reports import (
    ReportLine,
    department_reports,
)
from kg.planning.targets import read_targets
from kg.planning.tasks import read_tasks

# Maximum number of lines in a section.
_TIES = 12


def department_briefing(
    store: Graph, reports: Sequence[ReportLine], iri: str, english: bool
) -> Briefing:
    """Return the briefing on a department.

    Args:
        store: The graph.
        reports: All reports of the graph.
        iri: The IRI of the department.
        english: Whether it is in English.
    """
    network, own_reports = read_network(store, of=[iri]), department_reports(store, [iri])
    name = network.names[iri]
    tasks = [
        it for it in read_tasks(store, own_reports) if iri in {who.iri for who in it.departments}
    ]
    targets = [
        it for it in read_targets(store, own_reports) if iri in {who.iri for who in it.departments}
    ]
    deadlines = [
        it
        for it in read_deadlines(store, own_reports)
        if iri in {who.iri for who in it.departments}
    ]
    own = [tie for tie in network.ties if iri in tie.departments]
    partners = _partners(own, iri)
    lines = [
        MessageLine(
            name,
            "、".join(tie.name for tie in tied[:2]),
            network.names[partner],
            weight / partners[0][1],
        )
        for partner, weight, tied in partners[:MOST]
    ]
    if partners:
        first = network.names[partners[0][0]]
        message = (
            f"{name} has ties to {len(partners)} departments, the strongest to {first}"
            if english
            else f"{name}与{len(partners)}个部门有联系，最强的是{first}"
        )
    else:
        message = (
            f"{name} is responsible for {len(tasks)} tasks and has no ties to other departments"
            if english
            else f"{name}负责{len(tasks)}项任务，与其他部门没有联系"
        )
    sections = [
        task_section(tasks, "Its tasks" if english else "负责的任务", english),
        target_section(targets, english),
        _partner_section(network, iri, partners, english),
        waiting_section(own, dict(network.names), english),
        deadline_section(deadlines, english),
    ]
    missed = sum(it.judgement in MISSED for it in targets)
    figures = (
        (str(len(tasks)), "tasks" if english else "项任务"),
        (
            str(sum(it.status == "completed" for it in tasks)),
            "completed" if english else "项已完成",
        ),
        (str(missed), "targets behind" if english else "个目标落后"),
        (str(len(partners)), "connected departments" if english else "个部门与之有联系"),
    )
    title = f"{name}: briefing" if english else f"{name}简报"
    return make_briefing(
        name, title, message, figures, sections, lines, source_titles(reports), english
    )


def _partners(own: Sequence[Tie], iri: str) -> list[tuple[str, float, tuple[Tie, ...]]]:
    """Return the departments with ties to a department, with the weight and the ties, sorted."""
    found = [
        (next(it for it in pair if it != iri), sum(tie.weight for tie in tied), tied)
        for pair, tied in ties_by_pair(own).items()
        if iri in pair
    ]
    return sorted(found, key=lambda it: (-it[1], it[0]))


def _partner_section(
    network: TieNetwork,
    iri: str,
    partners: Sequence[tuple[str, float, tuple[Tie, ...]]],
    english: bool,
) -> Section | None:
    if not partners:
        return None
    points = tuple(
        Point(
            f"{network.names[partner]}"
            + (": " if english else "：")
            + "、".join(tie.name for tie in tied[:3])
            + f"（{'strength' if english else '强度'} {weight:.3g}）",
            pair_quotes(tied[0], (iri, partner), english),
        )
        for partner, weight, tied in partners[:_TIES]
    )
    return Section(
        "Connected departments" if english else "与哪些部门有联系",
        f"{len(partners)} departments." if english else f"共{len(partners)}个部门。",
        points,
    )
