"""Short forms of words inside official names, written out."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Literal

from kg.extraction.lexicon import lexicon
from kg.resources import resource

Domain = Literal["department", "organization", "place", "event"]


@cache
def _expansions(domain: Domain) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of a domain's short and long forms, and what the short ones stand for."""
    longs: dict[str, str] = {}
    with resource("data", "lexicon", "abbreviations.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["domain"] == domain:
                longs.setdefault(row["short"], row["long"])
    # The longest is found first, so that a long form is not expanded again.
    return lexicon({*longs, *longs.values()}), longs


def expand(name: str, domain: Domain) -> str:
    """Return a name with its short forms written out.

    >>> expand("发改局", "department"), expand("发展和改革局", "department")
    ('发展和改革局', '发展和改革局')
    >>> expand("红会医院", "organization"), expand("红十字会医院", "organization")
    ('红十字会医院', '红十字会医院')
    """
    pattern, longs = _expansions(domain)
    return pattern.sub(lambda match: longs.get(match.group(), match.group()), name)
