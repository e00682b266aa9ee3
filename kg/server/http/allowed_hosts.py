"""Refuse requests for host names that are not allowed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.server.http.problems import problem_response


class AllowedHosts:
    """Answers 400 to requests whose `Host` header is not one of the allowed names.

    Otherwise a page of another site could resolve its own name to this server's address and read
    the server through a browser in the same network (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, or refuse it."""
        if scope["type"] == "http" and "*" not in self._hosts:
            names = [value for name, value in scope["headers"] if name == b"host"]
            if len(names) != 1 or netloc_name(names[0].decode("latin-1")) not in self._hosts:
                detail = "This host name is not allowed; start the server with --allowed-host."
                response = problem_response(Request(scope), 400, detail)
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)


def netloc_name(host: str) -> str:
    """Return the host name in a `Host` header, without the port.

    >>> netloc_name("Example.org:8000"), netloc_name("[::1]:80"), netloc_name("[::1]")
    ('example.org', '[::1]', '[::1]')
    """
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()
