"""The values of a spreadsheet's cells, as they are shown."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def shown(value: object, number_format: str) -> str:
    """Return a value as its cell shows it, as far as it matters: percentages, dates, integers.

    Args:
        value: A text, number, truth value or date.
        number_format: The cell's number format.

    >>> shown(0.855, "0.0%"), shown(3.0, "General"), shown(12.5, "0.00")
    ('85.5%', '3', '12.5')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return _other(value)
    if "%" in _QUOTED.sub("", number_format):
        decimals = re.search(r"\.(0+)%", number_format)
        return f"{value * 100:.{len(decimals[1]) if decimals else 0}f}%"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _other(value: object) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)
