"""The page of an indicator: its targets, and what one report after the other tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from markupsafe import Markup

from kg.charts.series import series_chart
from kg.charts.svg import to_markup
from kg.server.pages.quotes import quotes
from kg.server.pages.reader import Link, Reader
from kg.server.pages.tasks import TargetRow, natural, target_row, task_row

TEMPLATE = "indicator.html"
_TARGETS, _LOOKED_AT, _ELSEWHERE = 10, 500, 60


@dataclass(frozen=True, slots=True)
class Point:
    """What a report tells for a target: a row of the table, and its report."""

    report: Link
    as_of: str
    row: TargetRow


def told(reader: Reader, iri: str) -> dict[str, Any]:
    """Return what the page of an indicator shows."""
    targets = sorted(islice(reader.subjects("tkg:indicator", iri), _LOOKED_AT), key=natural)
    shown = []
    for target in targets[:_TARGETS]:
        points = _points(reader, target)
        task = reader.one(target, "^tkg:target")
        shown.append(
            (
                target_row(reader, target),
                task_row(reader, task) if task else None,
                quotes(reader, target, most=1),
                points,
                _chart(reader, target, points),
            )
        )
    return {
        "place": _district(reader, iri),
        "targets": shown,
        "target_count": len(targets),
        "elsewhere": _elsewhere(reader, iri),
    }


def _points(reader: Reader, target: str) -> list[tuple[Point, str]]:
    """Return what each report tells for a target, in order, with the assessment."""
    found = []
    for judged in reader.subjects("tkg:assesses", target):
        report = reader.one(judged, "tkg:report")
        as_of = reader.one(report, "tkg:asOf")
        found.append(
            (Point(reader.link(report), as_of, target_row(reader, target, judged)), judged)
        )
    return sorted(found, key=lambda one: (one[0].as_of + "-99", one[0].report.iri))


def points_of(reader: Reader, target: str) -> list[tuple[str, Decimal | None]]:
    """Return for each report that judges a target up to when it tells, and the value."""
    found = []
    for point, judged in _points(reader, target):
        value = reader.one(judged, "prov:wasDerivedFrom/tkg:value")
        found.append((point.as_of or point.report.name, Decimal(value) if value else None))
    return found


def _chart(reader: Reader, target: str, points: Sequence[tuple[Point, str]]) -> Markup | None:
    """Return the values of a target as a picture; None where fewer than two are told."""
    values = points_of(reader, target) if len(points) > 1 else []
    if sum(value is not None for _, value in values) < 2:
        return None
    goal = Decimal(reader.one(target, "tkg:value") or 0)
    title = reader.one(target, "tkg:indicator/rdfs:label")
    unit = reader.one(target, "tkg:unit")
    return Markup(to_markup(series_chart(title, values, goal, unit, reader.language == "en")))


def _district(reader: Reader, indicator: str) -> str:
    """Return the name of the district to which an indicator belongs, as its IRI tells."""
    place = indicator[len(reader.base) + 1 :].split("/")[1]
    iri = f"{reader.base}/jurisdiction/{place}"
    return reader.name(iri) if reader.one(iri, "rdfs:label") else ""


def _elsewhere(reader: Reader, iri: str) -> list[tuple[str, TargetRow]]:
    """Return the targets that other districts have for an indicator of the same name."""
    others = sorted(
        other for other in reader.named(iri) if other != iri and reader.prefix(other) == "indicator"
    )
    targets = (
        (other, target)
        for other in others
        for target in sorted(
            islice(reader.subjects("tkg:indicator", other), _ELSEWHERE), key=natural
        )
    )
    return [
        (_district(reader, other), target_row(reader, target))
        for other, target in islice(targets, _ELSEWHERE)
    ]
