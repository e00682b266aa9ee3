"""Two reports side by side: what is new, what moved, what is named no more."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import InputError
from kg.graph.difference import diff_reports
from kg.graph.terms import mint
from kg.history.comparison import Change, Difference
from kg.server import responses
from kg.server.downloads import download, formats
from kg.server.language import language, say
from kg.server.pages.reader import Reader, reader
from kg.server.problems import Problem
from kg.server.templating import page as render
from kg.views.difference import TITLES, chart, to_answer

_HEADINGS = {
    "kind": ("变化", "Change"),
    "before_row": ("前一报告行号", "Row before"),
    "after_row": ("后一报告行号", "Row after"),
    "what": ("事项", "What"),
    "before": ("前", "Before"),
    "after": ("后", "After"),
    "before_sentence": ("前一报告原文", "Sentence before"),
    "after_sentence": ("后一报告原文", "Sentence after"),
}


def compare(request: Request) -> Response:
    """Return what has changed from the report `?a=` to the report `?b=`, by their identifiers.

    Raises:
        Problem: There is no such report or format, or they are reports of different districts.
    """
    ending = request.path_params.get("ending", "")
    variant = f"reports-{ending}-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    reading = reader(request)
    entries = reading.found.about["reports"]
    given = [request.query_params.get(name, "").strip() for name in ("a", "b")]
    identifiers = {entry["identifier"] for entry in entries}
    for text in given:
        if text and text not in identifiers:
            raise Problem(404, f"There is no report “{text[:60]}”; choose one of the list.")
    one, other = given
    found = _difference(reading, one, other) if one and other else None
    if ending:
        if found is None:
            raise Problem(400, "Say which two reports are compared, as ?a= and ?b=.")
        shown = _file(request, found, ending)
    else:
        shown = render(
            request,
            "compare_reports.html",
            given=given,
            choices=_choices(entries),
            found=found,
            sides=[reading.link(f"{reading.base}/report/{text}") for text in given if text],
            sections=_sections(reading, found) if found else [],
            charts=[*map(chart, found.series)] if found else [],
            files=formats(),
        )
    shown.headers.update(responses.cached(request, variant))
    return shown


def _difference(reading: Reader, one: str, other: str) -> Difference:
    if one == other:
        raise Problem(400, "These are one report; choose two.")
    try:
        return diff_reports(reading.graph, reading.found.about["reports"], one, other)
    except InputError as error:
        raise Problem(400, f"{error}.") from None


def _choices(entries: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Return the identifiers of all reports by plan, the latest in front."""

    def order(entry: dict[str, Any]) -> tuple[str, str, str]:
        return entry["plan"], (entry["as_of"] or "") + "-99", entry["identifier"]

    ordered = sorted(entries, key=order, reverse=True)
    return [
        (plan, [entry["identifier"] for entry in those])
        for plan, those in groupby(ordered, key=lambda entry: str(entry["plan"]))
    ]


def _sections(
    reading: Reader, found: Difference
) -> list[tuple[str, str, str, list[tuple[Change, str | None]]]]:
    """Return the changes by kind, each with the path of its task."""
    return [
        (kind, *TITLES[kind], [(change, _path(reading, found, change)) for change in changes])
        for kind, changes in groupby(found.changes, key=lambda change: change.kind)
    ]


def _path(reading: Reader, found: Difference, change: Change) -> str | None:
    side, row = (
        (found.before, change.before_row)
        if change.after_row is None
        else (found.after, change.after_row)
    )
    if row is None:
        return None
    task = reading.one(mint(reading.base, "state", side.identifier, row).value, "tkg:task")
    return reading.link(task).path if task else None


def _file(request: Request, found: Difference, ending: str) -> Response:
    answer = to_answer(found)
    spoken = 0 if language(request) == "zh" else 1
    headings = tuple(_HEADINGS[field][spoken] for field in answer.fields)
    name = f"{found.before.identifier}-{found.after.identifier}"
    return download(answer, name, ending, headings, say(request, "变化", "Changes"))


ROUTES = (Route("/compare/reports", compare), Route("/compare/reports.{ending}", compare))
