"""How likely a fact is right, told by how often the rule that found it was right.

The shares come from `scripts/calibrate.py`, which compares an extraction with a reference and writes
`data/evaluation/calibration.csv`. A rule that the reference seldom tries is drawn towards the share
of its kind of fact, and a kind towards 0.8.
"""

from __future__ import annotations

import csv
from functools import cache

from kg.resources import resource

_PRIOR, _WEIGHT = 0.8, 8.0


def family(rule: str) -> str:
    """Return the family of a rule, by which it is counted.

    >>> family("suffix:路"), family("status:completed")
    ('suffix', 'status:completed')
    """
    head, _, _ = rule.partition(":")
    return head if head in ("suffix", "enumeration", "list") else rule


@cache
def _counts() -> dict[tuple[str, str], tuple[int, int]]:
    """Return how many facts of a kind and rule were right, of how many."""
    with resource("data", "evaluation", "calibration.csv").open(encoding="utf-8") as lines:
        return {
            (row["fact"], row["rule"]): (int(row["right"]), int(row["of"]))
            for row in csv.DictReader(lines)
        }


@cache
def confidence(fact: str, rule: str) -> float | None:
    """Return how likely a fact is right, from 0 to 1; None for kinds that have no reference.

    Args:
        fact: The kind of fact: a kind of name, `quantity`, `date`, `target` or `status`.
        rule: The rule that found it.
    """
    counts = [value for (kind, _), value in _counts().items() if kind == fact]
    if not counts:
        return None
    right, tried = sum(r for r, _ in counts), sum(t for _, t in counts)
    overall = (right + _PRIOR * _WEIGHT) / (tried + _WEIGHT)
    own, times = _counts().get((fact, family(rule)), (0, 0))
    return round((own + overall * _WEIGHT) / (times + _WEIGHT), 2)
