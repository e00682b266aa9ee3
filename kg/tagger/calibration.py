"""Calibrate probabilities: turn them into how often the network is right on unseen text."""

from __future__ import annotations

import numpy as np

from kg.tagger.model import Model


def calibrate(model: Model, head: str, probability: float) -> float:
    """Return how often a head was right when it gave this probability."""
    points = model.about.get("calibration", {}).get(head)
    if not points:
        return round(probability, 3)
    given, right = zip(*points, strict=True)
    return round(float(np.interp(probability, given, right)), 3)
