"""Security headers for every response."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FRAME_ANCESTORS = "frame-ancestors 'self'"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        FRAME_ANCESTORS,
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds the headers to every response by which browsers protect their users.

    Args:
        app: The application.
        embedding: Origins whose pages may show ours in a frame, such as https://www.example.org.
    """

    def __init__(self, app: ASGIApp, embedding: Sequence[str] = ()) -> None:
        self._app = app
        self._headers = dict(HEADERS)
        self._allowed = " ".join((FRAME_ANCESTORS, *embedding))
        if embedding:
            # This header cannot list origins; browsers use the policy instead.
            del self._headers["X-Frame-Options"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                # Pages with a policy of their own, such as the editor, can be embedded too.
                policy = headers["Content-Security-Policy"]
                headers["Content-Security-Policy"] = policy.replace(FRAME_ANCESTORS, self._allowed)
            await send(message)

        await self._app(scope, receive, with_headers)
