"""The briefing on a plan: progress, targets, coordination, waiting, deadlines, changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.briefing.content import Briefing, Point, Section
from kg.briefing.sections import (
    deadline_section,
    make_briefing,
    pair_lines,
    talk_section,
    target_lines,
    target_section,
    waiting_section,
)
from kg.charts.matrix import matrix_chart
from kg.charts.message import MOST
from kg.charts.states import state_chart
from kg.graph.stores.protocol import Graph
from kg.labels import LATE_STATES, MISSED
from kg.network.pairs import Dependency
from kg.planning.change_lines import change_line
from kg.planning.changes import read_changes
from kg.planning.coordination import TieNetwork, find_coordination, read_network
from kg.planning.deadlines import read_deadlines
from kg.planning.reports import (
    ReportLine,
    comparison_title,
)
from kg.planning.targets import read_targets
from kg.planning.tasks import read_tasks, states_by_category
from kg.questions.sparql import select, values_clause

# Maximum number of lines in a section.
_TIES = 12


def plan_briefing(store: Graph, reports: Sequence[ReportLine], english: bool) -> Briefing:
    """Return the briefing on a plan.

    Args:
        store: The graph.
        reports: The reports of the plan, the newest first.
        english: Whether it is in English.
    """
    iris = [one.iri for one in reports]
    newest = reports[0]
    tasks, targets = read_tasks(store, iris), read_targets(store, iris)
    network = _read_plan_network(store, newest, iris)
    found = find_coordination(network)
    states = Counter(task.status for task in tasks)
    missed = [one for one in targets if one.judgement in MISSED]
    title = f"{newest.district}{newest.year}" + (
        " government tasks: briefing" if english else "年政府工作任务简报"
    )
    message = _plan_message(found.must_talk, len(missed), english)
    tied, pairs = len(found.matrix.departments), len(found.matrix.cells)
    sections = [
        Section(
            "Progress" if english else "总体进展",
            (
                f"{len(tasks)} tasks: {states['completed']} completed, "
                f"{sum(states[it] for it in LATE_STATES)} delayed or cancelled."
                if english
                else f"{len(tasks)}项任务，{states['completed']}项已完成，"
                f"{sum(states[it] for it in LATE_STATES)}项推迟或取消。"
            ),
            chart=state_chart(states_by_category(tasks), english),
        ),
        target_section(targets, english),
        talk_section(found.must_talk, english),
        Section(
            "Ties between departments" if english else "部门联系矩阵",
            (
                f"{tied} departments have ties, in {pairs} pairs; frames mark groups."
                if english
                else f"{tied}个部门相互联系，共{pairs}对；方框圈出联系紧密的一组。"
            ),
            chart=matrix_chart(found.matrix, network.names, english, has_legend=True),
        )
        if found.matrix.cells
        else None,
        waiting_section(network.ties, dict(network.names), english),
        deadline_section(read_deadlines(store, iris), english),
        _changes_section(store, reports, english),
    ]
    lines = pair_lines(found.must_talk) or target_lines(missed[:MOST], english)
    departments = {who.iri for task in tasks for who in task.departments}
    figures = (
        (str(len(tasks)), "tasks" if english else "项任务"),
        (str(states["completed"]), "completed" if english else "项已完成"),
        (str(len(missed)), "targets behind" if english else "个目标落后"),
        (str(len(departments)), "departments" if english else "个责任部门"),
    )
    return make_briefing(
        newest.plan, title, message, figures, sections, lines, newest.title, english
    )


def _plan_message(pairs: Sequence[Dependency], missed: int, english: bool) -> str:
    if pairs:
        one, other = pairs[0].departments
        return (
            f"{len(pairs)} pairs of departments depend on each other without a joint task, "
            f"{one} and {other} most of all"
            if english
            else f"{len(pairs)}对部门没有共同任务却相互关联，{one}与{other}最需要对接"
        )
    return f"{missed} targets are behind" if english else f"{missed}个目标落后或未达到"


def _read_plan_network(store: Graph, report: ReportLine, reports: Sequence[str]) -> TieNetwork:
    """Return the ties of a plan."""
    found = select(store, _DERIVED.replace("$plan", report.plan)).rows
    departments = {
        str(iri) for (iri,) in select(store, _RESPONSIBLE % values_clause("report", reports)).rows
    }
    graph = str(found[0][0]) if found else None
    return read_network(store, graph, departments)


def _changes_section(store: Graph, reports: Sequence[ReportLine], english: bool) -> Section | None:
    """Return the section on changes since the previous report, or None without one."""
    if len(reports) < 2:
        return None
    changes = read_changes(store, reports, reports[1], reports[0])
    points = tuple(
        Point(f"{name.name}{': ' if english else '：'}{change_line(it.change, english)}")
        for name, those in changes.by_department
        if name
        for it in those[:2]
    )
    count = len(changes.difference.changes)
    title = comparison_title(reports[1], reports[0], english)
    return Section(
        f"Changes: {title}" if english else f"{title}的变化",
        f"{count} changes." if english else f"共{count}处变化。",
        points[:_TIES],
    )


_DERIVED = """SELECT ?graph WHERE {
  GRAPH ?graph { ?tie tkg:connects ?department }
  FILTER(STRENDS(STR(?graph), "/derived/$plan"))
} LIMIT 1"""
_RESPONSIBLE = """SELECT DISTINCT ?department WHERE { %s
  ?task tkg:latestState/tkg:report ?report ; tkg:responsible ?department }"""
