"""By which names the server may be called."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.server.http.problems import problem_response


class KnownHosts:
    """Answers 400 to who calls the server by another name than its own.

    A page of another site could else give its own name to this server's address, and read it
    through a browser inside the office (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http" and "*" not in self._hosts:
            names = [value for name, value in scope["headers"] if name == b"host"]
            if len(names) != 1 or netloc_name(names[0].decode("latin-1")) not in self._hosts:
                told = "This server is not called by this name; start it with --allowed-host."
                answer = problem_response(Request(scope), 400, told)
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


def netloc_name(host: str) -> str:
    """Return the name of a host as a `Host` header tells it, without its port.

    >>> netloc_name("Example.org:8000"), netloc_name("[::1]:80"), netloc_name("[::1]")
    ('example.org', '[::1]', '[::1]')
    """
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()
