"""How much a client may ask: so many requests at once or a second, so large and slow."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.http.problems import Problem, problem_response

# Clients that are remembered; whoever is forgotten begins anew.
_CLIENTS = 10_000
_CLOSE = {"Connection": "close"}


class ConcurrencyLimit:
    """Answers 503 while as many requests are being answered as may be."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._now >= self._most:
            told = "The server is busy; try again in a while."
            answer = problem_response(Request(scope), 503, told, {"Retry-After": "2"})
            await answer(scope, receive, send)
        else:
            self._now += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._now -= 1


class RateLimit:
    """Answers 429 to a client that asks too often: a token bucket for each address."""

    def __init__(self, app: ASGIApp, rate: float, burst: int) -> None:
        self._app = app
        self._rate = rate
        self._burst = burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http" and not self._take(client_address(scope)):
            wait = str(max(1, round(1 / self._rate)))
            told = "You ask more often than this server answers; try again in a while."
            answer = problem_response(Request(scope), 429, told, {"Retry-After": wait})
            await answer(scope, receive, send)
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
    """Refuses a request whose body is too large, whatever it says of its length, or too slow."""

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Request(scope).headers
        if "content-length" in headers and "transfer-encoding" in headers:
            # A proxy in front may take the one and this server the other (RFC 9112, section 6.1).
            told = "A request says in one way how long it is, not in two."
            await problem_response(Request(scope), 400, told, _CLOSE)(scope, receive, send)
            return
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self._most:
            await problem_response(Request(scope), 413, self._told(), _CLOSE)(scope, receive, send)
            return
        received, whole = 0, False
        until = asyncio.get_running_loop().time() + self._seconds

        async def counted() -> Message:
            nonlocal received, whole
            if whole:
                # What comes now is that the client goes away.
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                told = f"A request must be here within {self._seconds:g} seconds; send it faster."
                zh = f"请求须在 {self._seconds:g} 秒内发完；网络较慢时请稍后再试。"
                raise Problem(408, told, _CLOSE, zh=zh) from None
            received += len(message.get("body", b""))
            whole = not message.get("more_body")
            if received > self._most:
                zh = f"提交的内容不能超过 {self._most:,} 字节，请缩短后再试。"
                raise Problem(413, self._told(), _CLOSE, zh=zh)
            return message

        await self._app(scope, counted, send)

    def _told(self) -> str:
        return f"A request may have {self._most:,} bytes; send less."


def client_address(scope: Scope) -> str:
    """Return the address by which a client is told from others."""
    return scope["client"][0] if scope.get("client") else ""
