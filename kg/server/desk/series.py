"""A picture of a target's values in successive reports."""

from __future__ import annotations

from decimal import Decimal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.charts.series import series_chart
from kg.server.data.addresses import iri_of
from kg.server.http import responses
from kg.server.http.language import language
from kg.server.http.problems import Problem
from kg.server.parts.picture_files import picture_file
from kg.server.parts.reader import reader
from kg.server.things.indicator import reported_values


@responses.cacheable
def series_picture(request: Request) -> Response:
    """Answer a request for the picture of the target whose path is `?target=`.

    Raises:
        Problem: There is no such target or format.
    """
    ending = request.path_params["ending"]
    if ending not in ("svg", "png"):
        raise Problem(
            404,
            f"“{ending[:20]}” is not a format of pictures; use svg or png.",
            zh=f"图片没有“{ending[:20]}”这种格式；有 svg 和 png。",
        )
    reading = reader(request)
    path = request.query_params.get("target", "").strip()
    target = iri_of(path, reading.base) if path.startswith("/target/") else ""
    name = reading.value(target, "tkg:indicator/rdfs:label")
    if not name:
        raise Problem(404, "There is no such target.", zh="没有这个目标，请从指标页面下载。")
    chart = series_chart(
        name,
        reported_values(reading, target),
        Decimal(reading.value(target, "tkg:value") or 0),
        reading.value(target, "tkg:unit"),
        language(request) == "en",
    )
    return picture_file(request, chart, "series", ending, name)


ROUTES = (Route("/series.{ending}", series_picture),)
