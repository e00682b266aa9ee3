"""The briefing on a thing: the tasks that mention it, and their departments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.briefing.content import Briefing, Point, Quote, Section, Table
from kg.briefing.sections import (
    make_briefing,
    shorten,
    source_titles,
)
from kg.charts.message import MOST, MessageLine
from kg.errors import InputError
from kg.graph.stores.protocol import Graph
from kg.kinds import LEGEND, class_list
from kg.labels import KINDS, LATE_STATES, STATES
from kg.planning.reports import (
    ReportLine,
)
from kg.questions.sparql import select, values_clause

# Maximum number of lines in a section.
_PLACES = 30


def thing_briefing(
    store: Graph, reports: Sequence[ReportLine], iri: str, english: bool
) -> Briefing:
    """Return the briefing on a thing.

    Args:
        store: The graph.
        reports: All reports of the graph.
        iri: The IRI of the thing.
        english: Whether it is in English.
    """
    rows = select(store, _NAMED % values_clause("thing", [iri])).rows
    if not rows:
        raise InputError(f"“{iri}”: no task mentions it")
    name, kind = str(rows[0][0]), str(rows[0][1]).lower()
    numbers: dict[tuple[str, int], tuple[str, str, str]] = {}
    for _, _, report, number, promise, status, said in rows:
        numbers.setdefault((str(report), int(str(number))), (str(promise), str(status), str(said)))
    who = [str(row[0]) for row in select(store, _OF_THING % values_clause("thing", [iri])).rows]
    weights = [
        float(str(it)) for (it,) in select(store, _WEIGHT % values_clause("thing", [iri])).rows
    ]
    counted = Counter(who)
    points = tuple(
        Point(
            f"{'Task' if english else '任务'}{' ' if english else ''}{number} {shorten(promise)}"
            + (
                f"（{STATES[code][english]}）"
                if (code := status.rpartition("/")[2]) in STATES
                else ""
            ),
            (Quote(shorten(said, 110), report),),
        )
        for (report, number), (promise, status, said) in list(numbers.items())[:_PLACES]
    )
    late = sum(row[1].rpartition("/")[2] in LATE_STATES for row in numbers.values())
    label = KINDS[kind][english] if kind in KINDS else ""
    message = (
        f"{len(counted)} departments have {len(numbers)} tasks on {name}"
        if english
        else f"{len(counted)}个部门、{len(numbers)}项任务涉及{name}"
    )
    most = max(counted.values(), default=1)
    lines = [
        MessageLine(one, f"{count} {'tasks' if english else '项任务'}", name, count / most)
        for one, count in counted.most_common(MOST)
    ]
    sections = [
        Section(
            "Tasks that mention it" if english else "提到它的任务",
            f"{len(numbers)} tasks." if english else f"共{len(numbers)}项任务。",
            points,
        ),
        Section(
            "Departments" if english else "涉及的部门",
            (
                f"{len(counted)} departments; weight of the tie {max(weights):.3g}."
                if english and weights
                else f"{len(counted)}个部门；联系权重{max(weights):.3g}。"
                if weights
                else f"{len(counted)} departments."
                if english
                else f"{len(counted)}个部门。"
            ),
            table=Table(
                ("Department", "Tasks") if english else ("部门", "任务数"),
                tuple((one, str(count)) for one, count in counted.most_common()),
            ),
        ),
    ]
    figures = (
        (str(len(numbers)), "tasks" if english else "项任务"),
        (str(len(counted)), "departments" if english else "个部门"),
        (str(late), "delayed" if english else "项推迟或取消"),
    )
    title = f"{name} ({label}): briefing" if english else f"{label}“{name}”简报"
    return make_briefing(
        name, title, message, figures, sections, lines, source_titles(reports), english
    )


_NAMED = f"""SELECT DISTINCT ?name ?kind ?report ?number ?promise ?status ?sentence WHERE {{ %s
  ?thing skos:prefLabel ?name ; a ?class .
  FILTER(?class IN ({class_list(LEGEND)}))
  BIND(STRAFTER(STR(?class), "#") AS ?kind)
  ?task tkg:mentions ?thing ; tkg:number ?number ; tkg:promise ?promise ;
    tkg:latestState/tkg:report ?document .
  ?document dcterms:identifier ?report .
  ?evidence tkg:supports ?thing ; tkg:task ?task ; tkg:report ?document ; tkg:sentence ?sentence .
  OPTIONAL {{ ?task tkg:status ?status }}
}} ORDER BY ?report ?number ?sentence"""
_WEIGHT = "SELECT ?weight WHERE { %s ?tie tkg:through ?thing ; tkg:weight ?weight }"
_OF_THING = """SELECT ?name ?task WHERE { %s
  ?task tkg:mentions ?thing ; tkg:responsible/skos:prefLabel ?name } ORDER BY ?name ?task"""
