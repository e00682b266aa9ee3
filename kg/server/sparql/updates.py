"""Updates with a token: each makes a new build, so that it is visible as a whole or not at all."""

from __future__ import annotations

import secrets

from starlette.requests import Request

from kg.server.http.problems import Problem
from kg.server.sparql.requests import SparqlOperation
from kg.server.workers.pool import Worker, job_problem


async def apply_update(request: Request, operation: SparqlOperation) -> None:
    """Apply an update and wait until its build is the current one.

    Raises:
        Problem: The token is missing or wrong, or the update is wrong or takes too long.
    """
    settings = request.app.state.settings
    _check_token(request, settings.token)
    worker = Worker()
    job = {
        "update": operation.text,
        "default_graph": operation.default_graph,
        "named_graphs": operation.named_graphs,
        "store": str(settings.store.resolve()),
        "base": f"{settings.address}/sparql",
        "memory": settings.limits.worker_bytes,
    }
    async with request.app.state.updating:
        try:
            result = await worker.run(job, settings.limits.update_seconds)
        finally:
            await worker.end()
    if result.outcome["status"] != "done":
        raise job_problem(result)


def _check_token(request: Request, token: str | None) -> None:
    if token is None:
        raise Problem(403, "This server does not accept updates.", zh="本服务器不接受更新。")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    is_equal = secrets.compare_digest(given.strip().encode(), token.encode())
    if scheme.lower() != "bearer" or not is_equal:
        zh = "更新需要令牌。"
        raise Problem(401, "An update needs the token.", {"WWW-Authenticate": "Bearer"}, zh=zh)
