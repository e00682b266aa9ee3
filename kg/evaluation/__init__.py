"""Evaluate an extraction against a reference that a careful reader made."""

from kg.evaluation.score import Evaluation, Figure, Miss, evaluate

__all__ = ["Evaluation", "Figure", "Miss", "evaluate"]
