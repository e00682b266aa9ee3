"""Put queries of pages to the processes that answer queries, under the limits of `/sparql`."""

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
    """Return the answer of a question, as it was kept or made; called in a thread.

    Args:
        request: What is answered.
        sparql: The query.
        fields: The columns to return.

    Raises:
        Problem: It takes too long, needs too much, or its answer is too large.
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
    done = from_thread.run(request.app.state.workers.run, job, client_address(request.scope))
    if done.outcome["status"] == "large":
        raise Problem(
            413,
            "The answer is too large for a page; narrow the question down.",
            zh="结果太多，一页放不下，请缩小提问范围。",
        )
    if done.outcome["status"] != "done":
        raise job_problem(done)
    solutions = parse_query_results(done.content, format=QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    return table(solutions, fields)
