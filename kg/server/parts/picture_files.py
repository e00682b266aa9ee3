"""Pictures to download: SVG, and PNG if typst is installed."""

from __future__ import annotations

from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response

from kg.charts.files import can_write_png, to_png, to_svg
from kg.errors import InputError
from kg.server.http.problems import Problem
from kg.server.http.responses import content_disposition

_MEDIA = {"svg": "image/svg+xml", "png": "image/png"}


def picture_formats() -> tuple[str, ...]:
    """Return the endings of pictures that can be made; `png` needs `taskkg[briefing]`."""
    return ("svg", "png") if can_write_png() else ("svg",)


def picture_file(
    request: Request, chart: ElementTree.Element, name: str, ending: str, title: str
) -> Response:
    """Return a picture as a file.

    Args:
        request: The request; with `?inline=1` the picture is shown instead of saved.
        chart: The picture.
        name: The file's name in ASCII, without its ending.
        ending: `svg` or `png`.
        title: The file's name for people, without its ending.

    Raises:
        Problem: The server cannot make PNG.
    """
    try:
        content = to_svg(chart) if ending == "svg" else to_png(chart)
    except InputError as error:
        raise Problem(
            501, f"{error}.", zh="服务器上没有生成PNG所需的软件或中文字体；请下载SVG。"
        ) from None
    kind = "inline" if request.query_params.get("inline") else "attachment"
    headers = content_disposition(f"{name}.{ending}", f"{title}.{ending}", kind)
    return Response(content, headers=headers, media_type=_MEDIA[ending])
