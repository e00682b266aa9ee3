"""RDF literals: dates, numbers, Chinese and English text."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal

from pyoxigraph import Literal

from kg.graph.rdf.terms import term

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-Q([1-4]))?")


def date_bounds(iso: str) -> tuple[str, str]:
    """Return the first and the last day of an ISO year, month, day, quarter or interval of these.

    >>> date_bounds("2019-Q3"), date_bounds("2020-02"), date_bounds("2019-09-19/2019-09-27")
    (('2019-07-01', '2019-09-30'), ('2020-02-01', '2020-02-29'), ('2019-09-19', '2019-09-27'))
    """
    first, _, last = iso.partition("/")
    if last:
        return date_bounds(first)[0], date_bounds(last)[1]
    match = _ISO.fullmatch(iso)
    if match is None:
        raise ValueError(f"not an ISO date: {iso}")
    year, month, day, quarter = match.groups()
    if day:
        return iso, iso
    begin, end = (int(quarter) * 3 - 2, int(quarter) * 3) if quarter else (1, 12)
    if month:
        begin = end = int(month)
    days = calendar.monthrange(int(year), end)[1]
    return f"{year}-{begin:02d}-01", f"{year}-{end:02d}-{days}"


def typed_literal(text: str, datatype: str) -> Literal:
    """Return a literal of an XSD type."""
    return Literal(text, datatype=term(f"xsd:{datatype}"))


def integer(number: int) -> Literal:
    """Return an integer literal."""
    return typed_literal(str(number), "integer")


def zh(text: str) -> Literal:
    """Return a Chinese literal."""
    return Literal(text, language="zh")


def en(text: str) -> Literal:
    """Return an English literal."""
    return Literal(text, language="en")


def canonical_decimal(value: Decimal) -> str:
    """Return a decimal in a canonical form, so that equal values give equal terms."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
