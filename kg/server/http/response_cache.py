"""A cache of responses, which is emptied when there is a new build."""

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

# Bytes that a cached response takes besides its content: headers, key, Python objects.
_OVERHEAD = 2048


@dataclass(frozen=True, slots=True)
class _CachedResponse:
    headers: list[tuple[bytes, bytes]]
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content) + _OVERHEAD


class ResponseCache:
    """Caches the most recently used responses that have an ETag, up to a number of bytes.

    A response is cached by address, host, `Accept` and language, as nothing else in a request can
    change it. Headers that depend on more, for cookies and CORS, are added by the middleware around
    this one.
    """

    def __init__(self, app: ASGIApp, limit: int = 64 * MEGABYTE) -> None:
        self._app = app
        self._limit = limit
        # One large file must not push out everything else.
        self._largest = limit // 16
        self._build: Snapshot | None = None
        self._responses: OrderedDict[Hashable, _CachedResponse] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a cached response, or handle the request and cache its response."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        build = snapshot(request)
        if build is not self._build:
            self._build, self._size = build, 0
            self._responses.clear()
        key = _request_key(request)
        if key in self._responses:
            self._responses.move_to_end(key)
            await _repeat_response(request, self._responses[key])(scope, receive, send)
            return
        started: list[Message] = []

        async def send_and_cache(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            elif not message.get("more_body") and started and scope["method"] == "GET":
                # Responses that are sent in several messages are not cached.
                (start, *_), content = started, message.get("body", b"")
                started.clear()
                is_current = self._build is build
                if is_current and start["status"] == 200 and _is_cacheable(start, content):
                    self._store(key, _CachedResponse(list(start["headers"]), content))
            else:
                started.clear()
            await send(message)

        await self._app(scope, receive, send_and_cache)

    def _store(self, key: Hashable, response: _CachedResponse) -> None:
        if response.size > self._largest:
            return
        if old := self._responses.pop(key, None):
            self._size -= old.size
        self._responses[key] = response
        self._size += response.size
        while self._size > self._limit:
            _, oldest = self._responses.popitem(last=False)
            self._size -= oldest.size


def _request_key(request: Request) -> Hashable:
    """Return everything in a request that can change its response."""
    scope = request.scope
    headers = (request.headers.get(name) for name in ("host", "accept"))
    return (scope["raw_path"], scope["query_string"], *headers, language(request))


def _is_cacheable(start: Message, content: bytes) -> bool:
    """Return whether a response is complete and does not change until there is a new build."""
    headers = Headers(raw=start["headers"])
    is_complete = headers.get("content-length") == str(len(content))
    return is_complete and "etag" in headers and "set-cookie" not in headers


def _repeat_response(request: Request, cached: _CachedResponse) -> Response:
    headers = Headers(raw=cached.headers)
    if is_cached_by_client(request, headers["etag"], headers["last-modified"]):
        response = Response(status_code=304)
        of_content = (b"content-length", b"content-type")
        response.raw_headers = [pair for pair in cached.headers if pair[0] not in of_content]
        return response
    response = Response(b"" if request.method == "HEAD" else cached.content)
    response.raw_headers = list(cached.headers)
    return response
