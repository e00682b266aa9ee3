"""The front page: how far the promises of a year are, and where to go on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.network.pairs import Dependency
from kg.planning.coordination import find_coordination
from kg.planning.coordination_lines import reason_line
from kg.questions.sparql import select
from kg.server import responses
from kg.server.addresses import path_of
from kg.server.desk.coordination import tie_network
from kg.server.kept import kept_of
from kg.server.language import language
from kg.server.overview import Ground, Overview
from kg.server.plans import Plan, plans
from kg.server.problems import Problem
from kg.server.snapshot import Snapshot, snapshot
from kg.server.templating import page as render
from kg.server.words import JUDGEMENTS

# How many plans and reports are shown of more.
_PLANS, _REPORTS = 12, 5
_ALL = "all"
# What the graph holds besides tasks: its class, and the list of it.
_HELD = {
    "department": ("Department", "departments"),
    "project": ("Project", "projects"),
    "place": ("Place", "places"),
    "road": ("Road", "roads"),
    "subdistrict": ("Subdistrict", "subdistricts"),
    "community": ("Community", "communities"),
    "organization": ("Organization", "organizations"),
    "policy": ("Policy", "policies"),
    "event": ("Event", "events"),
    "indicator": ("Indicator", "indicators"),
    "report": ("Report", "reports"),
}


def page(request: Request) -> Response:
    """Answer a request to `/`; `?district=` and `?year=` choose of several plans.

    Raises:
        Problem: There is no plan of such a district and year.
    """
    found = snapshot(request)
    known = kept_of(found, "plans", plans)
    district, year = _chosen(request, known)
    variant = f"html-{language(request)}"
    if unchanged := responses.unchanged(request, variant):
        return unchanged
    chosen = _plans(known, district, year)
    overview = _overview(found, (district, year), chosen)
    shown = render(
        request,
        "front.html",
        overview=overview,
        # In the order from good to bad.
        judged=[
            (name, overview.judgements[name]) for name in JUDGEMENTS if overview.judgements[name]
        ],
        known=known,
        chosen=chosen,
        district=district,
        year=year,
        districts={plan.place: plan.district for plan in known},
        years=sorted({plan.year for plan in known}, reverse=True),
        done=_done(found, chosen) if len(chosen) > 1 else [],
        reports=_reports(found, chosen)[:_REPORTS],
        held=kept_of(found, "held", _held),
        talk=_talk(found, chosen),
        reason=lambda pair: reason_line(pair, language(request) == "en"),
        path=lambda iri: path_of(iri, found.base),
        where=lambda iri: _where(iri, found.base, chosen),
        listed=lambda kind, **filters: _listed(kind, known, district, year, filters),
    )
    shown.headers.update(responses.cached(request, variant))
    return shown


def prepare(found: Snapshot) -> None:
    """Make what the front page of a build needs, as those see it who choose nothing."""
    known = kept_of(found, "plans", plans)
    year = _newest(known)
    chosen = _plans(known, "", year)
    _overview(found, ("", year), chosen)
    _done(found, chosen)
    _talk(found, chosen)
    kept_of(found, "held", _held)


ROUTES = (Route("/", page),)


def _chosen(request: Request, known: Sequence[Plan]) -> tuple[str, str]:
    """Return the district, or an empty text for all, and the year; the newest unless told."""
    district = request.query_params.get("district", "")
    of_district = _plans(known, district, _ALL)
    year = request.query_params.get("year") or _newest(of_district)
    if known and not _plans(known, district, year):
        raise Problem(
            404,
            "There is no report of this district and year.",
            zh="没有这个区这一年的报告，请在首页选择。",
        )
    return district, year


def _plans(known: Sequence[Plan], district: str, year: str) -> list[Plan]:
    return [plan for plan in known if district in ("", plan.place) and year in (_ALL, plan.year)]


def _newest(known: Sequence[Plan]) -> str:
    return max((plan.year for plan in known), default=_ALL)


def _done(found: Snapshot, chosen: Sequence[Plan]) -> list[tuple[Plan, Overview]]:
    """Return the first few of several plans, each with how far it is."""
    return [(plan, _overview(found, plan.identifier, [plan])) for plan in chosen[:_PLANS]]


def _overview(found: Snapshot, key: Hashable, chosen: Sequence[Plan]) -> Overview:
    ground = kept_of(found, "ground", Ground)
    names = [plan.identifier for plan in chosen]
    return kept_of(found, ("overview", key), lambda _: ground.overview(names))


def _reports(found: Snapshot, chosen: list[Plan]) -> list[Mapping[str, str]]:
    """Return what is known of the reports of some plans, the newest first."""
    known = {report for plan in chosen for report in plan.reports}
    told = [entry for entry in found.about.get("reports", ()) if entry["identifier"] in known]
    return sorted(told, key=lambda it: (it["as_of"] or "", it["identifier"]), reverse=True)


def _held(found: Snapshot) -> list[tuple[str, str, int]]:
    """Return the kinds of which the graph holds things, with the names of their lists."""
    classes = " ".join(f"tkg:{name}" for name, _ in _HELD.values())
    rows = select(found.graph, _COUNTS.replace("$classes", classes)).rows
    counts = {str(iri).rpartition("#")[2]: int(str(count)) for iri, count in rows}
    return [
        (kind, listed, counts[name]) for kind, (name, listed) in _HELD.items() if name in counts
    ]


def _talk(found: Snapshot, chosen: Sequence[Plan]) -> tuple[Dependency, ...]:
    """Return the pairs of departments of a plan that should talk; of several plans none."""
    if len(chosen) != 1:
        return ()
    (plan,) = chosen
    key = ("coordination", plan.identifier)
    return kept_of(found, key, lambda build: find_coordination(tie_network(build, plan)).must_talk)


def _where(iri: str, base: str, chosen: list[Plan]) -> str:
    """Return the district of a thing, or the plan of a task, where there are several."""
    place = iri.removeprefix(f"{base}/").split("/")[1]
    for plan in chosen if len(chosen) > 1 else ():
        if place == plan.identifier:
            return f"{plan.district} {plan.year}"
        if place == plan.place:
            return plan.district
    return ""


def _listed(
    kind: str, known: tuple[Plan, ...], district: str, year: str, filters: Mapping[str, str]
) -> str:
    """Return the address of the list behind a figure, as narrowed as the figure is."""
    names = {plan.place: plan.district for plan in known}
    told = dict(filters)
    if district and len(names) > 1:
        told["district"] = names[district]
    if year != _ALL and len({plan.year for plan in known}) > 1:
        told["year"] = year
    return f"/browse/{kind}" + (f"?{urlencode(told)}" if told else "")


_COUNTS = """SELECT ?class (COUNT(?thing) AS ?count) WHERE {
  VALUES ?class { $classes } ?thing a ?class } GROUP BY ?class"""
