"""What has changed between two reports, for people: a table, Markdown, JSON, or one HTML page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.charts.series import series_chart
from kg.charts.svg import chart_style, markup
from kg.history.comparison import KINDS, Change, Difference, Kind
from kg.labels import CHANGES, JUDGEMENTS, STATES
from kg.palette import style_sheet
from kg.tables import Answer, to_markdown

Form = Literal["md", "html", "json"]

_CODES = {**STATES, **JUDGEMENTS}


def to_answer(found: Difference) -> Answer:
    """Return what has changed as a table, a row for each change."""
    fields = (
        "kind", "before_row", "after_row", "what", "before", "after", "before_sentence",
        "after_sentence",
    )  # fmt: skip
    rows = tuple(tuple(getattr(change, name) for name in fields) for change in found.changes)
    return Answer(fields, rows)


def render(found: Difference, form: Form) -> str:
    """Return what has changed as Markdown, JSON with the whole content, or an HTML page.

    The page needs no network and no script; its words are Chinese and English.
    """
    if form == "json":
        return json.dumps(asdict(found), ensure_ascii=False, indent=2, default=float) + "\n"
    if form == "md":
        return _markdown(found)
    environment = Environment(
        loader=PackageLoader("kg.views", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["words"] = _words
    page = environment.get_template("difference.html").render(
        found=found,
        sections=list(_sections(found.changes)),
        charts=[
            Markup(markup(series_chart(it.indicator, it.points, it.goal, it.unit)))
            for it in found.series
        ],
        style=Markup(style_sheet() + chart_style()),
    )
    return page + "\n"


def _sections(changes: Sequence[Change]) -> Iterator[tuple[Kind, str, str, list[Change]]]:
    for kind, group in groupby(changes, key=lambda change: change.kind):
        yield kind, *CHANGES[kind], list(group)


def _words(code: str) -> str:
    """Return what a code means in Chinese and English; other texts as they are."""
    return " ".join(_CODES[code]) if code in _CODES else code


def _markdown(found: Difference) -> str:
    before, after = found.before, found.after
    lines = [f"# {before.identifier} → {after.identifier}\n"]
    counted = {kind: sum(change.kind == kind for change in found.changes) for kind in KINDS}
    told = "; ".join(f"{CHANGES[kind][1]}: {count}" for kind, count in counted.items() if count)
    lines.append(f"{before.tasks} → {after.tasks} tasks. {told or 'Nothing has changed'}.\n")
    for _, zh, en, changes in _sections(found.changes):
        table = to_answer(Difference(before, after, (), tuple(changes), ()))
        rows = tuple(
            (*row[1:4], *(_words(str(it)) for it in row[4:6]), *row[6:]) for row in table.rows
        )
        lines.append(f"## {zh} / {en}\n")
        lines.append(to_markdown(Answer(table.fields[1:], rows)))
    return "\n".join(lines)
