"""Error responses: one sentence for the client, without details of the machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.server.http.media_types import HTML
from kg.server.http.negotiation import preferred_media_type
from kg.server.http.security_headers import HEADERS
from kg.server.http.templating import render_page

_FORMS = ("text/plain", "application/problem+json", "application/json", HTML)
# Sentences for statuses; problem.html has the same ones.
_DETAILS = {
    403: "This is not allowed here.",
    404: "There is nothing at this address.",
    405: "This address does not accept requests of this kind.",
    500: "Something went wrong at the server. The error has been logged.",
}
# nginx's status for a closed connection, which is only for the log.
_TITLES = {499: "Client Closed Request"}
# Translations of messages of the library (`kg.questions`, `kg.history`) and of `kg.server.workers`.
_CHINESE = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (
        (r".+?“(.*)”: is no number; .+", r"“\1”不是数字，请填写数字，例如 8。"),
        (r".+?“(.*)”: is no date; .+", r"“\1”不是日期，请写成 2019-12-31 这样的形式。"),
        (r".+?“(.*)”: is none of .+", r"没有“\1”这个选项，请从列出的选项中选择。"),
        (
            r".+?“(.*)”: the graph knows no such name; did you mean (.+)\?",
            r"图谱中没有“\1”这个名称。相近的名称：\2。",
        ),
        (
            r".+?“(.*)”: the graph knows no such name",
            r"图谱中没有“\1”这个名称，请检查写法，或在上方搜索。",
        ),
        (
            r".+ is a report of .+; give two reports of one district .+",
            "这两份报告不属于同一个区，请选择同一个区的两份报告。",
        ),
        (r"SPARQL syntax error.+", "查询语句有语法错误，请按下面的提示修改。"),
        (
            r"(SERVICE|LOAD) is not allowed here: .+",
            r"这里不能使用 \1：本服务器不会替您访问其他服务器。",
        ),
        (
            r"both the request and the update specify graphs; .+",
            "请求参数和更新语句都指定了图，请只保留其中一处。",
        ),
    )
)


class Problem(HTTPException):
    """An error response.

    Args:
        status: The HTTP status.
        detail: What is wrong and how to fix it, in one sentence.
        headers: Further headers, such as `Retry-After`.
        zh: The same in Chinese, for pages; empty if the status says enough.
        is_quoted: Whether Chinese pages also quote the detail, because it is a parser's message.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        headers: Mapping[str, str] | None = None,
        *,
        zh: str = "",
        is_quoted: bool = False,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.zh = zh
        self.is_quoted = is_quoted


def unwritable_graph() -> Problem:
    """Return the error response for a graph that cannot be written as RDF/XML."""
    return Problem(
        406,
        "RDF/XML cannot express a predicate of this graph; ask for text/turtle.",
        zh="RDF/XML 无法表示其中的某个谓词，请改用 text/turtle。",
    )


def translate_problem(message: str) -> str:
    """Translate an error message of the library into Chinese; empty if it is not known.

    >>> translate_problem("department “建设厅”: the graph knows no such name; did you mean 建设局?")
    '图谱中没有“建设厅”这个名称。相近的名称：建设局。'
    """
    message, near, names = message.partition("; did you mean ")
    message += near + names.replace(", ", "、")
    for pattern, chinese in _CHINESE:
        if found := pattern.fullmatch(message):
            return found.expand(chinese)
    return ""


def problem_response(
    request: Request,
    status: int,
    detail: str = "",
    headers: Mapping[str, str] | None = None,
    *,
    zh: str = "",
    is_quoted: bool = False,
) -> Response:
    """Return an error response as a page, JSON (RFC 9457) or text.

    Args:
        request: The request.
        status: The HTTP status.
        detail: What is wrong; empty if the status says enough.
        headers: Further headers.
        zh: The same in Chinese, which pages in Chinese show instead.
        is_quoted: Whether they also quote the detail.
    """
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    detail = detail or _DETAILS.get(status, f"{title}.")
    form = preferred_media_type(request.headers.get("accept"), _FORMS)
    headers = {"Cache-Control": "no-store", **(headers or {})}
    if form == HTML:
        page = render_page(
            request,
            "problem.html",
            status=status,
            title=title,
            detail=detail,
            detail_zh=zh,
            is_quoted=is_quoted,
        )
        page.status_code = status
        page.headers.update(headers)
        return page
    if form in ("application/json", "application/problem+json"):
        content = {"status": status, "title": title, "detail": detail}
        return JSONResponse(content, status, headers, media_type="application/problem+json")
    return PlainTextResponse(f"{detail}\n", status, headers)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Return the response for an `HTTPException` that a route raised."""
    assert isinstance(error, HTTPException)
    # The details of Starlette's own exceptions only repeat the status.
    if not isinstance(error, Problem):
        return problem_response(request, error.status_code, "", error.headers)
    return problem_response(
        request,
        error.status_code,
        error.detail,
        error.headers,
        zh=error.zh,
        is_quoted=error.is_quoted,
    )


async def on_error(request: Request, _: Exception) -> Response:
    """Return the response for an unexpected exception, which the log contains."""
    response = problem_response(request, 500)
    # Starlette sends this response outside of all middleware.
    response.headers.update(HEADERS)
    return response
