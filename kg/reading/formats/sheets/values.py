"""Format the values of a spreadsheet's cells as they are displayed."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from kg.reading.formats.sheets.number_format import format_number, format_text

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
# What libraries return for the currency of the user's locale.
_ANY_CURRENCY = '"$"'


def format_value(value: object, number_format: str) -> str:
    """Return a value as displayed in its cell; a date with a day is in ISO 8601.

    Args:
        value: A text, number, boolean or date.
        number_format: The cell's number format.

    >>> format_value(0.855, "0.0%"), format_value(3.0, "General"), format_value(5, '0"座"')
    ('85.5%', '3', '5座')
    >>> [format_value(date(2024, 9, 1), code) for code in ('yyyy"年"m"月"', "yyyy/m/d")]
    ['2024年9月', '2024-09-01']
    """
    if isinstance(value, str):
        return format_text(value, number_format)
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return format_number(value, number_format.replace(_ANY_CURRENCY, "") or "General")
    if isinstance(value, date):
        return _format_date(value, number_format)
    return value.isoformat() if isinstance(value, time) else str(value)


def _format_date(value: date, number_format: str) -> str:
    letters = _QUOTED.sub("", number_format.partition(";")[0]).lower()
    if "y" in letters and "d" not in letters and "h" not in letters:
        return f"{value.year}年" + (f"{value.month}月" if "m" in letters else "")
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat()
