from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from kg.server.app import create_app
from kg.server.settings import Limits, Settings
from kg.views.networks.catalogue import VIEWS

BUREAU = "https://w3id.org/taskkg/department/420103/建设局"
ROAD = "https://w3id.org/taskkg/road/420103/中山大道"
ABOUT = {"department": BUREAU, "thing": ROAD}


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("name", VIEWS)
def test_each_view_is_served_with_files_of_its_own(client: httpx.Client, name: str) -> None:
    about = {"about": ABOUT[name]} if name in ABOUT else {}
    answer = client.get(f"/views/{name}", params=about)
    assert answer.status_code == 200
    data = data_of(answer.text)
    assert data["nodes"]
    assert data["pages"] == "https://w3id.org/taskkg"
    # The policy allows only data to be inline.
    assert not re.search(r"<style|<script>|style=| on\w+=", answer.text)
    for address in re.findall(r'(?:src|href)="(/views/files/[^"]+)"', answer.text):
        assert client.get(address).status_code == 200
    again = client.get(
        f"/views/{name}", params=about, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_a_view_is_in_the_language_of_its_reader(client: httpx.Client) -> None:
    chinese = client.get("/views/departments", params={"lang": "zh"}).text
    english = client.get("/views/departments", params={"lang": "en"}).text
    assert "<title>部门联系网络</title>" in chinese
    assert "<title>Departments and what ties them</title>" in english
    assert data_of(english)["language"] == "en"


def test_a_view_may_be_named_by_a_name(client: httpx.Client) -> None:
    by_name = client.get("/views/department", params={"about": "建设局"}).text
    by_iri = client.get("/views/department", params={"about": BUREAU, "embedded": "1"}).text
    assert data_of(by_name)["nodes"] == data_of(by_iri)["nodes"]
    assert 'class="embedded"' in by_iri
    assert 'class="embedded"' not in by_name


def test_ties_are_listed_for_who_has_no_scripts(client: httpx.Client) -> None:
    text = client.get("/views/thing", params={"about": ROAD}).text
    table = text.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "<td>中山大道</td><td>提到</td>" in table or "<td>提到</td><td>中山大道</td>" in table


def test_what_no_view_is_about_is_told(client: httpx.Client) -> None:
    assert client.get("/views/nothing").status_code == 404
    assert client.get("/views/files/nothing.js").status_code == 404
    answer = client.get("/views/thing", params={"about": "建设厅"})
    assert answer.status_code == 400
    assert "the graph knows no such name" in answer.text
    to = client.get("/views/department")
    assert (to.status_code, to.headers["location"]) == (303, "/views#department")
    to = client.get("/views/things", params={"about": "建设局"})
    assert (to.status_code, to.headers["location"]) == (303, "/views/things")


def test_all_views_have_an_entry(client: httpx.Client) -> None:
    text = client.get("/views").text
    for name in VIEWS:
        assert f'"/views/{name}"' in text
    assert '<option value="建设局">' in text
    assert quote("建设局") not in text


def test_a_build_that_is_too_large_for_a_picture_is_told_so_at_once(store: Path) -> None:
    settings = Settings(
        store, "http://testserver", ("testserver",), limits=Limits(update_seconds=0.05)
    )

    async def asked() -> None:
        app = create_app(settings)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=settings.address)
        async with app.router.lifespan_context(app), client:
            for _ in range(2):
                answer = await client.get("/views/things", timeout=60)
                assert answer.status_code == 503
                assert "too large to be drawn as a whole" in answer.text
            # Views around a thing have the time limit of queries.
            around = await client.get("/views/thing", params={"about": ROAD}, timeout=60)
            assert around.status_code == 200

    asyncio.run(asked())
