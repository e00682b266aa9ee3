"""Limits of requests: how many at once and per second, how large, and how slow."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.http.problems import Problem, problem_response

# How many clients are remembered; a client that was forgotten starts with a full bucket.
_CLIENTS = 10_000
_CLOSE = {"Connection": "close"}


class ConcurrencyLimit:
    """Answers 503 if too many requests are being answered at once."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit
        self._active = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._active >= self._limit:
            detail = "The server is busy; try again in a while."
            response = problem_response(Request(scope), 503, detail, {"Retry-After": "2"})
            await response(scope, receive, send)
        else:
            self._active += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._active -= 1


class RateLimit:
    """Answers 429 to clients that send too many requests: a token bucket for each address."""

    def __init__(self, app: ASGIApp, rate: float, burst: int) -> None:
        self._app = app
        self._rate = rate
        self._burst = burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http" and not self._take(client_address(scope)):
            wait = str(max(1, round(1 / self._rate)))
            detail = "Too many requests; try again in a while."
            response = problem_response(Request(scope), 429, detail, {"Retry-After": wait})
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _take(self, client: str) -> bool:
        now = time.monotonic()
        left, since = self._left.pop(client, (float(self._burst), now))
        left = min(self._burst, left + (now - since) * self._rate)
        self._left[client] = (left - 1 if left >= 1 else left), now
        if len(self._left) > _CLIENTS:
            self._left.popitem(last=False)
        return left >= 1


class BodyLimit:
    """Refuses requests whose body is too large, with or without a length, or arrives too slowly."""

    def __init__(self, app: ASGIApp, limit: int, seconds: float) -> None:
        self._app = app
        self._limit = limit
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Request(scope).headers
        if "content-length" in headers and "transfer-encoding" in headers:
            # A proxy may use one of them and this server the other (RFC 9112, section 6.1).
            detail = "A request has either Content-Length or Transfer-Encoding, not both."
            await problem_response(Request(scope), 400, detail, _CLOSE)(scope, receive, send)
            return
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self._limit:
            response = problem_response(Request(scope), 413, self._too_large(), _CLOSE)
            await response(scope, receive, send)
            return
        received, is_complete = 0, False
        until = asyncio.get_running_loop().time() + self._seconds

        async def receive_and_count() -> Message:
            nonlocal received, is_complete
            if is_complete:
                # The only message that can follow is that the client disconnects.
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                detail = f"A request must arrive within {self._seconds:g} seconds; send it faster."
                zh = f"请求须在 {self._seconds:g} 秒内发完；网络较慢时请稍后再试。"
                raise Problem(408, detail, _CLOSE, zh=zh) from None
            received += len(message.get("body", b""))
            is_complete = not message.get("more_body")
            if received > self._limit:
                zh = f"提交的内容不能超过 {self._limit:,} 字节，请缩短后再试。"
                raise Problem(413, self._too_large(), _CLOSE, zh=zh)
            return message

        await self._app(scope, receive_and_count, send)

    def _too_large(self) -> str:
        return f"A request may have at most {self._limit:,} bytes; send less."


def client_address(scope: Scope) -> str:
    """Return the IP address of a client, or an empty text if there is none."""
    return scope["client"][0] if scope.get("client") else ""
