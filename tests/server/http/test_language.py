from __future__ import annotations

import httpx
import pytest

from tests.server.conftest import Served

HTML = {"Accept": "text/html"}
PAGE = "/department/420103/建设局"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("zh-CN,zh;q=0.9", "zh-CN"), ("en-GB,en;q=0.9,zh;q=0.1", "en"), ("fr", "zh-CN")],
)
def test_a_page_is_in_the_language_that_the_browser_asks_for(
    client: httpx.Client, accepted: str, language: str
) -> None:
    answer = client.get(PAGE, headers={**HTML, "Accept-Language": accepted})
    assert f'<html lang="{language}">' in answer.text


def test_the_switch_is_remembered_and_keeps_what_else_the_address_says(
    client: httpx.Client,
) -> None:
    chinese = client.get(PAGE, params={"a": "1&2"}, headers=HTML)
    assert "?a=1%262&amp;lang=en" in chinese.text
    english = client.get(PAGE, params={"lang": "en"}, headers=HTML)
    assert '<html lang="en">' in english.text
    assert '<html lang="en">' in client.get(PAGE, headers=HTML).text
    # Also if the page is cached.
    known = {**HTML, "If-None-Match": chinese.headers["etag"]}
    again = client.get(PAGE, params={"lang": "zh"}, headers=known)
    assert again.status_code == 304
    assert '<html lang="zh-CN">' in client.get(PAGE, headers=HTML).text


def test_a_language_that_there_is_not_is_as_if_none_was_asked_for(client: httpx.Client) -> None:
    answer = client.get(PAGE, params={"lang": "x;Path=/y"}, headers=HTML)
    assert '<html lang="zh-CN">' in answer.text
    assert "set-cookie" not in answer.headers


def test_the_switch_leads_to_the_same_thing_and_to_no_other_server(
    server: Served, client: httpx.Client
) -> None:
    other = client.get(f"{server.address}//elsewhere.example/a%2Fb", headers=HTML)
    assert 'href="/elsewhere.example/a%2Fb?lang=en"' in other.text
