"""The network views: a page about all of them, and each of them, drawn in another process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from anyio import from_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.questions.parameters import thing_names
from kg.server import responses
from kg.server.kept import kept
from kg.server.language import language
from kg.server.limits import client_of
from kg.server.problems import Problem
from kg.server.snapshot import Snapshot, snapshot
from kg.server.templating import page
from kg.server.workers import Done, Worker, failed
from kg.views.catalogue import VIEWS, has_centre
from kg.views.page import FILES, read_asset

_HOME = "/views"
_FILES = "/views/files"
_TOO_LARGE = (
    "This build is too large to be drawn as a whole; open the view of a department or a thing."
)
_TYPES = {"css": "text/css", "js": "text/javascript"}
_TOLD = {
    "departments": (
        "哪些部门彼此相连，通过什么：共同的任务、共同涉及的事物、一方等待另一方。",
        "Which departments are tied, and by what: joint tasks, shared things, waiting.",
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
        "The headings, the tasks under them, and who answers for these.",
    ),
    "department": (
        "一个部门的任务，以及与它相连的其他部门。",
        "The tasks of one department, and the others that are tied to it.",
    ),
    "thing": (
        "一个事物，提到它的任务和这些任务的责任部门。",
        "One thing, the tasks that name it, and who answers for these.",
    ),
}


def listing(request: Request) -> Response:
    """Return the page about all views."""
    variant = f"views-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    views = [(name, found.zh, found.en, *_TOLD[name]) for name, found in VIEWS.items()]
    shown = page(
        request,
        "views.html",
        whole=[found for found in views if not has_centre(found[0])],
        around=[found for found in views if has_centre(found[0])],
        departments=kept(request, "names of departments", _departments),
    )
    shown.headers.update(responses.cached(request, variant))
    return shown


def view(request: Request) -> Response:
    """Return a view; `?about=` names what it is around, `?embedded=1` is for another page.

    Raises:
        Problem: There is no such view, or the graph does not know what it is around.
    """
    name, about = request.path_params["name"], request.query_params.get("about", "").strip()
    if name not in VIEWS:
        raise Problem(
            404,
            f"There is no such view; there are {', '.join(VIEWS)}.",
            zh="没有这个网络图，请从页首的“网络图”中选择。",
        )
    if has_centre(name) != bool(about):
        return RedirectResponse(f"{_HOME}#{name}" if has_centre(name) else f"{_HOME}/{name}", 303)
    embedded = "embedded" in request.query_params
    found = snapshot(request)
    job: dict[str, Any] = {
        "view": name,
        "about": about or None,
        "build": str(found.build.resolve()),
        "memory": request.app.state.settings.limits.worker_bytes,
        "site": {
            "files": _FILES,
            "home": _HOME,
            "base": found.base,
            "language": language(request),
            "embedded": embedded,
        },
    }
    variant = f"view-{language(request)}{'-embedded' if embedded else ''}"
    if known := responses.unchanged(request, variant):
        return known
    drawn = _around(request, job) if about else _kept(request, name, job)
    headers = responses.cached(request, variant) | {"Content-Type": "text/html; charset=utf-8"}
    return Response(drawn, headers=headers)


def part(request: Request) -> Response:
    """Return one of the files that all views load.

    Raises:
        Problem: There is no such file.
    """
    name = request.path_params["name"]
    if name not in FILES:
        raise Problem(404, "There is no such file.", zh="没有这个文件。")
    media = _TYPES[name.rpartition(".")[2]]
    return Response(_file(name), media_type=media, headers={"Cache-Control": "max-age=3600"})


def _around(request: Request, job: Mapping[str, Any]) -> bytes:
    return _content(from_thread.run(request.app.state.workers.do, job, client_of(request.scope)))


def _kept(request: Request, name: str, job: Mapping[str, Any]) -> bytes:
    key = ("view", name, language(request))
    drawn = kept(request, key, lambda _: from_thread.run(_whole, request, job))
    if drawn is None:
        zh = "数据太多，无法画出全图，请打开某个部门或事物的网络图。"
        raise Problem(503, _TOO_LARGE, zh=zh)
    return drawn


async def _whole(request: Request, job: Mapping[str, Any]) -> bytes | None:
    """Draw a view of the whole build, one at a time; None if it takes too long or too much.

    It is drawn once for a build, so it may take long, in a process that no query waits for.
    """
    worker = Worker()
    async with request.app.state.drawing:
        try:
            return _content(await worker.do(job, request.app.state.settings.limits.update_seconds))
        except Problem as problem:
            if problem.status_code == 503:
                return None
            raise
        finally:
            await worker.end()


def _content(done: Done) -> bytes:
    if done.told["ended"] != "done":
        raise failed(done)
    return done.content


def _departments(found: Snapshot) -> list[str]:
    return sorted(name for name in thing_names(found.graph, ["Department"]) if not name.isdecimal())


@cache
def _file(name: str) -> bytes:
    return read_asset(name).encode()


ROUTES = (
    Route("/views", listing),
    Route("/views/files/{name}", part),
    Route("/views/{name}", view),
)
