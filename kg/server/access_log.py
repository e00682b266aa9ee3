"""A line of JSON for each answer: no query strings and no addresses, which are personal data."""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("kg.server.access")


class AccessLog:
    """Logs what was answered: when, method, path, status, size, how long it took."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status, size = 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        except Exception:
            status = 500
            raise
        finally:
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "bytes": size,
                "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            }
            log.info(_one_line(json.dumps(line, ensure_ascii=False)))


def _one_line(text: str) -> str:
    r"""Return JSON in which what ends a line or turns its direction is escaped.

    >>> print(_one_line('{"path": "/路\u2028"}'))
    {"path": "/路\u2028"}
    """
    return "".join(mark if mark.isprintable() else json.dumps(mark)[1:-1] for mark in text)
