"""Answers that are given again as they are, until there is a new build."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http.language import language
from kg.server.http.responses import is_cached_by_client
from kg.server.settings import MEGABYTE

# What an answer takes beside its content: headers, key, objects of Python.
_BESIDE = 2048


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: list[tuple[bytes, bytes]]
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content) + _BESIDE


class AnswerCache:
    """Keeps answers that have an ETag, the most recent ones, in so many bytes.

    An answer is for whoever asks for the same address in the same words with the same `Accept` and
    in the same language; nothing else of a request can change it. The layers around this one add
    what does depend on more: cookies and what browsers of other sites may read.
    """

    def __init__(self, app: ASGIApp, most: int = 64 * MEGABYTE) -> None:
        self._app = app
        self._most = most
        # One large file must not push out everything else.
        self._largest = most // 16
        self._of: Snapshot | None = None
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with what was answered before, or else keep the answer."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        build = snapshot(request)
        if build is not self._of:
            self._of, self._size = build, 0
            self._answers.clear()
        key = _request_key(request)
        if key in self._answers:
            self._answers.move_to_end(key)
            await _repeat_response(request, self._answers[key])(scope, receive, send)
            return
        started: list[Message] = []

        async def keeping(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            elif not message.get("more_body") and started and scope["method"] == "GET":
                # One that came in several pieces has begun already.
                (start, *_), content = started, message.get("body", b"")
                started.clear()
                if self._of is build and start["status"] == 200 and _is_cacheable(start, content):
                    self._keep(key, _Answer(list(start["headers"]), content))
            else:
                started.clear()
            await send(message)

        await self._app(scope, receive, keeping)

    def _keep(self, key: Hashable, answer: _Answer) -> None:
        if answer.size > self._largest:
            return
        if old := self._answers.pop(key, None):
            self._size -= old.size
        self._answers[key] = answer
        self._size += answer.size
        while self._size > self._most:
            _, oldest = self._answers.popitem(last=False)
            self._size -= oldest.size


def _request_key(request: Request) -> Hashable:
    """Return all of a request that can change its answer."""
    scope = request.scope
    asked = (request.headers.get(name) for name in ("host", "accept"))
    return (scope["raw_path"], scope["query_string"], *asked, language(request))


def _is_cacheable(start: Message, content: bytes) -> bool:
    """Return whether an answer stays the same until there is a new build, and is whole."""
    headers = Headers(raw=start["headers"])
    whole = headers.get("content-length") == str(len(content))
    return whole and "etag" in headers and "set-cookie" not in headers


def _repeat_response(request: Request, answer: _Answer) -> Response:
    headers = Headers(raw=answer.headers)
    if is_cached_by_client(request, headers["etag"], headers["last-modified"]):
        known = Response(status_code=304)
        gone = (b"content-length", b"content-type")
        known.raw_headers = [pair for pair in answer.headers if pair[0] not in gone]
        return known
    again = Response(b"" if request.method == "HEAD" else answer.content)
    again.raw_headers = list(answer.headers)
    return again
