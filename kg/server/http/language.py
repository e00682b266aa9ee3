"""The language of a page, chosen by `?lang=`, by a cookie, or by `Accept-Language`."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LANGUAGES = ("zh", "en")
_YEAR = 365 * 24 * 60 * 60


def language(request: Request) -> str:
    """Return the language of a page: by `?lang=`, else by cookie, else by `Accept-Language`."""
    accepted = request.headers.get("accept-language", "").lower()
    for chosen in (request.query_params.get("lang"), request.cookies.get("lang")):
        if chosen in LANGUAGES:
            return str(chosen)
    places = {lang: accepted.find(lang) for lang in LANGUAGES}
    known = [lang for lang in LANGUAGES if places[lang] >= 0]
    return min(known, key=lambda lang: places[lang], default="zh")


def say(request: Request, zh: str, en: str) -> str:
    """Return the Chinese or the English wording, by the page's language."""
    return zh if language(request) == "zh" else en


class RememberLanguage:
    """Sets a cookie for the language of `?lang=`, with every kind of response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or b"lang=" not in scope["query_string"]:
            await self._app(scope, receive, send)
            return
        chosen = Request(scope).query_params.get("lang")

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and chosen in LANGUAGES:
                cookie = f"lang={chosen}; Path=/; Max-Age={_YEAR}; SameSite=Lax"
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookie)
