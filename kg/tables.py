"""Tables of plain values, and their CSV, JSON and Markdown forms."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

# Characters with which formulas begin in spreadsheets, also full-width and after spaces.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

Plain = str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A table of plain values: the names of its columns, and its rows."""

    fields: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]


def escape_formula(text: str) -> str:
    """Return a text that no spreadsheet reads as a formula (OWASP, “CSV Injection”).

    >>> escape_formula("=1+1"), escape_formula(" =1+1"), escape_formula("="), escape_formula("一是")
    ("'=1+1", "' =1+1", '=', '一是')
    """
    inner = text.lstrip()
    formula = len(inner) > 1 and inner.startswith(_FORMULA)
    return f"'{text}" if formula or text.startswith(("\t", "\r", "\n")) else text


def unescape_formula(text: str) -> str:
    """Return the text that was passed to `escape_formula`.

    >>> unescape_formula(escape_formula("=1+1")), unescape_formula("'一是'")
    ('=1+1', "'一是'")
    """
    return text[1:] if text.startswith("'") and escape_formula(text[1:]) == text else text


def to_csv(answer: Answer) -> str:
    """Return a table as CSV (RFC 4180) with a header row.

    Texts that a spreadsheet would read as formulas get an apostrophe in front.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.fields)
    for row in answer.rows:
        writer.writerow(
            escape_formula(value) if isinstance(value, str) else value_text(value) for value in row
        )
    return text.getvalue()


def to_json(answer: Answer) -> str:
    """Return a table as a JSON array with one object for each row."""
    rows = [dict(zip(answer.fields, map(_json_value, row), strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def to_markdown(answer: Answer) -> str:
    """Return a table in Markdown."""
    lines = [answer.fields, ["---"] * len(answer.fields), *answer.rows]
    return "".join(f"| {' | '.join(_markdown_cell(value) for value in line)} |\n" for line in lines)


def value_text(value: Plain) -> str:
    """Return a value as text; an empty string for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _json_value(value: Plain) -> str | int | float | bool | None:
    return float(value) if isinstance(value, Decimal) else value


def _markdown_cell(value: Plain) -> str:
    return value_text(value).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
