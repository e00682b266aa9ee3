"""The access log: a line of JSON for each response and each error.

Query strings and client addresses are not logged, as they are personal data.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# nginx's status of a request whose client went away.
_CLIENT_CLOSED = 499
log = logging.getLogger("kg.server.access")


class AccessLog:
    """Logs each response: time, method, path, status, size and duration."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request and log its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status, size = 0, 0

        async def send_and_count(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, send_and_count)
        except ClientDisconnect:
            # The client closed the connection in the middle of its request: no error to log.
            status = _CLIENT_CLOSED
        except Exception:
            status = 500
            raise
        finally:
            line = {
                "method": scope["method"],
                "path": scope["path"],
                # There is no status if the client went away before the response began.
                "status": status or _CLIENT_CLOSED,
                "bytes": size,
                "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            }
            log.info("answered", extra={"fields": line})


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON, including the traceback of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": when}
        if fields := getattr(record, "fields", None):
            line |= fields
        else:
            line |= {"level": record.levelname.lower(), "message": record.getMessage()}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return _escape_line_ends(json.dumps(line, ensure_ascii=False))


def _escape_line_ends(text: str) -> str:
    r"""Escape characters in JSON that end a line or change the direction of writing.

    >>> print(_escape_line_ends('{"path": "/路\u2028"}'))
    {"path": "/路\u2028"}
    """
    return "".join(mark if mark.isprintable() else json.dumps(mark)[1:-1] for mark in text)
