"""Where the things of one report belong, and so what their IRIs are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extraction.companies import is_known_company
from kg.extraction.departments import link_departments, standard_department
from kg.graph.ntriples import Term, iri
from kg.graph.terms import address, segment
from kg.history.place import Place
from kg.model import Evidence, NameKind, Report, TaskFacts

# Offices that are named by their level only belong to the province, city or district above.
# With how many digits of its code each level begins.
_ABOVE = (
    (re.compile(r"全?省(?!会)"), 2),
    (re.compile(r"全?市(?!场|民|容|政(?!府))"), 4),
    (re.compile(r"全?[区县旗](?!域|城)"), 6),
)
# What bears a firm's legal form, or the name of the nation, is one wherever it is named; a school
# or a park may be called alike in every district.
_LEGAL_FORM = re.compile(
    r"(?:公司|集团|银行|保险|证券|信托|基金|大学)(?:[^\W\d]{2,4}(?:分公司|分行|支公司|支行))?$"
)
_NATIONAL = re.compile(
    r"^(?:中国|中华|中央|国家|国务院|全国)|^(?:教育|财政|商务|司法|公安|民政|科技|工信)部$"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the things of one report belong.

    Attributes:
        base: The base of all IRIs.
        place: The district's code, or its name where no code is known; where neither is, that of
            the plan, so that two plans are not taken for those of one district.
        plan: Identifier of the plan.
        report: Identifier of the report.
        departments: Other forms of departments' names, with the form that the report prefers.
        rows: Where its rows stand in the plan; rows that are left out keep their number.
        code: The district's code, empty where none is known.
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
        """Return the scope of a report; `rows` tell where its rows stand in the plan."""
        district = report.jurisdiction
        place = district.code or district.name or report.plan
        columns = (department.name for task in report.tasks for department in task.departments)
        bodies = (name.name for found in facts for name in found.names if name.kind == "body")
        links = link_departments(columns, sorted(bodies))
        code = district.code or ""
        return cls(base, place, report.plan, report.identifier, links, rows or {}, code)

    def iri(self, kind: str, *parts: str | int) -> Term:
        """Return the IRI of a thing, as `kg.graph.terms.mint` does."""
        return _iri(self.base, kind, *parts)

    def graph(self, kind: str) -> Term:
        """Return the IRI of a named graph of the report: `report` or `curation`."""
        return self.iri("graph", kind, self.report)

    def in_plan(self, row: int) -> Place:
        """Return where a row of the report stands in the plan."""
        return self.rows.get(row, Place(row))

    def task(self, row: int) -> Term:
        """Return the IRI of the task that a row of the report tells of."""
        return self.iri("task", self.plan, self.in_plan(row).number)

    def state(self, row: int) -> Term:
        """Return the IRI of the state of a task as the report tells it."""
        return self.iri("state", self.report, row)

    def authority(self) -> Term:
        """Return the IRI of the district's bodies of party and government taken together."""
        return self.iri("authority", self.place)

    def thing(self, kind: NameKind, name: str) -> Term:
        """Return the IRI of a named thing; a body is a department wherever it is named.

        What stands above the district (a university, a bureau of the city, a firm) is the same
        thing in the reports of all districts.
        """
        if kind == "body":
            return self.iri("department", self.place, standard_department(name))
        if kind == "organization":
            return self.iri(kind, self._home(name), name)
        return self.iri(kind, self.place, name)

    def _home(self, organization: str) -> str:
        """Return where an organisation belongs: the nation, province, city or the district."""
        # Other short names of firms stay in their district: a report does not tell whose they are.
        if (
            _NATIONAL.search(organization)
            or _LEGAL_FORM.search(organization)
            or is_known_company(organization)
        ):
            return "CN"
        level = next((digits for words, digits in _ABOVE if words.match(organization)), None)
        return self.code[:level] or self.place

    def span(self, evidence: Evidence) -> str:
        """Return where a span of a cell stands, as the IRIs of what stands there tell it."""
        report, row = segment(self.report), evidence.row
        return f"{report}/{row}/{evidence.cell}/{evidence.start}-{evidence.end}"

    def at(self, span: str, kind: str, *more: str) -> Term:
        """Return the IRI of what stands at a span."""
        about = "".join([f"/{segment(part)}" for part in more])
        return f"<{self.base}/{kind}/{span}{about}>".encode()


# What a report tells is mostly about the same things.
@lru_cache(maxsize=2**12)
def _iri(base: str, kind: str, *parts: str | int) -> Term:
    return iri(address(base, kind, *parts))
