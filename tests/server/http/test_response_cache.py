from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from kg.server.data.snapshot import Snapshots
from kg.server.http.response_cache import ResponseCache
from kg.server.http.responses import cache_headers
from tests.server.conftest import serving

PATH = "/department/420103/建设局"


class Client:
    """A client of an application, without a server."""

    def __init__(self, app: Starlette) -> None:
        self._app = app

    def get(self, url: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return asyncio.run(self._ask("GET", url, headers))

    def head(self, url: str) -> httpx.Response:
        return asyncio.run(self._ask("HEAD", url))

    async def _ask(
        self, method: str, url: str, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://a.example") as client:
            return await client.request(method, url, headers=headers)


def counting(
    store: Path, answer: Callable[[Request, int], Response], limit: int = 1_000_000
) -> Client:
    """Return the client of an application that counts how often it is called."""
    asked = 0

    def page(request: Request) -> Response:
        nonlocal asked
        asked += 1
        return answer(request, asked)

    app = Starlette(
        routes=[Route("/{path:path}", page)], middleware=[Middleware(ResponseCache, limit=limit)]
    )
    app.state.snapshots = Snapshots(store)
    return Client(app)


def numbered(request: Request, number: int) -> Response:
    return PlainTextResponse(str(number), headers=cache_headers(request))


def test_what_was_answered_is_answered_again(store: Path) -> None:
    client = counting(store, numbered)
    first, again = client.get("/a"), client.get("/a")
    assert first.text == again.text == "1"
    assert first.headers == again.headers
    head = client.head("/a")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == first.headers
    known = client.get("/a", headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["etag"] == first.headers["etag"]
    assert known.headers["vary"] == first.headers["vary"]
    assert client.get("/a", headers={"If-None-Match": '"other"'}).text == "1"


@pytest.mark.parametrize(
    "other",
    [
        {"url": "/b"},
        {"url": "/%61"},
        {"url": "/a?page=2"},
        {"url": "/a", "headers": {"Accept": "text/turtle"}},
        {"url": "/a", "headers": {"Accept-Language": "en"}},
        {"url": "/a", "headers": {"Cookie": "lang=en"}},
        {"url": "/a", "headers": {"Host": "another"}},
    ],
)
def test_another_request_is_another_answer(store: Path, other: dict[str, Any]) -> None:
    client = counting(store, numbered)
    assert client.get("/a").text == "1"
    assert client.get(**other).text == "2"
    assert client.get("/a").text == "1"


@pytest.mark.parametrize(
    "answer",
    [
        lambda _, number: PlainTextResponse(str(number)),
        lambda request, number: PlainTextResponse(str(number), 404, cache_headers(request)),
        lambda request, number: PlainTextResponse(
            str(number), headers=cache_headers(request) | {"Set-Cookie": "a=b"}
        ),
        lambda request, number: StreamingResponse(
            iter([str(number), ""]), headers=cache_headers(request)
        ),
    ],
    ids=["without an ETag", "an error", "a cookie", "in pieces"],
)
def test_what_is_not_kept(store: Path, answer: Callable[[Request, int], Response]) -> None:
    client = counting(store, answer)
    assert [client.get("/a").text for _ in range(2)] == ["1", "2"]


def test_only_so_many_bytes_are_kept(store: Path) -> None:
    def large(request: Request, number: int) -> Response:
        size = 90_000 if request.url.path == "/large" else 1000
        return PlainTextResponse(f"{number:{size}}", headers=cache_headers(request))

    client = counting(store, large, limit=1_000_000)
    first = client.get("/0").text
    for number in range(1, 600):
        client.get(f"/{number}")
    # The last ones are cached, the first one and the large one are not.
    assert client.get("/599").text.strip() == "600"
    assert client.get("/0").text != first
    assert client.get("/large").text != client.get("/large").text


def test_a_new_build_has_new_answers(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "store"
    shutil.copytree(store, path)
    (tmp_path / "token").write_text("a long random text")
    thing = "<https://w3id.org/taskkg/department/420103/建设局>"
    said = f"INSERT DATA {{ {thing} rdfs:comment '一则新说明' }}"
    options = ("--allow-update", "--token-file", str(tmp_path / "token"))
    with serving(path, tmp_path / "log", *options) as server, server.client() as client:
        before = [client.get(f"{PATH}.ttl") for _ in range(2)]
        assert before[0].content == before[1].content
        token = {"Authorization": "Bearer a long random text"}
        assert client.post("/sparql", data={"update": said}, headers=token).status_code == 204
        after = client.get(f"{PATH}.ttl", headers={"If-None-Match": before[0].headers["etag"]})
        assert after.status_code == 200
        assert "一则新说明" in after.text
        assert "一则新说明" not in before[0].text


def test_answers_differ_by_origin_and_cookie_as_without_a_cache(client: httpx.Client) -> None:
    path = f"{PATH}.html"
    english = client.get(path, params={"lang": "en"})
    assert english.headers["set-cookie"].startswith("lang=en;")
    assert "set-cookie" not in client.get(path, headers={"Cookie": "lang=en"}).headers
    assert "access-control-allow-origin" not in client.get(path).headers
    other = client.get(path, headers={"Origin": "https://a.example"})
    assert other.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in other.headers


def test_what_tells_of_the_server_itself_changes_with_its_options(
    client: httpx.Client, store: Path, tmp_path: Path
) -> None:
    options = ("--publisher", "某区")
    with serving(store, tmp_path / "log", *options) as server, server.client() as other:
        tag = client.get("/dcat").headers["etag"]
        found = other.get("/dcat", headers={"If-None-Match": tag})
    assert found.status_code == 200
    assert "某区" in found.text


def test_a_tag_changes_with_the_version(store: Path) -> None:
    tags = {Snapshots(store, (version,)).current().tag for version in ("1.0", "1.1")}
    assert len(tags) == 2
    assert Snapshots(store, ("1.0",)).current().tag in tags
