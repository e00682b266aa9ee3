"""A row of a report with the IRIs that its statements share."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.mapping.scope import Scope
from kg.graph.rdf.ntriples import Term
from kg.history.place import Place
from kg.model import CellName, Evidence, Task


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a report.

    Attributes:
        content: Its cells.
        scope: The scope of the report's IRIs.
        place: Its place in the plan.
        task: The IRI of its task.
        state: The IRI of the task's state in the report.
        report: The IRI of the report.
    """

    content: Task
    scope: Scope
    place: Place
    task: Term
    state: Term
    report: Term

    @classmethod
    def of(cls, content: Task, scope: Scope) -> Row:
        """Return a row with its IRIs."""
        return cls(
            content,
            scope,
            scope.place_in_plan(content.number),
            scope.task(content.number),
            scope.state(content.number),
            scope.iri("report", scope.report),
        )

    def cell(self, column: CellName) -> Term:
        """Return the IRI of one of its cells."""
        return self.scope.iri("cell", self.scope.report, self.content.number, column)

    def iri_at(self, evidence: Evidence, kind: str, *more: str) -> Term:
        """Return the IRI of a thing at the span of some evidence."""
        return self.scope.iri_at(self.scope.span_path(evidence), kind, *more)
