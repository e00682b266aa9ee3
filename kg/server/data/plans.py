"""The plans of the reports in a graph, each with its district and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.planning.reports import date_text, read_reports
from kg.questions.sparql import select
from kg.server.data.build_cache import cached_for_build
from kg.server.data.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan.

    Attributes:
        identifier: Its identifier, such as jianghan-2019.
        place: Its district in IRIs: a code of GB/T 2260, or a name.
        district: Name of the district.
        year: Its year, or empty.
        reports: Identifiers of its reports, the newest first.
    """

    identifier: str
    place: str
    district: str
    year: str
    reports: tuple[str, ...]


def plans(build: Snapshot) -> tuple[Plan, ...]:
    """Return the plans of a build, the newest first, those of one year by district."""
    described = {
        str(identifier): (str(place).rpartition("/")[2], str(name), str(year or "")[:4])
        for identifier, place, name, year in select(build.graph, _REPORTS).rows
    }
    reports: dict[str, list[tuple[str, str]]] = {}
    for entry in build.about.get("reports", ()):
        if entry["identifier"] in described:
            dated = (str(entry["as_of"] or ""), str(entry["identifier"]))
            reports.setdefault(entry["plan"], []).append(dated)
    known = []
    for plan, unordered in reports.items():
        newest = tuple(identifier for _, identifier in sorted(unordered, reverse=True))
        known.append(Plan(plan, *described[newest[0]], newest))
    known.sort(key=lambda plan: (plan.place, plan.identifier))
    return tuple(sorted(known, key=lambda plan: plan.year, reverse=True))


def report_labels(build: Snapshot) -> Mapping[str, tuple[str, str]]:
    """Return labels of the reports of a build: by identifier, in Chinese and English."""

    def read(build: Snapshot) -> Mapping[str, tuple[str, str]]:
        return {
            one.identifier: (
                f"{one.district}{date_text(one)}",
                f"{one.district} {one.as_of}".strip(),
            )
            if one.as_of
            else (one.identifier, one.identifier)
            for one in cached_for_build(build, "reports", lambda it: read_reports(it.graph))
        }

    return cached_for_build(build, "labels of reports", read)


_REPORTS = """SELECT ?identifier ?place ?name ?year WHERE {
  ?report a tkg:Report ; dcterms:identifier ?identifier ; tkg:jurisdiction ?place .
  ?place rdfs:label ?name OPTIONAL { ?report tkg:year ?year } }"""
