"""The subject of a bundle, for its descriptions: reports, districts, period, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Store

from kg.graph.rdf.terms import TKG
from kg.publishing.statistics import Statistics
from kg.questions.sparql import select

# Keywords of every bundle, by language.
KEYWORDS = {
    "zh": ("政府工作任务", "政府工作报告", "责任部门", "知识图谱"),
    "en": ("government tasks", "government work report", "departments", "knowledge graph"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A district: its IRI, name and administrative code (GB/T 2260)."""

    iri: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The subject of a bundle.

    Attributes:
        reports: The IRI and title of each report.
        places: The districts of the reports.
        start: The first day of the years that they plan (ISO 8601), or an empty string.
        end: The last day.
        statistics: The statistics of the graph.
        statuses: The Chinese and English label of each state and its number of tasks.
        version: The version of taskkg that built the graph.
    """

    reports: Mapping[str, str]
    places: tuple[Place, ...]
    start: str
    end: str
    statistics: Statistics
    statuses: tuple[tuple[str, str, int], ...]
    version: str

    @property
    def title_zh(self) -> str:
        """The title of the bundle in Chinese."""
        years = f"{self._years}年" if self.start else ""
        return f"{self._names}{years}政府工作任务知识图谱"

    @property
    def title_en(self) -> str:
        """The title of the bundle in English."""
        years = f", {self._years}" if self.start else ""
        return f"Government tasks of {self._names}{years}: a knowledge graph"

    @property
    def description_zh(self) -> str:
        """The description of the bundle in Chinese."""
        return (
            f"{self.count('Task')}项政府工作任务及其进展、{self.count('Department')}个责任部门、"
            f"{self.count('Project')}个项目，以及任务所提到的地点、单位、政策、目标值和完成值；"
            "每项事实均附所依据的原文。"
        )

    @property
    def description_en(self) -> str:
        """The description of the bundle in English."""
        return (
            f"{self.count('Task')} tasks of a government with their progress, "
            f"{self.count('Department')} departments, {self.count('Project')} projects, and the "
            "places, organisations, policies, targets and observations that the tasks mention; "
            "each fact with the sentence that is its evidence."
        )

    @property
    def provenance_zh(self) -> str:
        """The source of the data in Chinese."""
        titles = "、".join(f"《{title}》" for title in self.reports.values())
        return f"由 taskkg {self.version} 从以下公开报告中提取：{titles}。"

    @property
    def provenance_en(self) -> str:
        """The source of the data in English."""
        return f"Extracted by taskkg {self.version} from: {'; '.join(self.reports.values())}."

    def count(self, name: str) -> int:
        """Return the number of things of a class of the vocabulary."""
        return self.statistics.classes.get(TKG + name, 0)

    @property
    def _names(self) -> str:
        return "、".join(place.name for place in self.places)

    @property
    def _years(self) -> str:
        first, last = self.start[:4], self.end[:4]
        return first if first == last else f"{first}–{last}"


def contents(store: Store, statistics: Statistics, about: Mapping[str, Any]) -> Contents:
    """Return the subject of a graph.

    Args:
        store: The graph.
        statistics: Its statistics.
        about: The metadata of its build.
    """
    reports = select(store, _REPORTS).rows
    places = select(store, _PLACES).rows
    ((start, end),) = select(store, _PERIOD).rows
    statuses = select(store, _STATUSES).rows
    return Contents(
        {str(iri): str(title) for iri, title in reports},
        tuple(Place(str(iri), str(name), str(code or "")) for iri, name, code in places),
        str(start or ""),
        str(end or ""),
        statistics,
        tuple((str(zh), str(en), int(str(count))) for zh, en, count in statuses),
        str(about["version"]),
    )


_REPORTS = """SELECT ?report (MIN(?label) AS ?title) WHERE {
  ?report a tkg:Report ; dcterms:title ?label } GROUP BY ?report ORDER BY ?report"""
_PLACES = """SELECT ?place (MIN(?label) AS ?name) (MIN(?given) AS ?code) WHERE {
  ?place a tkg:Jurisdiction ; rdfs:label ?label
  OPTIONAL { ?place dcterms:identifier ?given } } GROUP BY ?place ORDER BY ?place"""
_PERIOD = """SELECT (MIN(?first) AS ?start) (MAX(?last) AS ?end) WHERE {
  ?report a tkg:Report ; dcterms:temporal ?period .
  ?period dcat:startDate ?first ; dcat:endDate ?last }"""
_STATUSES = """SELECT ?zh ?en (COUNT(DISTINCT ?task) AS ?count) WHERE {
  ?task a tkg:Task ; tkg:status ?status . ?status skos:prefLabel ?zh, ?en
  FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") } GROUP BY ?zh ?en ORDER BY DESC(?count) ?en"""
