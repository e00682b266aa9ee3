"""Render the changes between two reports as a table, Markdown, JSON or an HTML page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Literal

from markupsafe import Markup

from kg.charts.series import series_chart
from kg.charts.svg import chart_style, to_markup
from kg.history.comparison import KINDS, Change, Difference, Kind
from kg.labels import CHANGES, JUDGEMENTS, STATES
from kg.palette import style_sheet
from kg.tables import Answer, to_markdown
from kg.templates import template_environment

Form = Literal["md", "html", "json"]

_CODES = {**STATES, **JUDGEMENTS}


def to_answer(found: Difference) -> Answer:
    """Return changes as a table with a row for each change."""
    fields = (
        "kind", "before_row", "after_row", "what", "before", "after", "before_sentence",
        "after_sentence",
    )  # fmt: skip
    rows = tuple(tuple(getattr(change, name) for name in fields) for change in found.changes)
    return Answer(fields, rows)


def render_difference(found: Difference, form: Form) -> str:
    """Render changes as Markdown, JSON with all content, or an HTML page.

    The page is in Chinese and English, and works offline and without scripts.
    """
    if form == "json":
        return json.dumps(asdict(found), ensure_ascii=False, indent=2, default=float) + "\n"
    if form == "md":
        return _render_markdown(found)
    environment = template_environment("kg.views", ".")
    environment.filters["words"] = _code_labels
    page = environment.get_template("difference.html").render(
        found=found,
        sections=list(_group_by_kind(found.changes)),
        charts=[
            Markup(to_markup(series_chart(it.indicator, it.points, it.goal, it.unit)))
            for it in found.series
        ],
        style=Markup(style_sheet() + chart_style()),
    )
    return page + "\n"


def _group_by_kind(changes: Sequence[Change]) -> Iterator[tuple[Kind, str, str, list[Change]]]:
    for kind, group in groupby(changes, key=lambda change: change.kind):
        yield kind, *CHANGES[kind], list(group)


def _code_labels(code: str) -> str:
    """Return the Chinese and English labels of a code; other texts unchanged."""
    return " ".join(_CODES[code]) if code in _CODES else code


def _render_markdown(found: Difference) -> str:
    before, after = found.before, found.after
    lines = [f"# {before.identifier} → {after.identifier}\n"]
    counts = {kind: sum(change.kind == kind for change in found.changes) for kind in KINDS}
    summary = "; ".join(f"{CHANGES[kind][1]}: {count}" for kind, count in counts.items() if count)
    lines.append(f"{before.tasks} → {after.tasks} tasks. {summary or 'Nothing has changed'}.\n")
    for _, zh, en, changes in _group_by_kind(found.changes):
        table = to_answer(Difference(before, after, (), tuple(changes), ()))
        rows = tuple(
            (*row[1:4], *(_code_labels(str(it)) for it in row[4:6]), *row[6:]) for row in table.rows
        )
        lines.append(f"## {zh} / {en}\n")
        lines.append(to_markdown(Answer(table.fields[1:], rows)))
    return "\n".join(lines)
