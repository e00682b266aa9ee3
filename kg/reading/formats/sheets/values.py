"""The values of a spreadsheet's cells, as they are shown."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from kg.reading.formats.sheets.number_format import formatted, formatted_text

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
# What libraries give for the currency of the country where Excel runs.
_ANY_CURRENCY = '"$"'


def shown(value: object, number_format: str) -> str:
    """Return a value as its cell shows it; a date as ISO 8601, where the cell tells its day.

    Args:
        value: A text, number, truth value or date.
        number_format: The cell's number format.

    >>> shown(0.855, "0.0%"), shown(3.0, "General"), shown(5, '0"座"')
    ('85.5%', '3', '5座')
    >>> [shown(date(2024, 9, 1), told) for told in ('yyyy"年"m"月"', "yyyy/m/d")]
    ['2024年9月', '2024-09-01']
    """
    if isinstance(value, str):
        return formatted_text(value, number_format)
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return formatted(value, number_format.replace(_ANY_CURRENCY, "") or "General")
    if isinstance(value, date):
        return _date(value, number_format)
    return value.isoformat() if isinstance(value, time) else str(value)


def _date(value: date, number_format: str) -> str:
    letters = _QUOTED.sub("", number_format.partition(";")[0]).lower()
    if "y" in letters and "d" not in letters and "h" not in letters:
        return f"{value.year}年" + (f"{value.month}月" if "m" in letters else "")
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat()
