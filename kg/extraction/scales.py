"""Values without the scale words 万 and 亿 that stand before a unit."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.model import Quantity

_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SCALED = re.compile(r"^([万亿]*)(.*)$")


def scaled(quantity: Quantity) -> tuple[Decimal, str]:
    """Return the value without a scale word, and the bare unit.

    Money is told with and without its unit (1065.51亿, 255亿元), so both are 元.
    """
    match = _SCALED.match(quantity.unit)
    assert match is not None
    value = quantity.value
    for mark in match[1]:
        value *= _SCALES[mark]
    unit = match[2].replace("％", "%")
    return value, unit or "元"
