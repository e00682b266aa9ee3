"""Put queries of pages to the processes that answer queries, under the limits of `/sparql`."""

from __future__ import annotations

from anyio import from_thread
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from starlette.requests import Request

from kg.questions.sparql import solutions_table
from kg.questions.stored_answers import load_or_compute
from kg.server.limits import client_of
from kg.server.problems import Problem
from kg.server.snapshot import snapshot
from kg.server.workers import failed
from kg.tables import Answer

_RESULTS = "application/sparql-results+json"


def answer(request: Request, sparql: str, fields: tuple[str, ...]) -> Answer:
    """Return the answer of a question, as it was kept or made; called in a thread.

    Args:
        request: What is answered.
        sparql: The query.
        fields: The columns to return.

    Raises:
        Problem: It takes too long, needs too much, or its answer is too large.
    """
    return load_or_compute(snapshot(request).build, sparql, lambda: _made(request, sparql, fields))


def _made(request: Request, sparql: str, fields: tuple[str, ...]) -> Answer:
    found, settings = snapshot(request), request.app.state.settings
    job = {
        "query": sparql,
        "build": str(found.build.resolve()),
        "base": f"{settings.address}/sparql",
        "space": found.base,
        "default_graph": None,
        "named_graphs": None,
        "results": _RESULTS,
        "graph": None,
        "room": settings.limits.result_bytes,
        "memory": settings.limits.worker_bytes,
    }
    done = from_thread.run(request.app.state.workers.do, job, client_of(request.scope))
    if done.told["ended"] == "large":
        raise Problem(
            413,
            "The answer is too large for a page; narrow the question down.",
            zh="结果太多，一页放不下，请缩小提问范围。",
        )
    if done.told["ended"] != "done":
        raise failed(done)
    solutions = parse_query_results(done.content, format=QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    return solutions_table(solutions, fields)
