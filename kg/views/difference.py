"""What has changed between two reports, for people: a table, Markdown, JSON, or one HTML page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from itertools import groupby
from typing import Literal, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.history.comparison import KINDS, Change, Difference, Kind
from kg.history.targets import Series
from kg.labels import CHANGES, JUDGEMENTS, STATES
from kg.tables import Answer, to_markdown

Form = Literal["md", "html", "json"]

_CODES = {**STATES, **JUDGEMENTS}
# Measures of a chart in pixels.
_WIDTH, _HEIGHT, _EDGE = 220, 60, 8


class Chart(NamedTuple):
    """A series as it is drawn: the places of its values, and of the line of its goal."""

    series: Series
    points: tuple[tuple[int, int, str], ...]
    goal: int
    width: int = _WIDTH
    height: int = _HEIGHT


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
        found=found, sections=list(_sections(found.changes)), charts=[*map(chart, found.series)]
    )
    return page + "\n"


def chart(series: Series) -> Chart:
    """Return where the values of a series stand in its chart; values that are not told are none.

    >>> line = Series("新增就业", 2, "人", Decimal(10), (("5月", Decimal(0)), ("10月", Decimal(5))))
    >>> chart(line).points, chart(line).goal
    (((8, 52, '5月: 0人'), (212, 30, '10月: 5人')), 8)
    """
    values = [value for _, value in series.points if value is not None]
    low, high = min(series.goal, *values), max(series.goal, *values)
    span = high - low or Decimal(1)

    def height(value: Decimal) -> int:
        return _EDGE + round(float((high - value) / span) * (_HEIGHT - 2 * _EDGE))

    steps = max(len(series.points) - 1, 1)
    points = tuple(
        (
            _EDGE + at * (_WIDTH - 2 * _EDGE) // steps,
            height(value),
            f"{date}: {plain(value)}{series.unit}",
        )
        for at, (date, value) in enumerate(series.points)
        if value is not None
    )
    return Chart(series, points, height(series.goal))


def plain(value: Decimal) -> str:
    """Return a number without an exponent and without zeros at its end.

    >>> plain(Decimal("2.10")), plain(Decimal("4E+3"))
    ('2.1', '4000')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
