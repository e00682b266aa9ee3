"""The page of an indicator: its targets, and the values in successive reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from markupsafe import Markup

from kg.charts.series import series_chart
from kg.charts.svg import markup
from kg.server.parts.quotes import quotes_of
from kg.server.parts.reader import Link, Reader
from kg.server.parts.task_rows import TargetRow, natural_key, target_row, task_row

TEMPLATE = "indicator.html"
# How many targets are shown, how many are read, and how many of other districts are shown.
_MAX_SHOWN, _MAX_READ, _MAX_ELSEWHERE = 10, 500, 60


@dataclass(frozen=True, slots=True)
class Point:
    """The state of a target in one report.

    Attributes:
        report: The report.
        as_of: Up to when the report covers the year, or empty.
        row: The target as a row of a table.
    """

    report: Link
    as_of: str
    row: TargetRow


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return the context of an indicator's page."""
    targets = sorted(islice(reader.subjects("tkg:indicator", iri), _MAX_READ), key=natural_key)
    shown = []
    for target in targets[:_MAX_SHOWN]:
        points = _series_points(reader, target)
        task = reader.value(target, "^tkg:target")
        shown.append(
            (
                target_row(reader, target),
                task_row(reader, task) if task else None,
                quotes_of(reader, target, limit=1),
                points,
                _chart_of_target(reader, target, points),
            )
        )
    return {
        "place": _district_name(reader, iri),
        "targets": shown,
        "target_count": len(targets),
        "elsewhere": _targets_elsewhere(reader, iri),
    }


def _series_points(reader: Reader, target: str) -> list[tuple[Point, str]]:
    """Return the state of a target in each report, in order, each with the assessment's IRI."""
    points = []
    for assessment in reader.subjects("tkg:assesses", target):
        report = reader.value(assessment, "tkg:report")
        as_of = reader.value(report, "tkg:asOf")
        row = target_row(reader, target, assessment)
        points.append((Point(reader.link(report), as_of, row), assessment))
    return sorted(points, key=lambda pair: (pair[0].as_of + "-99", pair[0].report.iri))


def reported_values(reader: Reader, target: str) -> list[tuple[str, Decimal | None]]:
    """Return the date and the reported value for each report that assesses a target."""
    values = []
    for point, assessment in _series_points(reader, target):
        value = reader.value(assessment, "prov:wasDerivedFrom/tkg:value")
        values.append((point.as_of or point.report.name, Decimal(value) if value else None))
    return values


def _chart_of_target(
    reader: Reader, target: str, points: Sequence[tuple[Point, str]]
) -> Markup | None:
    """Return a chart of a target's values, or None if there are fewer than two."""
    values = reported_values(reader, target) if len(points) > 1 else []
    if sum(value is not None for _, value in values) < 2:
        return None
    goal = Decimal(reader.value(target, "tkg:value") or 0)
    title = reader.value(target, "tkg:indicator/rdfs:label")
    unit = reader.value(target, "tkg:unit")
    return Markup(markup(series_chart(title, values, goal, unit, reader.language == "en")))


def _district_name(reader: Reader, indicator: str) -> str:
    """Return the name of the district in an indicator's IRI, or an empty text."""
    place = indicator[len(reader.base) + 1 :].split("/")[1]
    iri = f"{reader.base}/jurisdiction/{place}"
    return reader.name(iri) if reader.value(iri, "rdfs:label") else ""


def _targets_elsewhere(reader: Reader, iri: str) -> list[tuple[str, TargetRow]]:
    """Return targets of other districts for indicators with the same name."""
    others = sorted(
        other
        for other in reader.things_with_same_label(iri)
        if other != iri and reader.kind(other) == "indicator"
    )
    targets = (
        (other, target)
        for other in others
        for target in sorted(
            islice(reader.subjects("tkg:indicator", other), _MAX_ELSEWHERE), key=natural_key
        )
    )
    return [
        (_district_name(reader, other), target_row(reader, target))
        for other, target in islice(targets, _MAX_ELSEWHERE)
    ]
