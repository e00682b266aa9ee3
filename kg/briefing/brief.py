"""Create a briefing on a plan, a department, a thing, two departments, or two reports."""

from __future__ import annotations

from kg.briefing.comparison import departments_briefing, reports_briefing
from kg.briefing.content import Briefing
from kg.briefing.department import department_briefing
from kg.briefing.plan import plan_briefing
from kg.briefing.thing import thing_briefing
from kg.errors import InputError
from kg.graph.rdf.terms import TKG, term
from kg.graph.stores.protocol import Graph
from kg.planning.reports import (
    plan_reports,
    read_reports,
)
from kg.questions.parameters import Parameter, find_terms

_ABOUT = Parameter("about", ("Department", "NamedThing"), "")


def brief(
    store: Graph, about: str | None = None, other: str | None = None, language: str = "zh"
) -> Briefing:
    """Create a briefing.

    Args:
        store: The graph.
        about: The subject: a department, a thing or a report, by name, identifier or IRI; the
            newest plan by default.
        other: A second department or report to compare with.
        language: `zh` or `en`.

    Raises:
        InputError: The graph has no reports, the name is not in the graph, or the two cannot be
            compared.
    """
    english = language == "en"
    reports = read_reports(store)
    if not reports:
        raise InputError("the graph has no reports; add one with kg add")
    by_name = {key: one for one in reports for key in (one.identifier, one.iri)}
    if other is not None:
        if about in by_name and other in by_name:
            return reports_briefing(store, reports, by_name[about], by_name[other], english)
        found = [_find_single(store, name or "", "Department") for name in (about, other)]
        return departments_briefing(store, reports, found[0], found[1], english)
    if about is None or about in by_name:
        report = by_name[about] if about else reports[0]
        return plan_briefing(store, plan_reports(reports, report.plan), english)
    iri = _find_single(store, about)
    if _is_department(store, iri):
        return department_briefing(store, reports, iri, english)
    return thing_briefing(store, reports, iri, english)


def _find_single(store: Graph, name: str, kind: str | None = None) -> str:
    """Return the IRI of the only thing with a name.

    Raises:
        InputError: There is none, or there are several in different districts.
    """
    parameter = Parameter("department", (kind,), "") if kind else _ABOUT
    found = [str(term.value) for term in find_terms(store, parameter, name)]
    if len(found) > 1:
        examples = ", ".join(found[:3])
        raise InputError(f"“{name}”: exists in several districts; use an IRI, such as {examples}")
    return found[0]


def _is_department(store: Graph, iri: str) -> bool:
    from pyoxigraph import NamedNode

    kind = NamedNode(f"{TKG}Department")
    return any(store.quads_for_pattern(NamedNode(iri), term("rdf:type"), kind))
