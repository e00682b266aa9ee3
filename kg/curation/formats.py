"""Write the review list as a table, or as a curation file to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from kg.curation.doubts import Doubt
from kg.curation.entries import FIELDS
from kg.tables import Answer, escape_formula

_QUOTED = 60


def doubts_table(doubts: Sequence[Doubt]) -> Answer:
    """Return doubts as a table."""
    fields = ("worth", "task", "doubt", "name", "reason", "quote")
    rows = tuple(
        (f"{d.worth:.1f}", d.task, d.kind, d.name, d.reason, _shorten(d.quote)) for d in doubts
    )
    return Answer(fields, rows)


def to_yaml(doubts: Sequence[Doubt]) -> str:
    """Return doubts as entries of a curation file in YAML, without their actions.

    Doubts that are not about a fact are only in the table.
    """
    import yaml

    head = (
        "# action: accept, reject, rename, merge, retype or add; leave it empty to decide later.\n"
        "# rename, merge and retype need “to”; each decision needs its “reason”.\n"
    )
    entries = [_entry(doubt) for doubt in doubts if doubt.fact]
    if not entries:
        return head
    return head + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=100)


def to_csv(doubts: Sequence[Doubt]) -> str:
    """Return doubts as entries of a curation file in CSV, with formulas escaped."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, (*FIELDS, "doubt"), lineterminator="\n")
    writer.writeheader()
    for doubt in doubts:
        if doubt.fact:
            writer.writerow(
                {
                    key: escape_formula(value) if isinstance(value, str) else value
                    for key, value in _entry(doubt).items()
                }
            )
    return stream.getvalue()


def _entry(doubt: Doubt) -> dict[str, Any]:
    """Return an entry without its action and its reason."""
    return {
        "action": None,
        "task": doubt.task,
        "kind": doubt.fact,
        "name": doubt.name or None,
        "to": doubt.other or None,
        "cell": None,
        "quote": doubt.quote or None,
        "reason": None,
        "doubt": f"{doubt.reason} (worth {doubt.worth:.1f})",
    }


def _shorten(quote: str) -> str:
    return quote if len(quote) <= _QUOTED else quote[: _QUOTED - 1] + "…"
