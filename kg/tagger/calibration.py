"""Calibration: probabilities that say how often the network is right on text it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import numpy as np

from kg.tagger.model import Model

_BINS = 10
# A bin with few cases is drawn towards what the network says.
_WEIGHT = 5.0


def calibrate(model: Model, head: str, probability: float) -> float:
    """Return how often a head was right when it gave such a probability."""
    points = model.about.get("calibration", {}).get(head)
    if not points:
        return round(probability, 3)
    given, right = zip(*points, strict=True)
    return round(float(np.interp(probability, given, right)), 3)


def fit_calibration(cases: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Return points from given probabilities to the shares that were right, never falling.

    Args:
        cases: Given probabilities, each with whether the label was right.

    >>> fit_calibration([(0.5, True), (0.5, False)])
    [(0.5, 0.5)]
    """
    points: list[tuple[float, float]] = []
    if not cases:
        return points
    ranked = sorted(cases, key=itemgetter(0))
    for part in np.array_split(np.arange(len(ranked)), min(_BINS, max(1, len(ranked)))):
        given = float(np.mean([ranked[at][0] for at in part]))
        right = sum(ranked[at][1] for at in part) + _WEIGHT * given
        share = right / (len(part) + _WEIGHT)
        points.append((round(given, 3), round(max(share, points[-1][1] if points else 0.0), 3)))
    merged: dict[float, float] = {}
    for given, share in points:
        merged[given] = share if given not in merged else (merged[given] + share) / 2
    return list(merged.items())
