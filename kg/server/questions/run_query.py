"""Run queries for pages in worker processes, with the same limits as at `/sparql`."""

from __future__ import annotations

from anyio import from_thread
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from starlette.requests import Request

from kg.questions.kept import kept
from kg.questions.sparql import table
from kg.server.data.snapshot import snapshot
from kg.server.http.problems import Problem
from kg.server.http.rate_limits import client_address
from kg.server.workers.pool import job_problem
from kg.tables import Answer

_RESULTS = "application/sparql-results+json"


def run_query(request: Request, sparql: str, fields: tuple[str, ...]) -> Answer:
    """Return the answer to a query, from the build's files if it is stored there.

    This must be called in a thread.

    Args:
        request: The request.
        sparql: The query.
        fields: The columns to return.

    Raises:
        Problem: It needs too much time or memory, or its answer is too large.
    """
    return kept(snapshot(request).folder, sparql, lambda: _query_worker(request, sparql, fields))


def _query_worker(request: Request, sparql: str, fields: tuple[str, ...]) -> Answer:
    build, settings = snapshot(request), request.app.state.settings
    job = {
        "query": sparql,
        "build": str(build.folder.resolve()),
        "base": f"{settings.address}/sparql",
        "space": build.base,
        "default_graph": None,
        "named_graphs": None,
        "results": _RESULTS,
        "graph": None,
        "room": settings.limits.result_bytes,
        "memory": settings.limits.worker_bytes,
    }
    result = from_thread.run(request.app.state.workers.run, job, client_address(request.scope))
    if result.outcome["status"] == "large":
        raise Problem(
            413,
            "The answer is too large for a page; narrow the question down.",
            zh="结果太多，一页放不下，请缩小提问范围。",
        )
    if result.outcome["status"] != "done":
        raise job_problem(result)
    solutions = parse_query_results(result.content, format=QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    return table(solutions, fields)
