"""The names of places in pinyin, for identifiers."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache

from kg.gazetteer.divisions import FOLDER, stem, upper_divisions
from kg.model import Jurisdiction
from kg.resources import resource


def romanised_name(place: Jurisdiction) -> str:
    """Return the name of a place in pinyin, with its code if the name is ambiguous.

    >>> places = [("420103", "江汉区"), ("330106", "西湖区"), ("371722", "单县")]
    >>> [romanised_name(Jurisdiction(*place)) for place in places]
    ['jianghan', 'xihu-330106', 'shan']
    >>> romanised_name(Jurisdiction("330108001", "西兴街道"))
    'xixing-330108001'
    """
    name = _pinyin(place.name)
    # Most names of townships are ambiguous.
    is_ambiguous = place.code and (len(place.code) > 6 or _namesakes()[name] > 1)
    return f"{name}-{place.code}" if is_ambiguous else name


@cache
def _namesakes() -> Counter[str]:
    """Return the number of provinces, cities and districts by their names in pinyin."""
    # A city without districts is also listed as its only district.
    places = {(name, code[:2]) for code, name in upper_divisions().items()}
    return Counter(_pinyin(name) for name, _ in places)


def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin

    # With the kind of division, on which the reading of 朝阳 depends.
    return _readings().get(name) or "".join(lazy_pinyin(name)[: len(stem(name))])


@cache
def _readings() -> dict[str, str]:
    """Return the readings of names with unusual pronunciations."""
    with resource(*FOLDER, "readings.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row["pinyin"].replace(" ", "") for row in csv.DictReader(lines)}
