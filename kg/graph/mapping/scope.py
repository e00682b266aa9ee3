"""The scope of the things in one report, from which their IRIs are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extraction.linking.companies import is_known_company
from kg.extraction.linking.departments import link_departments, standard_department
from kg.graph.rdf.ntriples import Term, iri
from kg.graph.rdf.terms import iri_text, segment
from kg.history.place import Place
from kg.model import Evidence, NameKind, Report, TaskFacts

# Offices that are named by their level only, which belong to the province, city or district; with
# the number of digits of that level's code.
_ABOVE = (
    (re.compile(r"全?省(?!会)"), 2),
    (re.compile(r"全?市(?!场|民|容|政(?!府))"), 4),
    (re.compile(r"全?[区县旗](?!域|城)"), 6),
)
# A name with a firm's legal form, or with the name of the nation, means the same organisation in
# all districts; schools and parks of different districts may have the same name.
_LEGAL_FORM = re.compile(
    r"(?:公司|集团|银行|保险|证券|信托|基金|大学)(?:[^\W\d]{2,4}(?:分公司|分行|支公司|支行))?$"
)
_NATIONAL = re.compile(
    r"^(?:中国|中华|中央|国家|国务院|全国)|^(?:教育|财政|商务|司法|公安|民政|科技|工信)部$"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The scope of the things in one report.

    Attributes:
        base: The base of all IRIs.
        place: The district's code, or its name if the code is unknown; if both are unknown, the
            plan's identifier, so that two such plans do not count as those of one district.
        plan: Identifier of the plan.
        report: Identifier of the report.
        departments: Other forms of departments' names, with the form that the report prefers.
        rows: The places of its rows in the plan; a row that is missing keeps its number.
        code: The district's code, or empty if it is unknown.
    """

    base: str
    place: str
    plan: str
    report: str
    departments: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[int, Place] = field(default_factory=dict)
    code: str = ""

    @classmethod
    def of(
        cls,
        report: Report,
        facts: Iterable[TaskFacts],
        base: str,
        rows: Mapping[int, Place] | None = None,
    ) -> Scope:
        """Return the scope of a report; `rows` are the places of its rows in the plan."""
        district = report.jurisdiction
        place = district.code or district.name or report.plan
        columns = (department.name for task in report.tasks for department in task.departments)
        bodies = (name.name for found in facts for name in found.names if name.kind == "body")
        links = link_departments(columns, sorted(bodies))
        code = district.code or ""
        return cls(base, place, report.plan, report.identifier, links, rows or {}, code)

    def iri(self, kind: str, *parts: str | int) -> Term:
        """Return the IRI of a thing, as `kg.graph.rdf.terms.mint` does."""
        return _iri(self.base, kind, *parts)

    def graph(self, kind: str) -> Term:
        """Return the IRI of a named graph of the report: `report` or `curation`."""
        return self.iri("graph", kind, self.report)

    def place_in_plan(self, row: int) -> Place:
        """Return the place of a row in the plan."""
        return self.rows.get(row, Place(row))

    def task(self, row: int) -> Term:
        """Return the IRI of the task in a row of the report."""
        return self.iri("task", self.plan, self.place_in_plan(row).number)

    def state(self, row: int) -> Term:
        """Return the IRI of the state of the task in a row of the report."""
        return self.iri("state", self.report, row)

    def authority(self) -> Term:
        """Return the IRI of the district's authority: all its bodies of party and government."""
        return self.iri("authority", self.place)

    def named_thing(self, kind: NameKind, name: str) -> Term:
        """Return the IRI of a named thing; a body has the IRI of a department.

        An organisation above the district (a university, a bureau of the city, a firm) has the
        same IRI in the reports of all districts.
        """
        if kind == "body":
            return self.iri("department", self.place, standard_department(name))
        if kind == "organization":
            return self.iri(kind, self._owner(name), name)
        return self.iri(kind, self.place, name)

    def _owner(self, organization: str) -> str:
        """Return the code of the nation, province, city or district of an organisation."""
        # Other short names of firms stay in their district: they may be ambiguous elsewhere.
        if (
            _NATIONAL.search(organization)
            or _LEGAL_FORM.search(organization)
            or is_known_company(organization)
        ):
            return "CN"
        level = next((digits for words, digits in _ABOVE if words.match(organization)), None)
        return self.code[:level] or self.place

    def span_path(self, evidence: Evidence) -> str:
        """Return the part of an IRI that identifies a span of a cell."""
        report, row = segment(self.report), evidence.row
        return f"{report}/{row}/{evidence.cell}/{evidence.start}-{evidence.end}"

    def iri_at(self, span: str, kind: str, *more: str) -> Term:
        """Return the IRI of a thing at a span, given by `span_path`."""
        about = "".join([f"/{segment(part)}" for part in more])
        return f"<{self.base}/{kind}/{span}{about}>".encode()


# Most statements of a report are about the same things.
@lru_cache(maxsize=2**12)
def _iri(base: str, kind: str, *parts: str | int) -> Term:
    return iri(iri_text(base, kind, *parts))
