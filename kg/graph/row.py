"""A row of a report, and the IRIs that all that it tells has in common."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.ntriples import Term
from kg.graph.scope import Scope
from kg.history.place import Place
from kg.model import CellName, Evidence, Task


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a report.

    Attributes:
        told: What stands in it.
        scope: Where its report's things belong.
        place: Where it stands in the plan.
        task: The IRI of its task.
        state: The IRI of the task's state as the report tells it.
        report: The IRI of the report.
    """

    told: Task
    scope: Scope
    place: Place
    task: Term
    state: Term
    report: Term

    @classmethod
    def of(cls, told: Task, scope: Scope) -> Row:
        """Return a row with its IRIs."""
        return cls(
            told,
            scope,
            scope.in_plan(told.number),
            scope.task(told.number),
            scope.state(told.number),
            scope.iri("report", scope.report),
        )

    def cell(self, column: CellName) -> Term:
        """Return the IRI of one of its cells."""
        return self.scope.iri("cell", self.scope.report, self.told.number, column)

    def at(self, evidence: Evidence, kind: str, *more: str) -> Term:
        """Return the IRI of what stands at the span of some evidence."""
        return self.scope.at(self.scope.span(evidence), kind, *more)
