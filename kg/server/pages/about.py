"""The page about the data: where they come from, how complete they are, what to check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Store
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.derive import derived_graph_name
from kg.graph.terms import graph_name, mint, term
from kg.publishing.licences import LICENCES
from kg.server import responses
from kg.server.addresses import path_of
from kg.server.kept import kept
from kg.server.language import language
from kg.server.pages.numbers import page_number
from kg.server.plans import plans
from kg.server.problems import Problem
from kg.server.snapshot import Snapshot, snapshot
from kg.server.templating import page as render

_ON_A_PAGE = 10
# How many doubts are shown: of all reports, and of one that is asked for.
_DOUBTS, _OF_REPORT = 10, 50
# What is doubtful, in Chinese; the reasons themselves are in English (`kg.curation.doubts`).
_DOUBTFUL = {
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
class Checked:
    """Something doubtful in a report, as the page shows it.

    Attributes:
        report: Identifier of the report.
        task: Path of the task, or empty.
        row: Number of the row, or None.
        name: What it is about, or empty.
        other: What that may be one with, or empty.
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


def page(request: Request) -> Response:
    """Answer a request to `/about`; `?report=` chooses a report for the list of what to check.

    Raises:
        Problem: A parameter is not what it should be.
    """
    found = snapshot(request)
    reports: Sequence[Report] = found.about.get("reports", ())
    newest = sorted(reports, key=lambda it: (it["as_of"] or "", it["identifier"]), reverse=True)
    asked = request.query_params.get("report", "")
    chosen = [it for it in newest if asked in ("", it["identifier"])]
    if asked and not chosen:
        raise Problem(
            404, "report: there is none of this identifier.", zh="没有这份报告，请从列表中选择。"
        )
    last = max(1, -(-len(newest) // _ON_A_PAGE))
    number = page_number(request, last)
    variant = f"html-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    settings = request.app.state.settings
    shown = render(
        request,
        "about.html",
        about=found.about,
        reports=newest[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE],
        total=len(newest),
        number=number,
        last=last,
        address=lambda number: f"/about?page={number}#sources",
        tasks=sum(it["tasks"] for it in newest),
        facts=sum(it["facts"] for it in newest),
        placed=_placed(newest),
        validity={
            severity: sum(it["validity"][severity] for it in newest)
            for severity in ("violation", "warning")
        },
        publisher=settings.publisher,
        licence=next((it for it in LICENCES if it.iri == settings.licence), None),
        asked=asked,
        doubts=sum(it.get("doubts", 0) for it in chosen),
        checked=_checked(found, chosen)[: _OF_REPORT if asked else _DOUBTS],
        rest=[(it["identifier"], line) for it in chosen for line in it["rest"]][:_OF_REPORT],
        graph=lambda report: path_of(graph_name(found.base, "report", report).value, found.base),
        derived=[
            (plan, path_of(derived_graph_name(found.base, plan.identifier).value, found.base))
            for plan in kept(request, "plans", plans)[:_ON_A_PAGE]
        ],
        page=lambda report: path_of(mint(found.base, "report", report).value, found.base),
    )
    shown.headers.update(responses.cached(request, variant))
    return shown


ROUTES = (Route("/about", page),)


def _placed(reports: Sequence[Report]) -> float:
    """Return which share of the reports' texts stands in cells, by tasks."""
    tasks = sum(it["tasks"] for it in reports)
    return sum(it["placed"] * it["tasks"] for it in reports) / tasks if tasks else 1.0


def _checked(found: Snapshot, reports: Sequence[Report]) -> list[Checked]:
    """Return what a person should look at, the most valuable first."""
    doubts = [(it["identifier"], doubt) for it in reports for doubt in it.get("review", ())]
    doubts.sort(key=lambda pair: -pair[1]["worth"])
    return [
        Checked(
            report,
            _task(found.graph, found.base, report, doubt["task"]),
            doubt["task"],
            doubt["name"],
            doubt["other"],
            _DOUBTFUL[doubt["kind"]],
            str(doubt["reason"])[:1].upper() + str(doubt["reason"])[1:],
            doubt["quote"],
        )
        for report, doubt in doubts[:_OF_REPORT]
    ]


def _task(graph: Store, base: str, report: str, row: int | None) -> str:
    """Return the path of the task that a row of a report tells of."""
    state = mint(base, "state", report, row or "-")
    tasks = graph.quads_for_pattern(state, term("tkg:task"), None, DefaultGraph())
    paths = (path_of(it.object.value, base) for it in tasks if isinstance(it.object, NamedNode))
    return next((path for path in paths if path), "")
