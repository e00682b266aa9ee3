"""Briefings of a plan, a department, a thing or a comparison, as files."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.briefing.brief import brief
from kg.briefing.files import MEDIA, available_forms, to_file
from kg.errors import InputError
from kg.server.data.addresses import iri_of
from kg.server.data.snapshot import snapshot
from kg.server.http import responses
from kg.server.http.language import language
from kg.server.http.problems import Problem


@responses.cacheable
def briefing_file(request: Request) -> Response:
    """Answer a request for a briefing.

    `?about=` is a path, a name or the identifier of a report, `?other=` a second department or
    report for a comparison. By default the briefing is about the newest plan.

    Raises:
        Problem: There is no such format, or nothing with this name.
    """
    ending = request.path_params["ending"]
    if ending not in MEDIA:
        raise Problem(
            404,
            f"“{ending[:20]}” is not a format of briefings; use one of {', '.join(MEDIA)}.",
            zh=f"简报没有“{ending[:20]}”这种格式；有 {'、'.join(MEDIA)}。",
        )
    if ending not in available_forms():
        raise Problem(
            501,
            "Briefings need more libraries on the server: pip install taskkg[briefing].",
            zh="服务器没有安装生成简报所需的软件（taskkg[briefing]）。",
        )
    found = snapshot(request)
    about, other = (_requested_iri(request, name, found.base) for name in ("about", "other"))
    try:
        briefing = brief(found.graph, about, other, language(request))
    except InputError as error:
        raise Problem(
            404, f"{error}.", zh="图谱里没有要做简报的这个部门、事物或报告；请从它的页面下载。"
        ) from None
    try:
        content = to_file(briefing, ending)
    except InputError as error:
        raise Problem(501, f"{error}.", zh="服务器上没有中文字体，无法生成这种简报。") from None
    kind = "inline" if request.query_params.get("inline") else "attachment"
    headers = responses.content_disposition(
        f"briefing.{ending}", f"{briefing.title}.{ending}", kind
    )
    return Response(content, headers=headers, media_type=MEDIA[ending])


def _requested_iri(request: Request, name: str, base: str) -> str | None:
    """Return the IRI for a path in a parameter, else the text itself, or None if it is missing."""
    text = request.query_params.get(name, "").strip()
    return iri_of(text, base) if text.startswith("/") else text or None


ROUTES = (Route("/brief.{ending}", briefing_file),)
