"""A row of a report, and the IRIs that all that it tells has in common."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.ntriples import Term
from kg.graph.scope import Scope
from kg.model import CellName, Task


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a report.

    Attributes:
        told: What stands in it.
        scope: Where its report's things belong.
        number: The number of its task in the plan.
        task: The IRI of its task.
        state: The IRI of the task's state as the report tells it.
        report: The IRI of the report.
    """

    told: Task
    scope: Scope
    number: int
    task: Term
    state: Term
    report: Term

    @classmethod
    def of(cls, told: Task, scope: Scope) -> Row:
        """Return a row with its IRIs."""
        number = scope.in_plan(told.number).number
        return cls(
            told,
            scope,
            number,
            scope.task(told.number),
            scope.iri("state", scope.report, told.number),
            scope.iri("report", scope.report),
        )

    def cell(self, column: CellName) -> Term:
        """Return the IRI of one of its cells."""
        return self.scope.iri("cell", self.scope.report, self.told.number, column)
