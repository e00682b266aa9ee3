"""Make a briefing of a plan, a department, a thing, two departments, or two reports."""

from __future__ import annotations

from kg.briefing.comparison import departments_briefing, reports_briefing
from kg.briefing.content import Briefing
from kg.briefing.department import department_briefing
from kg.briefing.plan import plan_briefing
from kg.briefing.thing import thing_briefing
from kg.errors import InputError
from kg.graph.protocol import Graph
from kg.graph.terms import TKG, term
from kg.planning.reports import (
    plan_reports,
    read_reports,
)
from kg.questions.parameters import Parameter, find_terms

_ABOUT = Parameter("about", ("Department", "NamedThing"), "")
# Ties, and sentences of one side, that a briefing shows.
_TIES, _PLACES = 12, 30


def brief(
    store: Graph, about: str | None = None, other: str | None = None, language: str = "zh"
) -> Briefing:
    """Return a briefing.

    Args:
        store: The graph.
        about: What it is about: a department, a thing or a report, by name, identifier or IRI; the
            newest plan where it is left out.
        other: A second department or report, to compare.
        language: `zh` or `en`.

    Raises:
        InputError: The graph holds no report, knows nothing of this name, or the two cannot be
            compared.
    """
    english = language == "en"
    reports = read_reports(store)
    if not reports:
        raise InputError("the graph holds no report; kg add puts one into it")
    by_name = {key: one for one in reports for key in (one.identifier, one.iri)}
    if other is not None:
        if about in by_name and other in by_name:
            return reports_briefing(store, reports, by_name[about], by_name[other], english)
        found = [_one(store, name or "", "Department") for name in (about, other)]
        return departments_briefing(store, reports, found[0], found[1], english)
    if about is None or about in by_name:
        report = by_name[about] if about else reports[0]
        return plan_briefing(store, plan_reports(reports, report.plan), english)
    iri = _one(store, about)
    if _is_department(store, iri):
        return department_briefing(store, reports, iri, english)
    return thing_briefing(store, reports, iri, english)


def _one(store: Graph, name: str, kind: str | None = None) -> str:
    """Return the IRI of the one thing of a name.

    Raises:
        InputError: There is none, or there are several in different districts.
    """
    asked = Parameter("department", (kind,), "") if kind else _ABOUT
    found = [str(one.value) for one in find_terms(store, asked, name)]
    if len(found) > 1:
        told = ", ".join(found[:3])
        raise InputError(f"“{name}”: several districts have one; name its IRI, such as {told}")
    return found[0]


def _is_department(store: Graph, iri: str) -> bool:
    from pyoxigraph import NamedNode

    kind = NamedNode(f"{TKG}Department")
    return any(store.quads_for_pattern(NamedNode(iri), term("rdf:type"), kind))
