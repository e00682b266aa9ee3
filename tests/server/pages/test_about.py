from __future__ import annotations

import hashlib
import re
from pathlib import Path

import httpx
import pytest

from kg.curation.review import review
from kg.graph.build import build
from tests.server.conftest import serving
from tests.server.pages.test_front import text
from tests.small import table

HTML = {"Accept": "text/html", "Accept-Language": "zh"}


def test_the_page_tells_where_the_data_come_from(client: httpx.Client, dataset: Path) -> None:
    page = client.get("/about", headers=HTML).text
    told = text(page)
    assert "1 份报告 106 行任务" in told
    assert "江汉区2019年政府工作报告责任事项进展情况" in told
    assert hashlib.sha256(dataset.read_bytes()).hexdigest() in told
    assert "99.9% 文字进入单元格" in told
    assert "违反 0 处，警告 0 处" in told
    assert "许可 未注明" in told


def test_everything_that_it_links_to_is_there(client: httpx.Client) -> None:
    page = client.get("/about", headers=HTML).text
    main = page[page.index("<main") : page.index("</main>")]
    paths = set(re.findall(r'href="(/(?:report|task|graph|dcat|void|ontology|about)[^"#]*)', main))
    assert any(path.endswith(".ttl") for path in paths)
    for path in paths:
        accept = {} if path in ("/dcat", "/void") else HTML
        assert client.get(path, headers=accept).status_code == 200, path


def test_what_to_check_is_what_the_review_says(client: httpx.Client, dataset: Path) -> None:
    doubts, _ = review(dataset)
    told = text(client.get("/about", params={"report": "jianghan-2019-10"}, headers=HTML).text)
    assert f"{len(doubts)} 处需要核对" in told
    # Of many doubts, the most valuable are shown.
    shown = doubts[:50]
    places = [told.find(doubt.quote, told.index("需要核对之处")) for doubt in shown]
    assert all(place > 0 for place in places)
    english = {**HTML, "Accept-Language": "en"}
    answer = client.get("/about", params={"report": "jianghan-2019-10"}, headers=english)
    reason = doubts[0].reason
    assert reason[1:] in text(answer.text)


def test_a_licence_and_a_publisher_are_told(store: Path, tmp_path: Path) -> None:
    options = ("--publisher", "东湖区人民政府", "--licence", "CC-BY-4.0")
    with serving(store, tmp_path / "log", *options) as server, server.client() as client:
        told = text(client.get("/about", headers=HTML).text)
    assert "发布者 东湖区人民政府 许可 Creative Commons Attribution 4.0 International" in told


def test_what_could_not_be_read_is_told(tmp_path: Path) -> None:
    build([table(tmp_path / "a.csv", "修路|完成学府路改造30公里。||建设局")], tmp_path / "store")
    with serving(tmp_path / "store", tmp_path / "log") as server, server.client() as client:
        told = text(client.get("/about", headers=HTML).text)
    assert "没有找到这个目标的已报数值" in told
    assert "完成学府路改造30公里" in told


@pytest.mark.parametrize(
    ("parameters", "status"),
    [({"report": "none"}, 404), ({"page": "2"}, 404), ({"page": "-1"}, 400)],
)
def test_a_wrong_parameter_is_told(
    client: httpx.Client, parameters: dict[str, str], status: int
) -> None:
    answer = client.get("/about", params=parameters)
    assert answer.status_code == status
    assert next(iter(parameters)) in answer.text


def test_who_is_at_a_wrong_address_is_helped(client: httpx.Client) -> None:
    page = client.get("/department/420103/没有这个局", headers=HTML)
    assert page.status_code == 404
    assert "没有找到这个页面" in page.text
    assert 'role="search"' in page.text
    (path,) = re.findall(r'<p><a href="(/search[^"]+)">搜索“没有这个局”', page.text)
    assert client.get(path, headers=HTML).status_code == 200
