"""Short forms of words inside official names, written out."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Literal

from kg.resources import resource

Domain = Literal["department", "organization", "place", "event"]


@cache
def _expansions(domain: Domain) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of a domain's short forms and what they stand for."""
    longs: dict[str, str] = {}
    with resource("data", "lexicon", "abbreviations.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["domain"] == domain:
                longs.setdefault(row["short"], row["long"])
    # A long form that begins or goes on with the short one is not expanded again.
    alternatives = "|".join(
        re.escape(short)
        + (f"(?!{re.escape(long[len(short) :])})" if long.startswith(short) else "")
        for short, long in sorted(longs.items(), key=lambda item: -len(item[0]))
    )
    written_out = "|".join(
        re.escape(long) for long in sorted(longs.values(), key=len, reverse=True)
    )
    return re.compile(f"(?P<long>{written_out})|(?P<short>{alternatives})"), longs


def expand(name: str, domain: Domain) -> str:
    """Return a name with its short forms written out.

    >>> expand("发改局", "department"), expand("发展和改革局", "department")
    ('发展和改革局', '发展和改革局')
    >>> expand("红会医院", "organization"), expand("红十字会医院", "organization")
    ('红十字会医院', '红十字会医院')
    """
    pattern, longs = _expansions(domain)
    return pattern.sub(lambda match: match["long"] or longs[match["short"]], name)
