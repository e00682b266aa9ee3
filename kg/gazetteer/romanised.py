"""The names of places in pinyin, as they stand in identifiers."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache

from kg.gazetteer.divisions import FOLDER, stem, upper
from kg.model import Jurisdiction
from kg.resources import resource


def romanised(place: Jurisdiction) -> str:
    """Return the name of a place in pinyin; its code tells it from others of that name.

    >>> romanised(Jurisdiction("420103", "江汉区")), romanised(Jurisdiction("330106", "西湖区"))
    ('jianghan', 'xihu-330106')
    >>> romanised(Jurisdiction("371722", "单县")), romanised(Jurisdiction("330108001", "西兴街道"))
    ('shan', 'xixing-330108001')
    """
    name = _pinyin(place.name)
    # Of townships there are many of each name.
    many = place.code and (len(place.code) > 6 or _namesakes()[name] > 1)
    return f"{name}-{place.code}" if many else name


@cache
def _namesakes() -> Counter[str]:
    """Return how many provinces, cities and districts are called alike in pinyin."""
    # A city without districts is listed as its only one too.
    places = {(name, code[:2]) for code, name in upper().items()}
    return Counter(_pinyin(name) for name, _ in places)


def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin

    # With the kind of district, which tells how 朝阳 is read.
    return _readings().get(name) or "".join(lazy_pinyin(name)[: len(stem(name))])


@cache
def _readings() -> dict[str, str]:
    """Return the readings of names that are not read as their characters usually are."""
    with resource(*FOLDER, "readings.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row["pinyin"].replace(" ", "") for row in csv.DictReader(lines)}
