"""Comparison of two reports: the changes, by the departments that answer for them."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.charts.series import series_chart
from kg.charts.svg import to_markup
from kg.errors import InputError
from kg.labels import CHANGES
from kg.planning.change_lines import value_label
from kg.planning.changes import Changes, TaskChange, read_changes
from kg.planning.departments import Name
from kg.planning.reports import (
    ReportLine,
    comparison_title,
    date_text,
    group_by_district,
    plan_reports,
    read_reports,
)
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_result
from kg.server.data.snapshot import snapshot
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.problems import Problem
from kg.server.http.templating import render_page as render
from kg.server.parts.facets import Dimension, filter_rows, labels_of, page_address
from kg.server.parts.table_files import table_file, table_formats
from kg.tables import Answer, Plain

# A change and the department of the task, or None.
Row = tuple[Name | None, TaskChange]
_DIMENSIONS: tuple[Dimension[Row], ...] = (
    Dimension(
        "kind",
        "变化",
        "Change",
        lambda it: (it[1].change.kind,),
        labels_of(CHANGES),
    ),
    Dimension("department", "责任部门", "Department", lambda it: (it[0].name,) if it[0] else ()),
)
_COLUMNS = (
    ("department", "责任部门", "Department"),
    ("kind", "变化", "Change"),
    ("before_row", "前一报告行号", "Row before"),
    ("after_row", "后一报告行号", "Row after"),
    ("task", "任务要求", "Promise"),
    ("what", "事项", "What"),
    ("before", "前", "Before"),
    ("after", "后", "After"),
    ("before_sentence", "前一报告原文", "Sentence before"),
    ("after_sentence", "后一报告原文", "Sentence after"),
)


@responses.cacheable
def changes_page(request: Request) -> Response:
    """Return the changes from the report `?a=` to the report `?b=`, which are identifiers.

    Raises:
        Problem: There is no such report or format, or the reports are of different districts.
    """
    ending = request.path_params.get("ending", "")
    reports = cached_result(request, "reports", lambda found: read_reports(found.graph))
    by_identifier = {one.identifier: one for one in reports}
    given = [request.query_params.get(name, "").strip() for name in ("a", "b")]
    for text in given:
        if text and text not in by_identifier:
            raise Problem(
                404,
                f"There is no report “{text[:60]}”; choose one from the list.",
                zh=f"没有“{text[:60]}”这份报告；请从列表中选择。",
            )
    if not ending and not any(given):
        given = _newest_pair(reports)
    one, other = given
    if ending and not (one and other):
        raise Problem(
            400,
            "Specify the two reports to compare, as ?a= and ?b=.",
            zh="请先选择要比较的两份报告。",
        )
    changes = (
        _changes_between(request, reports, by_identifier[one], by_identifier[other])
        if one and other
        else None
    )
    if ending and changes:
        shown = _changes_file(request, changes, ending)
    else:
        shown = _render_changes(request, reports, given, changes)
    return shown


def _changes_between(
    request: Request, reports: tuple[ReportLine, ...], before: ReportLine, after: ReportLine
) -> Changes:
    if before.iri == after.iri:
        raise Problem(
            400,
            "Both reports are the same; choose two different ones.",
            zh="选的是同一份报告，请选两份。",
        )
    try:
        return read_changes(snapshot(request).graph, reports, before, after)
    except InputError as error:
        raise Problem(
            400, f"{error}.", zh="这两份报告不属于同一个区，无法比较；请选择同一个区的两份报告。"
        ) from None


def _render_changes(
    request: Request,
    reports: tuple[ReportLine, ...],
    given: list[str],
    changes: Changes | None,
) -> Response:
    english, base = language(request) == "en", snapshot(request).base
    rows: list[Row] = (
        [(name, one) for name, those in changes.by_department for one in those] if changes else []
    )
    found, facets = filter_rows(request, rows, _DIMENSIONS)
    return render(
        request,
        "compare_reports.html",
        given=given,
        choices=[
            (district, [(one.identifier, date_text(one, english)) for one in those])
            for district, those in group_by_district(reports)
        ],
        several=len(reports) > 1,
        changes=changes,
        title=comparison_title(changes.before, changes.after, english) if changes else "",
        facets=facets,
        is_narrowed=len(found) < len(rows),
        groups=[
            (name, [one for _, one in those])
            for name, those in groupby(found, key=lambda row: row[0])
        ],
        kind=lambda name: CHANGES[name][english],
        value=lambda text: value_label(text, english),
        charts=[
            Markup(to_markup(series_chart(it.indicator, it.points, it.goal, it.unit, english)))
            for it in (changes.difference.series if changes else ())
        ],
        path=lambda iri: path_of(iri, base),
        address=page_address(request, "/compare/reports"),
        files=table_formats(),
    )


def _newest_pair(reports: tuple[ReportLine, ...]) -> list[str]:
    """Return the identifiers of the last two reports of the newest plan that has two."""
    for plan in dict.fromkeys(one.plan for one in reports):
        those = plan_reports(reports, plan)
        if len(those) > 1:
            return [those[1].identifier, those[0].identifier]
    return ["", ""]


def _changes_file(request: Request, changes: Changes, ending: str) -> Response:
    """Return all changes as a file; workbooks have labels, CSV has codes."""
    english, in_words = language(request) == "en", ending == "xlsx"

    def value(text: str) -> str | None:
        return value_label(text, english) if in_words else text or None

    rows: list[tuple[Plain, ...]] = []
    for name, those in changes.by_department:
        for one in those:
            it = one.change
            rows.append(
                (
                    name.name if name else None,
                    CHANGES[it.kind][english] if in_words else it.kind,
                    it.before_row,
                    it.after_row,
                    it.task or None,
                    it.what or None,
                    value(it.before),
                    value(it.after),
                    it.before_sentence or None,
                    it.after_sentence or None,
                )
            )
    answer = Answer(tuple(name for name, *_ in _COLUMNS), tuple(rows))
    headings = tuple(column[2 if english else 1] for column in _COLUMNS)
    file = f"{changes.before.identifier}-{changes.after.identifier}"
    return table_file(answer, file, ending, headings, say(request, "变化", "Changes"))


ROUTES = (Route("/compare/reports", changes_page), Route("/compare/reports.{ending}", changes_page))
