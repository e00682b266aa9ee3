"""What a client is told when something does not work: one sentence, and nothing of the machine."""

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
_TOLD = {
    403: "This is not allowed here.",
    404: "There is nothing at this address.",
    405: "This address does not answer requests of this kind.",
    500: "Something went wrong at the server. It has been noted there.",
}
# nginx's, for the log: there is nobody to read it.
_TITLES = {499: "Client Closed Request"}
# What the library tells of values and queries (`kg.questions`, `kg.history`), and the server's
# workers of queries.
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
        (r"(SERVICE|LOAD) is off here: .+", r"这里不能使用 \1：本服务器不会替您访问其他服务器。"),
        (
            r"the request and the update both say which graphs are asked; .+",
            "请求参数和更新语句都指定了图，请只保留其中一处。",
        ),
    )
)


class Problem(HTTPException):
    """An answer that is no success.

    Args:
        status: The status of HTTP.
        told: What is wrong and how to mend it, in one sentence.
        headers: Further headers, such as `Retry-After`.
        zh: The same in Chinese, for pages; empty where the status tells enough.
        is_quoted: Whether Chinese pages quote what is told below that, as it is a parser's message.
    """

    def __init__(
        self,
        status: int,
        told: str,
        headers: Mapping[str, str] | None = None,
        *,
        zh: str = "",
        is_quoted: bool = False,
    ) -> None:
        super().__init__(status, told, dict(headers or {}))
        self.zh = zh
        self.is_quoted = is_quoted


def unwritable_graph() -> Problem:
    """Return what a client is told that asks for RDF/XML of a graph that it has no room for."""
    return Problem(
        406,
        "RDF/XML has no room for a predicate of this graph; ask for text/turtle.",
        zh="RDF/XML 无法表示其中的某个谓词，请改用 text/turtle。",
    )


def translate_problem(told: str) -> str:
    """Return in Chinese what the library tells of bad input; empty where its form is not known.

    >>> translate_problem("department “建设厅”: the graph knows no such name; did you mean 建设局?")
    '图谱中没有“建设厅”这个名称。相近的名称：建设局。'
    """
    told, near, names = told.partition("; did you mean ")
    told += near + names.replace(", ", "、")
    for pattern, chinese in _CHINESE:
        if found := pattern.fullmatch(told):
            return found.expand(chinese)
    return ""


def problem_response(
    request: Request,
    status: int,
    told: str = "",
    headers: Mapping[str, str] | None = None,
    *,
    zh: str = "",
    is_quoted: bool = False,
) -> Response:
    """Return the answer that tells of a problem, as page, JSON (RFC 9457) or text.

    Args:
        request: What is answered.
        status: The status of HTTP.
        told: What is wrong, or nothing where the status tells enough.
        headers: Further headers.
        zh: The same in Chinese, which pages in Chinese show instead.
        is_quoted: Whether they quote what is told below that.
    """
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    told = told or _TOLD.get(status, f"{title}.")
    form = preferred_media_type(request.headers.get("accept"), _FORMS)
    headers = {"Cache-Control": "no-store", **(headers or {})}
    if form == HTML:
        found = render_page(
            request,
            "problem.html",
            status=status,
            title=title,
            told=told,
            told_zh=zh,
            is_quoted=is_quoted,
        )
        found.status_code = status
        found.headers.update(headers)
        return found
    if form in ("application/json", "application/problem+json"):
        content = {"status": status, "title": title, "detail": told}
        return JSONResponse(content, status, headers, media_type="application/problem+json")
    return PlainTextResponse(f"{told}\n", status, headers)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Answer what a route refuses."""
    assert isinstance(error, HTTPException)
    # Starlette's own exceptions say no more than the status does.
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
    """Answer where the server itself fails; the server's log tells how."""
    found = problem_response(request, 500)
    # Starlette answers this outside all other layers.
    found.headers.update(HEADERS)
    return found
