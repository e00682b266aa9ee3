"""The page about the data: sources, coverage, and what should be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Store
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.derive import derived_graph_name
from kg.graph.rdf.terms import graph_name, mint, term
from kg.publishing.licences import LICENCES
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_result
from kg.server.data.plans import plans
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.problems import Problem
from kg.server.http.templating import render_page as render
from kg.server.parts.page_numbers import requested_page_number

_REPORTS_PER_PAGE = 10
# How many doubts are shown for all reports, and for a single one.
_MAX_DOUBTS, _MAX_DOUBTS_OF_REPORT = 10, 50
# Kinds of doubts in Chinese; the reasons of `kg.curation.doubts` are in English.
_KINDS_OF_DOUBTS = {
    "unread": "有内容未能确定地读入单元格",
    "number": "有数字未能理解，或疑似误识",
    "count": "文中所说的数目与列出、识别的名称不一致",
    "similar": "与另一名称相近，可能是同一事物",
    "target": "没有找到这个目标的已报数值",
    "status": "任务状态的判断把握不大",
    "confidence": "识别这个名称的规则把握不大",
}

Report = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a report that should be checked.

    Attributes:
        report: Identifier of the report.
        task: Path of the task, or empty.
        row: Number of the row, or None.
        name: The name in question, or empty.
        other: Another name for what may be the same thing, or empty.
        zh: What is doubtful, in Chinese.
        en: The same in English.
        quote: The words of the source.
    """

    report: str
    task: str
    row: int | None
    name: str
    other: str
    zh: str
    en: str
    quote: str


@responses.cacheable
def about_page(request: Request) -> Response:
    """Answer a request to `/about`; `?report=` selects a report for the list of doubts.

    Raises:
        Problem: There is no such report or page.
    """
    build = snapshot(request)
    reports: Sequence[Report] = build.about.get("reports", ())
    newest = sorted(reports, key=lambda it: (it["as_of"] or "", it["identifier"]), reverse=True)
    asked = request.query_params.get("report", "")
    chosen = [it for it in newest if asked in ("", it["identifier"])]
    if asked and not chosen:
        raise Problem(404, "report: there is no such report.", zh="没有这份报告，请从列表中选择。")
    last = max(1, -(-len(newest) // _REPORTS_PER_PAGE))
    number = requested_page_number(request, last)
    settings = request.app.state.settings
    return render(
        request,
        "about.html",
        about=build.about,
        reports=newest[(number - 1) * _REPORTS_PER_PAGE : number * _REPORTS_PER_PAGE],
        total=len(newest),
        number=number,
        last=last,
        address=lambda number: f"/about?page={number}#sources",
        tasks=sum(it["tasks"] for it in newest),
        facts=sum(it["facts"] for it in newest),
        placed=_share_in_cells(newest),
        validity={
            severity: sum(it["validity"][severity] for it in newest)
            for severity in ("violation", "warning")
        },
        publisher=settings.publisher,
        licence=next((it for it in LICENCES if it.iri == settings.licence), None),
        asked=asked,
        doubts=sum(it.get("doubts", 0) for it in chosen),
        open_doubts=_open_doubts(build, chosen)[: _MAX_DOUBTS_OF_REPORT if asked else _MAX_DOUBTS],
        rest=[(it["identifier"], line) for it in chosen for line in it["rest"]][
            :_MAX_DOUBTS_OF_REPORT
        ],
        graph=lambda report: path_of(graph_name(build.base, "report", report).value, build.base),
        derived=[
            (plan, path_of(derived_graph_name(build.base, plan.identifier).value, build.base))
            for plan in cached_result(request, "plans", plans)[:_REPORTS_PER_PAGE]
        ],
        page=lambda report: path_of(mint(build.base, "report", report).value, build.base),
    )


ROUTES = (Route("/about", about_page),)


def _share_in_cells(reports: Sequence[Report]) -> float:
    """Return the share of the reports' texts that is in cells, weighted by tasks."""
    tasks = sum(it["tasks"] for it in reports)
    return sum(it["placed"] * it["tasks"] for it in reports) / tasks if tasks else 1.0


def _open_doubts(build: Snapshot, reports: Sequence[Report]) -> list[Doubt]:
    """Return the doubts that a person should check, the most valuable first."""
    doubts = [(it["identifier"], doubt) for it in reports for doubt in it.get("review", ())]
    doubts.sort(key=lambda pair: -pair[1]["worth"])
    return [
        Doubt(
            report,
            _task_path(build.graph, build.base, report, doubt["task"]),
            doubt["task"],
            doubt["name"],
            doubt["other"],
            _KINDS_OF_DOUBTS[doubt["kind"]],
            str(doubt["reason"])[:1].upper() + str(doubt["reason"])[1:],
            doubt["quote"],
        )
        for report, doubt in doubts[:_MAX_DOUBTS_OF_REPORT]
    ]


def _task_path(graph: Store, base: str, report: str, row: int | None) -> str:
    """Return the path of the task in a row of a report, or an empty text."""
    state = mint(base, "state", report, row or "-")
    tasks = graph.quads_for_pattern(state, term("tkg:task"), None, DefaultGraph())
    paths = (path_of(it.object.value, base) for it in tasks if isinstance(it.object, NamedNode))
    return next((path for path in paths if path), "")
