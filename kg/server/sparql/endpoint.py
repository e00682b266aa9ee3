"""The SPARQL endpoint: queries in worker processes, and updates with a token."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.server.data.snapshot import snapshot
from kg.server.http.media_types import GRAPHS, HTML, RESULTS, content_type
from kg.server.http.negotiation import preferred_media_type
from kg.server.http.problems import Problem, unwritable_graph
from kg.server.http.rate_limits import client_address
from kg.server.sparql import editor
from kg.server.sparql.requests import SparqlOperation, requested_operation
from kg.server.sparql.service_description import service_description
from kg.server.sparql.updates import apply_update
from kg.server.workers.pool import JobResult, job_problem

METHODS = ("GET", "POST", "OPTIONS")
_T = TypeVar("_T")


async def sparql_endpoint(request: Request) -> Response:
    """Answer a request to `/sparql`."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ", ".join(("HEAD", *METHODS))})
    operation = await requested_operation(request)
    if operation is None:
        accept = request.headers.get("accept")
        media = preferred_media_type(accept, (*GRAPHS, HTML))
        return editor.editor_page(request) if media == HTML else service_description(request, media)
    if operation.kind == "update":
        await apply_update(request, operation)
        return Response(status_code=204)
    return await _answer_query(request, operation)


async def _answer_query(request: Request, query: SparqlOperation) -> Response:
    accept = request.headers.get("accept")
    results, graph = (
        preferred_media_type(accept, tuple(RESULTS)),
        preferred_media_type(accept, tuple(GRAPHS)),
    )
    in_page = preferred_media_type(accept, (*RESULTS, *GRAPHS, HTML)) == HTML
    if in_page:
        results, graph = editor.PAGE_FORMATS
    if not results and not graph:
        raise _not_acceptable({**RESULTS, **GRAPHS})
    build, limits = snapshot(request), request.app.state.settings.limits
    result = await cancel_if_gone(
        request,
        request.app.state.workers.run(
            {
                "query": query.text,
                "build": str(build.folder.resolve()),
                "base": f"{request.app.state.settings.address}/sparql",
                "space": build.base,
                "default_graph": query.default_graph if query.has_dataset else None,
                "named_graphs": query.named_graphs if query.has_dataset else None,
                "results": results,
                "graph": graph,
                "room": limits.result_bytes,
                "memory": limits.worker_bytes,
            },
            client_address(request.scope),
        ),
    )
    if in_page and result.outcome["status"] == "done":
        return await run_in_threadpool(editor.page_with_answer, request, query.text, result)
    return _query_response(request, result)


def _query_response(request: Request, result: JobResult) -> Response:
    status = result.outcome["status"]
    if status == "done":
        headers = {
            "Content-Type": content_type(result.outcome["media"]),
            "Vary": "Accept",
            "Cache-Control": "no-cache",
        }
        return Response(result.content, headers=headers)
    if status == "unacceptable":
        raise _not_acceptable(GRAPHS if result.outcome["triples"] else RESULTS)
    if status == "unwritable":
        raise unwritable_graph()
    if status == "large":
        room = request.app.state.settings.limits.result_bytes // 1024
        raise Problem(
            413,
            f"The answer is larger than {room:,} KiB; add a LIMIT to the query.",
            zh=f"结果超过 {room:,} KiB，请在查询末尾加上 LIMIT。",
        )
    raise job_problem(result)


async def cancel_if_gone(request: Request, work: Awaitable[_T]) -> _T:
    """Wait for work, and cancel it if the client disconnects."""
    job = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_wait_until_gone(request))
    try:
        await asyncio.wait((job, gone), return_when=asyncio.FIRST_COMPLETED)
        if not job.done():
            raise Problem(499, "The client has disconnected.", zh="连接已断开。")
        return job.result()
    finally:
        gone.cancel()
        job.cancel()


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _not_acceptable(offered: Mapping[str, object]) -> Problem:
    zh = f"结果只有以下格式：{'、'.join(offered)}。"
    return Problem(406, f"The answer is available as {', '.join(offered)}.", zh=zh)


ROUTES = (Route("/sparql", sparql_endpoint, methods=METHODS),)
