"""Updates, for who shows the token: each is a build of its own, so that nobody sees half of it."""

from __future__ import annotations

import secrets

from starlette.requests import Request

from kg.server.http.problems import Problem
from kg.server.sparql.requests import Operation
from kg.server.workers.pool import Worker, job_problem


async def apply_update(request: Request, asked: Operation) -> None:
    """Change the graph; when this returns, the change is in force.

    Raises:
        Problem: The client may not do this, or the update is wrong or takes too long.
    """
    settings = request.app.state.settings
    _check_token(request, settings.token)
    worker = Worker()
    job = {
        "update": asked.text,
        "default_graph": asked.default_graph,
        "named_graphs": asked.named_graphs,
        "store": str(settings.store.resolve()),
        "base": f"{settings.address}/sparql",
        "memory": settings.limits.worker_bytes,
    }
    async with request.app.state.updating:
        try:
            done = await worker.run(job, settings.limits.update_seconds)
        finally:
            await worker.end()
    if done.outcome["status"] != "done":
        raise job_problem(done)


def _check_token(request: Request, token: str | None) -> None:
    if token is None:
        raise Problem(403, "This server does not change its graph.", zh="本服务器不接受更新。")
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    same = secrets.compare_digest(shown.strip().encode(), token.encode())
    if scheme.lower() != "bearer" or not same:
        zh = "更新需要令牌。"
        raise Problem(401, "An update needs the token.", {"WWW-Authenticate": "Bearer"}, zh=zh)
