"""The list of nationwide companies; such a name is the same company in every report."""

from __future__ import annotations

import csv
from functools import cache

from kg.resources import resource


@cache
def _companies() -> frozenset[str]:
    with resource("data", "lexicon", "companies.csv").open(encoding="utf-8") as lines:
        return frozenset(row["name"] for row in csv.DictReader(lines))


def is_known_company(name: str) -> bool:
    """Return whether a name is that of a nationwide company.

    >>> is_known_company("中国铁塔"), is_known_company("东湖科技")
    (True, False)
    """
    return name in _companies()
