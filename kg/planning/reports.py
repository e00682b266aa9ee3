"""The reports of a graph by plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import DefaultGraph, NamedNode

from kg.graph.rdf.terms import term
from kg.graph.stores.protocol import Graph
from kg.questions.sparql import select, values_clause


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report.

    Attributes:
        iri: Its IRI.
        identifier: Its identifier, such as jianghan-2019-10.
        title: Its title.
        plan: The identifier of its plan, such as jianghan-2019.
        district: The name of the district.
        as_of: The date up to which it covers progress, or empty.
        year: The year that it reports on, or empty.
    """

    iri: str
    identifier: str
    title: str
    plan: str
    district: str
    as_of: str
    year: str

    @property
    def entry(self) -> Mapping[str, str | None]:
        """The fields that `kg.graph.difference` needs."""
        return {"identifier": self.identifier, "plan": self.plan, "as_of": self.as_of or None}


def read_reports(store: Graph) -> tuple[ReportLine, ...]:
    """Return the reports of a graph, the newest first."""
    found: dict[str, ReportLine] = {}
    for iri, identifier, title, district, as_of, year in select(store, _REPORTS).rows:
        found.setdefault(
            str(iri),
            ReportLine(
                str(iri),
                str(identifier),
                str(title or identifier),
                _find_plan(store, str(iri)),
                str(district or ""),
                str(as_of or ""),
                str(year or "")[:4],
            ),
        )
    # A month counts as its last day.
    return tuple(
        sorted(found.values(), key=lambda it: (it.as_of + "-99", it.identifier), reverse=True)
    )


def plan_reports(found: tuple[ReportLine, ...], plan: str) -> tuple[ReportLine, ...]:
    """Return the reports of a plan, the newest first."""
    return tuple(one for one in found if one.plan == plan)


def department_reports(store: Graph, departments: Iterable[str]) -> list[str]:
    """Return the IRIs of the latest reports of the tasks of some departments."""
    rows = select(store, _REPORTS_OF % values_clause("department", departments)).rows
    return sorted({str(iri) for (iri,) in rows})


def comparison_title(before: ReportLine, after: ReportLine, english: bool = False) -> str:
    """Return the title of the comparison of two reports: district and dates.

    >>> one = ReportLine("", "a", "", "p", "江汉区", "2019-05", "2019")
    >>> comparison_title(one, ReportLine("", "b", "", "p", "江汉区", "2019-10", "2019"))
    '江汉区2019年5月→10月'
    """
    if english:
        dates = [report.as_of or report.identifier for report in (before, after)]
        return f"{after.district} {dates[0]} → {dates[1]}".strip()
    dates = [_chinese_date(one) for one in (before, after)]
    year = f"{after.as_of[:4]}年"
    if dates[0].startswith(year) and dates[1].startswith(year):
        dates[1] = dates[1].removeprefix(year)
    return f"{after.district}{dates[0]}→{dates[1]}"


def group_by_district(
    found: tuple[ReportLine, ...],
) -> list[tuple[str, list[ReportLine]]]:
    """Group reports by district, the newest of each first."""
    ordered = sorted(found, key=lambda it: (it.as_of + "-99", it.identifier), reverse=True)
    ordered.sort(key=lambda it: it.district)
    return [(name, list(those)) for name, those in groupby(ordered, lambda it: it.district)]


def date_text(one: ReportLine, english: bool = False) -> str:
    """Return the date up to which a report covers progress, or else its identifier."""
    return (one.as_of or one.identifier) if english else _chinese_date(one)


def _chinese_date(one: ReportLine) -> str:
    parts = one.as_of.split("-")
    if not one.as_of or not all(part.isdecimal() for part in parts):
        return one.identifier
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(parts, ("年", "月", "日"), strict=False)
    )


def _find_plan(store: Graph, report: str) -> str:
    """Return the plan of a report, from the IRI of one of its tasks; empty without tasks."""
    for quad in store.quads_for_pattern(
        None, term("tkg:report"), NamedNode(report), DefaultGraph()
    ):
        if isinstance(quad.subject, NamedNode):
            for task in store.quads_for_pattern(
                quad.subject, term("tkg:task"), None, DefaultGraph()
            ):
                return str(task.object.value).rpartition("/")[0].rpartition("/")[2]  # type: ignore[union-attr]
    return ""


_REPORTS_OF = """SELECT DISTINCT ?report WHERE { %s
  ?task tkg:responsible ?department ; tkg:latestState/tkg:report ?report }"""
_REPORTS = """SELECT ?report ?identifier ?title ?district ?asOf ?year WHERE {
  ?report a tkg:Report ; dcterms:identifier ?identifier .
  OPTIONAL { ?report dcterms:title ?title }
  OPTIONAL { ?report tkg:jurisdiction/rdfs:label ?district }
  OPTIONAL { ?report tkg:asOf ?asOf }
  OPTIONAL { ?report tkg:year ?year }
} ORDER BY ?report ?title ?district"""
