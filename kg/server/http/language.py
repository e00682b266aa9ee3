"""The language of a page: what the address says, what the reader chose before, or prefers."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LANGUAGES = ("zh", "en")
_YEAR = 365 * 24 * 60 * 60


def language(request: Request) -> str:
    """Return the language of a page: what the address says, the reader chose, or prefers."""
    preferred = request.headers.get("accept-language", "").lower()
    asked = (request.query_params.get("lang"), request.cookies.get("lang"))
    for found in asked:
        if found in LANGUAGES:
            return str(found)
    places = {found: preferred.find(found) for found in LANGUAGES}
    known = [found for found in LANGUAGES if places[found] >= 0]
    return min(known, key=lambda found: places[found], default="zh")


def say(request: Request, zh: str, en: str) -> str:
    """Return that of two wordings which is in the page's language."""
    return zh if language(request) == "zh" else en


class RememberLanguage:
    """Remembers the language that an address asks for (`?lang=en`), with every kind of answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or b"lang=" not in scope["query_string"]:
            await self._app(scope, receive, send)
            return
        asked = Request(scope).query_params.get("lang")

        async def remembering(message: Message) -> None:
            if message["type"] == "http.response.start" and asked in LANGUAGES:
                cookie = f"lang={asked}; Path=/; Max-Age={_YEAR}; SameSite=Lax"
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self._app(scope, receive, remembering)
