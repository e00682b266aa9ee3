"""An evaluation as tables: its figures, and what was missed and invented."""

from __future__ import annotations

from decimal import Decimal

from kg.evaluation.score import Evaluation
from kg.tables import Answer


def figures_table(evaluation: Evaluation) -> Answer:
    """Return one row a kind of fact."""
    fields = ("kind", "f1", "precision", "recall", "hit", "missed", "invented")
    rows = tuple(
        (
            figure.kind,
            _rounded(figure.f1),
            _rounded(figure.precision),
            _rounded(figure.recall),
            figure.hit,
            figure.missed,
            figure.invented,
        )
        for figure in evaluation.figures
    )
    return Answer(fields, rows)


def misses_table(evaluation: Evaluation) -> Answer:
    """Return one row for each task and kind that differs."""
    rows = tuple(
        (miss.task, miss.kind, "；".join(miss.missed), "；".join(miss.invented))
        for miss in evaluation.misses
    )
    return Answer(("task", "kind", "missed", "invented"), rows)


def _rounded(share: float) -> Decimal:
    return Decimal(f"{share:.3f}")
