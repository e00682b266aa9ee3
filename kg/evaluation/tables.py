"""An evaluation as tables: its figures, and what was missed and invented."""

from __future__ import annotations

from decimal import Decimal

from kg.evaluation.score import Evaluation
from kg.tables import Answer


def figures_table(evaluation: Evaluation) -> Answer:
    """Return one row for each kind of fact."""
    fields = ("kind", "f1", "precision", "recall", "hit", "missed", "invented")
    rows = tuple(
        (
            figure.kind,
            _round_share(figure.f1),
            _round_share(figure.precision),
            _round_share(figure.recall),
            figure.hit,
            figure.missed,
            figure.invented,
        )
        for figure in evaluation.figures
    )
    return Answer(fields, rows)


def misses_table(evaluation: Evaluation) -> Answer:
    """Return one row for each task and kind with differences."""
    rows = tuple(
        (miss.task, miss.kind, "；".join(miss.missed), "；".join(miss.invented))
        for miss in evaluation.misses
    )
    return Answer(("task", "kind", "missed", "invented"), rows)


def _round_share(share: float) -> Decimal:
    return Decimal(f"{share:.3f}")
