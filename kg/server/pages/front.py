"""The front page: the progress of a year's tasks, and links to other pages."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.kinds import THINGS
from kg.network.pairs import Dependency
from kg.planning.coordination import find_coordination
from kg.planning.coordination_lines import reason_line
from kg.questions.sparql import select
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_for_build
from kg.server.data.labels import JUDGEMENTS
from kg.server.data.overview import Overview, OverviewData
from kg.server.data.plans import Plan, plans
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.desk.coordination import tie_network
from kg.server.http import responses
from kg.server.http.language import language
from kg.server.http.problems import Problem
from kg.server.http.templating import render_page as render

# How many plans and reports are shown.
_MAX_PLANS, _MAX_REPORTS = 12, 5
_ALL = "all"
# The class and the list of each kind of thing that the page counts.
_CLASSES_AND_LISTS: dict[str, tuple[str, str]] = {
    "department": ("Department", "departments"),
    **{kind.key: (kind.rdf_class, kind.records) for kind in THINGS},
    "indicator": ("Indicator", "indicators"),
    "report": ("Report", "reports"),
}


@responses.cacheable
def front_page(request: Request) -> Response:
    """Answer a request to `/`; `?district=` and `?year=` select some of the plans.

    Raises:
        Problem: There is no plan for the district and year.
    """
    build = snapshot(request)
    known = cached_for_build(build, "plans", plans)
    district, year = _chosen_scope(request, known)
    chosen = _plans_in_scope(known, district, year)
    overview = _cached_overview(build, (district, year), chosen)
    return render(
        request,
        "front.html",
        overview=overview,
        # Ordered from good to bad.
        judged=[
            (name, overview.judgements[name]) for name in JUDGEMENTS if overview.judgements[name]
        ],
        known=known,
        chosen=chosen,
        district=district,
        year=year,
        districts={plan.place: plan.district for plan in known},
        years=sorted({plan.year for plan in known}, reverse=True),
        plan_progress=_plan_progress(build, chosen) if len(chosen) > 1 else [],
        reports=_report_rows(build, chosen)[:_MAX_REPORTS],
        kind_counts=cached_for_build(build, "kinds", _kind_counts),
        pairs_to_talk=_pairs_to_talk(build, chosen),
        reason=lambda pair: reason_line(pair, language(request) == "en"),
        path=lambda iri: path_of(iri, build.base),
        where=lambda iri: _scope_label(iri, build.base, chosen),
        list_address=lambda kind, **filters: _list_address(kind, known, district, year, filters),
    )


def prepare(build: Snapshot) -> None:
    """Cache what the front page of a build needs without parameters."""
    known = cached_for_build(build, "plans", plans)
    year = _newest_year(known)
    chosen = _plans_in_scope(known, "", year)
    _cached_overview(build, ("", year), chosen)
    _plan_progress(build, chosen)
    _pairs_to_talk(build, chosen)
    cached_for_build(build, "kinds", _kind_counts)


ROUTES = (Route("/", front_page),)


def _chosen_scope(request: Request, known: Sequence[Plan]) -> tuple[str, str]:
    """Return the district, or an empty text for all, and the year; by default the newest."""
    district = request.query_params.get("district", "")
    of_district = _plans_in_scope(known, district, _ALL)
    year = request.query_params.get("year") or _newest_year(of_district)
    if known and not _plans_in_scope(known, district, year):
        raise Problem(
            404,
            "There is no report for this district and year.",
            zh="没有这个区这一年的报告，请在首页选择。",
        )
    return district, year


def _plans_in_scope(known: Sequence[Plan], district: str, year: str) -> list[Plan]:
    return [plan for plan in known if district in ("", plan.place) and year in (_ALL, plan.year)]


def _newest_year(known: Sequence[Plan]) -> str:
    return max((plan.year for plan in known), default=_ALL)


def _plan_progress(build: Snapshot, chosen: Sequence[Plan]) -> list[tuple[Plan, Overview]]:
    """Return the first few of several plans, each with its overview."""
    return [
        (plan, _cached_overview(build, plan.identifier, [plan])) for plan in chosen[:_MAX_PLANS]
    ]


def _cached_overview(build: Snapshot, key: Hashable, chosen: Sequence[Plan]) -> Overview:
    data = cached_for_build(build, "overview data", OverviewData)
    names = [plan.identifier for plan in chosen]
    return cached_for_build(build, ("overview", key), lambda _: data.overview(names))


def _report_rows(build: Snapshot, chosen: list[Plan]) -> list[Mapping[str, str]]:
    """Return the metadata of the reports of some plans, the newest first."""
    known = {report for plan in chosen for report in plan.reports}
    rows = [entry for entry in build.about.get("reports", ()) if entry["identifier"] in known]
    return sorted(rows, key=lambda it: (it["as_of"] or "", it["identifier"]), reverse=True)


def _kind_counts(build: Snapshot) -> list[tuple[str, str, int]]:
    """Return each kind of thing in the graph, with the name of its list and the count."""
    classes = " ".join(f"tkg:{name}" for name, _ in _CLASSES_AND_LISTS.values())
    rows = select(build.graph, _COUNTS.replace("$classes", classes)).rows
    counts = {str(iri).rpartition("#")[2]: int(str(count)) for iri, count in rows}
    return [
        (kind, list_name, counts[name])
        for kind, (name, list_name) in _CLASSES_AND_LISTS.items()
        if name in counts
    ]


def _pairs_to_talk(build: Snapshot, chosen: Sequence[Plan]) -> tuple[Dependency, ...]:
    """Return the pairs of departments that should talk in a plan; none for several plans."""
    if len(chosen) != 1:
        return ()
    (plan,) = chosen
    key = ("coordination", plan.identifier)
    return cached_for_build(
        build, key, lambda build: find_coordination(tie_network(build, plan)).must_talk
    )


def _scope_label(iri: str, base: str, chosen: list[Plan]) -> str:
    """Return the district of a thing, or the plan of a task, if there are several plans."""
    place = iri.removeprefix(f"{base}/").split("/")[1]
    for plan in chosen if len(chosen) > 1 else ():
        if place == plan.identifier:
            return f"{plan.district} {plan.year}"
        if place == plan.place:
            return plan.district
    return ""


def _list_address(
    kind: str, known: tuple[Plan, ...], district: str, year: str, filters: Mapping[str, str]
) -> str:
    """Return the address of a list with the filters of the page."""
    names = {plan.place: plan.district for plan in known}
    query = dict(filters)
    if district and len(names) > 1:
        query["district"] = names[district]
    if year != _ALL and len({plan.year for plan in known}) > 1:
        query["year"] = year
    return f"/browse/{kind}" + (f"?{urlencode(query)}" if query else "")


_COUNTS = """SELECT ?class (COUNT(?thing) AS ?count) WHERE {
  VALUES ?class { $classes } ?thing a ?class } GROUP BY ?class"""
