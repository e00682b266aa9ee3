"""Expand abbreviations inside official names."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Literal

from kg.extraction.lexicon import lexicon_pattern
from kg.resources import resource

Domain = Literal["department", "organization", "place", "event"]


@cache
def _expansions(domain: Domain) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all forms in a domain, and the long form of each short one."""
    longs: dict[str, str] = {}
    with resource("data", "lexicon", "abbreviations.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["domain"] == domain:
                longs.setdefault(row["short"], row["long"])
    # The longest form is matched first, so that a long form is not expanded again.
    return lexicon_pattern({*longs, *longs.values()}), longs


def expand_abbreviations(name: str, domain: Domain) -> str:
    """Return a name with its abbreviations expanded.

    >>> [expand_abbreviations(name, "department") for name in ("发改局", "发展和改革局")]
    ['发展和改革局', '发展和改革局']
    >>> [expand_abbreviations(name, "organization") for name in ("红会医院", "红十字会医院")]
    ['红十字会医院', '红十字会医院']
    """
    pattern, longs = _expansions(domain)
    return pattern.sub(lambda match: longs.get(match.group(), match.group()), name)
