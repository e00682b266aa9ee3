"""Briefings that compare two departments or two reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.briefing.content import Briefing, Point, Quote, Section, Table
from kg.briefing.sections import (
    make_briefing,
    pair_quotes,
    shorten,
    source_titles,
    task_section,
    waiting_section,
)
from kg.charts.message import MOST, MessageLine
from kg.errors import InputError
from kg.graph.stores.protocol import Graph
from kg.kinds import plural
from kg.labels import CHANGES, KINDS, TIES
from kg.network.ties import Tie, ties_by_pair
from kg.planning.change_lines import change_line, value_label
from kg.planning.changes import read_changes
from kg.planning.coordination import read_network
from kg.planning.reports import (
    ReportLine,
    comparison_title,
    date_text,
    department_reports,
)
from kg.planning.tasks import read_tasks

# Maximum number of lines in a section.
_TIES = 12


def _describe_shared(tied: Sequence[Tie], english: bool) -> str:
    """Describe what two departments share: a name, or the number of things of a class."""
    kinds = {tie.thing_kind for tie in tied}
    if len(tied) < 2:
        return "".join(tie.name for tie in tied)
    if len(kinds) == 1 and (kind := min(kinds)) in KINDS:
        return (
            f"{len(tied)} {plural(KINDS[kind].en)}" if english else f"{len(tied)}个{KINDS[kind].zh}"
        )
    more = f" and {len(tied) - 1} more" if english else f"等{len(tied)}项"
    return f"{tied[0].name}{more}"


def departments_briefing(
    store: Graph, reports: Sequence[ReportLine], one: str, other: str, english: bool
) -> Briefing:
    """Return the briefing on two departments.

    Args:
        store: The graph.
        reports: All reports of the graph.
        one: The IRI of one department.
        other: The IRI of the other.
        english: Whether it is in English.
    """
    if one == other:
        raise InputError("both names are the same department; name two")
    network = read_network(store, of=[one, other])
    names = (network.names[one], network.names[other])
    pair = (min(one, other), max(one, other))
    tied = ties_by_pair(network.ties).get(pair, ())
    weight = sum(tie.weight for tie in tied)
    joint = [tie for tie in tied if tie.kind == "joint"]
    what = _describe_shared(tied, english)
    rest = len(tied) - len(joint)
    if not tied:
        message = (
            f"{names[0]} and {names[1]} have no ties"
            if english
            else f"没有发现{names[0]}与{names[1]}之间的联系"
        )
    elif joint:
        message = (
            f"{names[0]} and {names[1]} have {len(joint)} joint tasks and {rest} other ties"
            if english
            else f"{names[0]}与{names[1]}共同负责{len(joint)}项任务，另有{rest}处联系"
        )
    else:
        message = (
            f"{names[0]} and {names[1]} have no joint task, but share {what}"
            if english
            else f"{names[0]}与{names[1]}没有共同任务，却都涉及{what}"
        )
    every = read_tasks(store, department_reports(store, [one, other]))
    sections: list[Section | None] = [
        Section(
            "Ties" if english else "通过什么联系",
            f"{len(tied)} ties, strength {weight:.3g}."
            if english
            else f"{len(tied)}处联系，强度{weight:.3g}。",
            tuple(
                Point(
                    f"{tie.name}（{TIES[tie.kind][english]}）",
                    pair_quotes(tie, (one, other), english),
                )
                for tie in tied[:_TIES]
            ),
        ),
        waiting_section(tied, dict(network.names), english),
    ]
    for iri, name in zip((one, other), names, strict=True):
        own = [task for task in every if iri in {who.iri for who in task.departments}]
        title = f"Tasks of {name}" if english else f"{name}的任务"
        sections.append(task_section(own, title, english, most=12))
    top = max((tie.weight for tie in tied), default=1.0)
    lines = [MessageLine(names[0], tie.name, names[1], tie.weight / top) for tie in tied[:MOST]]
    figures = (
        (str(len(tied)), "ties" if english else "处联系"),
        (f"{weight:.3g}", "strength" if english else "联系强度"),
        (str(len(joint)), "joint tasks" if english else "项共同任务"),
    )
    title = f"{names[0]} and {names[1]}" if english else f"{names[0]}与{names[1]}"
    return make_briefing(
        "-".join(names), title, message, figures, sections, lines, source_titles(reports), english
    )


def reports_briefing(
    store: Graph,
    reports: Sequence[ReportLine],
    before: ReportLine,
    after: ReportLine,
    english: bool,
) -> Briefing:
    """Return the briefing on the changes between two reports.

    Args:
        store: The graph.
        reports: All reports of the graph.
        before: The first report.
        after: The second report.
        english: Whether it is in English.
    """
    if before.iri == after.iri:
        raise InputError("both names are the same report; name two")
    changes = read_changes(store, reports, before, after)
    counted = Counter(change.kind for change in changes.difference.changes)
    title = comparison_title(before, after, english)
    done = sum(
        change.kind == "status" and change.after == "completed"
        for change in changes.difference.changes
    )
    message = (
        f"{title}: {done} more tasks completed, {counted['away']} targets moved away"
        if english
        else f"{title}：新完成{done}项任务，{counted['nearer']}个目标更近、{counted['away']}个更远"
    )
    sections: list[Section | None] = [
        Section(
            "At a glance" if english else "变化一览",
            f"{len(changes.difference.changes)} changes."
            if english
            else f"共{len(changes.difference.changes)}处变化。",
            table=Table(
                ("Change", "Number") if english else ("变化", "数量"),
                tuple((CHANGES[kind][english], str(count)) for kind, count in counted.items()),
            ),
        )
    ]
    for name, those in changes.by_department[:_TIES]:
        heading = name.name if name else ("The report as a whole" if english else "报告整体")
        sections.append(
            Section(
                heading,
                f"{len(those)} changes." if english else f"{len(those)}处变化。",
                tuple(
                    Point(
                        change_line(it.change, english),
                        tuple(
                            Quote(shorten(said, 110), date_text(side, english))
                            for said, side in (
                                (it.change.before_sentence, before),
                                (it.change.after_sentence, after),
                            )
                            if said
                        ),
                    )
                    for it in those[:8]
                ),
            )
        )
    moved = [it for it in changes.difference.changes if it.kind in ("away", "nearer")]
    moved = moved or [it for it in changes.difference.changes if it.kind == "status"]
    lines = [
        MessageLine(
            shorten(it.what or it.task, 18),
            CHANGES[it.kind][english],
            f"{value_label(it.before, english)} → {value_label(it.after, english)}",
            0.5,
            late=it.kind == "away",
        )
        for it in moved[:MOST]
    ]
    figures = (
        (str(counted["new"]), "new tasks" if english else "项新增"),
        (str(counted["status"]), "changed state" if english else "项状态变化"),
        (str(counted["nearer"]), "targets nearer" if english else "个目标更近"),
        (str(counted["away"]), "targets moved away" if english else "个目标更远"),
    )
    file = f"{before.identifier}-{after.identifier}"
    return make_briefing(file, title, message, figures, sections, lines, after.title, english)
