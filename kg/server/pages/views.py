"""The network views: the page that shows all of them, and each view, drawn by a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from anyio import from_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.questions.parameters import thing_names
from kg.server.data.build_cache import cached_result
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.language import language
from kg.server.http.problems import Problem
from kg.server.http.rate_limits import client_address
from kg.server.http.templating import render_page
from kg.server.workers.pool import JobResult, Worker, job_problem
from kg.views.networks.catalogue import VIEWS, has_centre
from kg.views.page import FILES, read_asset

_HOME = "/views"
_FILES = "/views/files"
_TOO_LARGE = (
    "This build is too large to be drawn as a whole; open the view of a department or a thing."
)
_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript"}
_DESCRIPTIONS = {
    "departments": (
        "哪些部门彼此相连，通过什么：共同的任务、共同涉及的事物、一方等待另一方。",
        "Which departments are tied, and how: joint tasks, shared things, waiting.",
    ),
    "things": (
        "几个部门共同涉及的项目、地点、道路、机构和政策。",
        "The projects, places, roads, organisations and policies that departments share.",
    ),
    "tasks": (
        "哪些任务提到同样的事物。",
        "Which tasks name the same things.",
    ),
    "streets": (
        "每个街道、每条道路上有哪些部门在工作。",
        "Which departments are at work in each subdistrict and on each road.",
    ),
    "categories": (
        "工作类目、其下的任务和责任部门。",
        "The categories, their tasks, and the departments that answer for them.",
    ),
    "department": (
        "一个部门的任务，以及与它相连的其他部门。",
        "The tasks of one department, and the departments tied to it.",
    ),
    "thing": (
        "一个事物，提到它的任务和这些任务的责任部门。",
        "One thing, the tasks that name it, and the departments that answer for them.",
    ),
}


@responses.cacheable
def views_page(request: Request) -> Response:
    """Return the page that shows all views."""
    views = [(name, found.zh, found.en, *_DESCRIPTIONS[name]) for name, found in VIEWS.items()]
    return render_page(
        request,
        "views.html",
        whole=[found for found in views if not has_centre(found[0])],
        around=[found for found in views if has_centre(found[0])],
        departments=cached_result(request, "names of departments", _department_choices),
    )


@responses.cacheable
def view_page(request: Request) -> Response:
    """Return a view around the thing `?about=`; with `?embedded=1`, for a frame in another page.

    Raises:
        Problem: There is no such view or thing.
    """
    name, about = request.path_params["name"], request.query_params.get("about", "").strip()
    if name not in VIEWS:
        raise Problem(
            404,
            f"There is no such view; use one of {', '.join(VIEWS)}.",
            zh="没有这个网络图，请从页首的“网络图”中选择。",
        )
    if has_centre(name) != bool(about):
        return RedirectResponse(f"{_HOME}#{name}" if has_centre(name) else f"{_HOME}/{name}", 303)
    embedded = "embedded" in request.query_params
    build = snapshot(request)
    job: dict[str, Any] = {
        "view": name,
        "about": about or None,
        "build": str(build.folder.resolve()),
        "memory": request.app.state.settings.limits.worker_bytes,
        "site": {
            "files": _FILES,
            "home": _HOME,
            "base": build.base,
            "language": language(request),
            "embedded": embedded,
        },
    }
    drawn: bytes = _view_around(request, job) if about else _cached_view(request, name, job)
    return HTMLResponse(drawn)


def view_asset(request: Request) -> Response:
    """Return one of the styles and scripts of the views.

    Raises:
        Problem: There is no such file.
    """
    name = request.path_params["name"]
    if name not in FILES:
        raise Problem(404, "There is no such file.", zh="没有这个文件。")
    media = _MEDIA_TYPES[name.rpartition(".")[2]]
    return Response(_view_file(name), media_type=media, headers={"Cache-Control": "max-age=3600"})


def _view_around(request: Request, job: Mapping[str, Any]) -> bytes:
    return _view_content(
        from_thread.run(request.app.state.workers.run, job, client_address(request.scope))
    )


def _cached_view(request: Request, name: str, job: Mapping[str, Any]) -> bytes:
    key = ("view", name, language(request))
    drawn = cached_result(request, key, lambda _: from_thread.run(_view_of_build, request, job))
    if drawn is None:
        zh = "数据太多，无法画出全图，请打开某个部门或事物的网络图。"
        raise Problem(503, _TOO_LARGE, zh=zh)
    return drawn


async def _view_of_build(request: Request, job: Mapping[str, Any]) -> bytes | None:
    """Draw a view of the whole build, or return None if this takes too much time or memory.

    Only one view is drawn at a time, in a process of its own that may take long, as the result is
    cached for the build.
    """
    worker = Worker()
    async with request.app.state.drawing:
        try:
            return _view_content(
                await worker.run(job, request.app.state.settings.limits.update_seconds)
            )
        except Problem as problem:
            if problem.status_code == 503:
                return None
            raise
        finally:
            await worker.end()


def _view_content(result: JobResult) -> bytes:
    if result.outcome["status"] != "done":
        raise job_problem(result)
    return result.content


def _department_choices(build: Snapshot) -> list[str]:
    return sorted(name for name in thing_names(build.graph, ["Department"]) if not name.isdecimal())


@cache
def _view_file(name: str) -> bytes:
    return read_asset(name).encode()


ROUTES = (
    Route("/views", views_page),
    Route("/views/files/{name}", view_asset),
    Route("/views/{name}", view_page),
)
