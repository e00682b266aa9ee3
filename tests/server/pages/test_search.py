from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

import kg

HTML = {"Accept": "text/html"}


def names(client: httpx.Client, query: str) -> list[str]:
    return [it["name"] for it in client.get("/search.json", params={"q": query}).json()["results"]]


@pytest.mark.parametrize("query", ["江汉路", "jhl", "jianghanlu"])
def test_a_road_is_suggested_first_and_leads_to_its_page(client: httpx.Client, query: str) -> None:
    told = client.get("/search.json", params={"q": query}).json()
    first = told["results"][0]
    assert (first["name"], first["kind"], first["kind_name"]) == ("江汉路", "road", "道路")
    assert told["total"] >= len(told["results"])
    assert client.get(first["path"], headers=HTML).status_code == 200


def test_things_of_every_kind_are_found(client: httpx.Client) -> None:
    assert names(client, "建设局")[0] == "建设局"
    assert names(client, "失业率")[0] == "城镇登记失业率"
    assert names(client, "任务 8")[0] == "任务 8"
    assert "jianghan" in client.get("/search.json", params={"q": "2019年政府工作"}).text
    assert (
        client.get("/search.json", params={"q": "任务 8", "lang": "en"}).json()["results"][0][
            "name"
        ]
        == "Task 8"
    )


def test_the_page_shows_all_results_by_kind_and_page(client: httpx.Client) -> None:
    answer = client.get("/search", params={"q": "江汉"}, headers=HTML)
    assert "<mark>江汉</mark>路" in answer.text
    assert "kind=road" in answer.text
    roads = client.get("/search", params={"q": "江汉", "kind": "road"}, headers=HTML).text
    assert "<mark>江汉</mark>路步行街" in roads
    assert "<mark>江汉</mark>区创新发展论坛" not in roads
    second = client.get("/search", params={"q": "江汉", "page": "2"}, headers=HTML).text
    assert '<ol class="results" start="21">' in second
    assert 'rel="prev"' in second
    tasks = client.get("/search", params={"q": "电梯", "kind": "task"}, headers=HTML).text
    assert "<mark>电梯</mark>" in tasks


@pytest.mark.parametrize(
    "question", ["汉江大道通车了吗", "教育局有哪些任务", "xibeihu", "招商引资还差多少"]
)
def test_the_box_the_page_and_the_command_give_the_same_answer(
    client: httpx.Client, store: Path, question: str
) -> None:
    told = kg.ask(store, question).text.splitlines()
    for address, name in (("/search", "q"), ("/ask", "text")):
        page = client.get(address, params={name: question}, headers=HTML).text
        reply = page.partition('<div class="reply">')[2].partition("</div>")[0]
        lines = [unescape(re.sub("<[^>]*>", "", line)) for line in reply.split("</p>")]
        assert [line.strip() for line in lines if line.strip()] == [it.strip() for it in told]


def test_each_number_of_a_task_leads_to_it(client: httpx.Client) -> None:
    page = client.get("/ask", params={"text": "园林局和建设局要不要碰头"}, headers=HTML).text
    for number in (7, 15, 16):
        assert f'<a href="/task/jianghan-2019/{number}">{number}</a>' in page


def test_nothing_asked_and_nothing_found_say_what_to_do(client: httpx.Client) -> None:
    assert "jhl" in client.get("/search", headers=HTML).text
    assert "没有找到" in client.get("/search", params={"q": "qqqqqq"}, headers=HTML).text
    assert client.get("/search.json").json()["results"] == []


@pytest.mark.parametrize(
    ("parameters", "status", "told"),
    [
        ({"q": "江" * 301}, 400, "q: has more than 300 characters"),
        ({"q": "江", "kind": "star"}, 400, "kind: must be one of department"),
        ({"q": "江", "page": "0"}, 400, "page: must be a number"),
        ({"q": "江", "page": "x"}, 400, "page: must be a number"),
        ({"q": "江", "page": "9999"}, 404, "page: there are"),
    ],
)
def test_a_wrong_parameter_is_told_in_a_sentence(
    client: httpx.Client, parameters: dict[str, str], status: int, told: str
) -> None:
    answer = client.get("/search", params=parameters, headers={"Accept": "text/plain"})
    assert answer.status_code == status
    assert told in answer.text


def test_what_is_searched_for_is_no_html(client: httpx.Client) -> None:
    answer = client.get("/search", params={"q": '<script>"&'}, headers=HTML)
    assert '<script>"' not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_client_keeps_results_until_there_is_a_new_build(client: httpx.Client) -> None:
    for address in ("/search", "/search.json"):
        first = client.get(address, params={"q": "jhl"})
        tag = {"If-None-Match": first.headers["etag"]}
        assert client.get(address, params={"q": "jhl"}, headers=tag).status_code == 304
