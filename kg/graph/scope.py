"""Where the things of one report belong, and so what their IRIs are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.extraction.linking import link_departments, standard_department
from kg.graph.terms import mint
from kg.model import Evidence, NameKind, Report, TaskFacts


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the things of one report belong.

    Attributes:
        base: The base of all IRIs.
        place: The district's code, or its name where no code is known.
        plan: Identifier of the plan.
        report: Identifier of the report.
        departments: Other forms of departments' names, with the form that the report prefers.
    """

    base: str
    place: str
    plan: str
    report: str
    departments: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, report: Report, facts: Iterable[TaskFacts], base: str) -> Scope:
        """Return the scope of a report."""
        district = report.jurisdiction
        place = district.code or district.name or report.plan
        columns = (department.name for task in report.tasks for department in task.departments)
        bodies = (name.name for found in facts for name in found.names if name.kind == "body")
        links = link_departments(columns, sorted(bodies))
        return cls(base, place, report.plan, report.identifier, links)

    def task(self, number: int) -> NamedNode:
        """Return the IRI of a task."""
        return mint(self.base, "task", self.plan, number)

    def authority(self) -> NamedNode:
        """Return the IRI of the district's bodies of party and government taken together."""
        return mint(self.base, "authority", self.place)

    def thing(self, kind: NameKind, name: str) -> NamedNode:
        """Return the IRI of a named thing; a body is a department wherever it is named."""
        if kind == "body":
            return mint(self.base, "department", self.place, standard_department(name))
        return mint(self.base, kind, self.place, name)

    def span(self, kind: str, evidence: Evidence, *more: str) -> NamedNode:
        """Return the IRI of what stands at a span of a cell."""
        position = f"{evidence.start}-{evidence.end}"
        return mint(self.base, kind, self.report, evidence.row, evidence.cell, position, *more)
