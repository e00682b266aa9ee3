"""A report with names that try to inject code into pages and files."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from rdflib import Graph, Literal

from kg.graph.build import build
from tests.server.conftest import graph_formats, serving

NAMES = ("<script>alert(1)</script>", "]]></script>", '"><img src=x onerror=alert(1)>', "{{7*7}}")
ROWS = [
    *((f"推进“{name}项目”建设。", f"“{name}项目”已完成50%。", f"建设局{name}") for name in NAMES),
    ("引进“javascript:alert(1)”公司。", "已签约“javascript:alert(1)”公司。", "=cmd|'/C calc'!A0局"),
    ("落实《关于\"'&lt;b>的}{意见》。", "已印发《关于\"'&lt;b>的}{意见》。", "../../etc/passwd局"),
]
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


class Marks(HTMLParser):
    """Parses a page as browsers do, and collects what could be harmful."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.data: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_data = tag == "script" and given.get("type") == "application/ld+json"
        if tag == "script" and not self._in_data and not str(given.get("src")).startswith("/"):
            self.found.append("script")
        if tag in ("img", "iframe", "object", "embed", "base") and (
            not str(given.get("src")).startswith("/")
        ):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(name)
            if name in ("href", "src", "action") and urlsplit(value or "").scheme not in (
                *("", "http", "https"),
            ):
                self.found.append(f"{name}={value}")

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_data = self._in_data and tag != "script"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("hostile")
    with (folder / "report.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["武昌区2021年政府工作报告任务进展表（截至2021年6月底）"])
        writer.writerow(["序号", "工作类目", "工作任务", "进展情况", "责任部门"])
        for number, row in enumerate(ROWS, 1):
            writer.writerow([number, "城市<b>建设</b>", *row])
    build([folder / "report.csv"], folder / "store")
    with serving(folder / "store", folder / "log") as server, server.client() as client:
        yield client


@pytest.fixture(scope="module")
def paths(hostile: httpx.Client) -> list[str]:
    root = ET.fromstring(hostile.get("/sitemap.xml").content)
    found = [urlsplit(str(place.text)).path for place in root.iter(LOC)]
    assert any("%3Cscript%3E" in path for path in found)
    return [path for path in found if path != "/"]


def test_no_name_becomes_a_part_of_a_page(hostile: httpx.Client, paths: list[str]) -> None:
    for path in paths:
        page = hostile.get(path, headers={"Accept": "text/html"})
        assert page.status_code == 200, path
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        marks = Marks()
        marks.feed(page.text)
        assert not marks.found, path
        for data in marks.data:
            json.loads(data)
        if "%7B%7B7*7" in path:
            assert "{{7*7}}" in page.text


@graph_formats
def test_every_format_holds_every_name(
    hostile: httpx.Client, paths: list[str], media: str, form: str
) -> None:
    told = Graph()
    for path in paths:
        answer = hostile.get(path, headers={"Accept": media})
        assert answer.status_code == 200, path
        told.parse(data=answer.text, format=form)
    values = {str(value) for value in told.objects() if isinstance(value, Literal)}
    for name in NAMES:
        assert any(name in value for value in values), name


@pytest.mark.parametrize("media", ["application/sparql-results+xml", "application/xml"])
def test_xml_is_well_formed_whatever_it_tells(client: httpx.Client, media: str) -> None:
    query = r'SELECT ("\u0000\u0007\u001F\uFFFE\uFFFF\t]]>&<b>\U0001F600" AS ?x) {}'
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": media})
    (literal,) = ET.fromstring(answer.content).iter(
        "{http://www.w3.org/2005/sparql-results#}literal"
    )
    assert literal.text == "\ufffd" * 5 + "\t]]>&<b>😀"
    graph = query.replace("SELECT (", "CONSTRUCT { [] rdfs:label ").replace(" AS ?x)", " }")
    answer = client.get(
        "/sparql", params={"query": graph}, headers={"Accept": "application/rdf+xml"}
    )
    assert "\ufffd" * 5 in "".join(ET.fromstring(answer.content).itertext())


def test_other_formats_keep_control_characters(client: httpx.Client) -> None:
    query = {"query": r'SELECT ("a\u0007b" AS ?x) {}'}
    assert client.get("/sparql", params=query).json()["results"]["bindings"] == [
        {"x": {"type": "literal", "value": "a\x07b"}}
    ]


def test_the_log_has_one_line_for_each_answer(store: Path, tmp_path: Path) -> None:
    with serving(store, tmp_path / "log") as server, server.client() as client:
        client.get("/x%0a%0d%22%7d%1b%5b31m%e2%80%a8%c2%85")
    (line,) = server.log.read_text().splitlines()
    assert json.loads(line)["path"] == '/x\n\r"}\x1b[31m\u2028\x85'
    assert line.isprintable()


@pytest.mark.parametrize("path", ["/nothing", "/static/nothing", "/sitemap-9.xml", "/static"])
def test_pages_of_problems_hold_nothing_of_the_address(hostile: httpx.Client, path: str) -> None:
    answer = hostile.get(
        f"{path}?lang=<script>&x=<script>",
        headers={"Accept": "text/html", "Cookie": "lang=<script>"},
    )
    assert answer.status_code == 404
    assert "<script>" not in answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"


def test_nobody_else_reads_with_a_readers_rights(client: httpx.Client) -> None:
    ask = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for headers in (ask, {**ask, "Access-Control-Request-Headers": "authorization"}):
        answer = client.options("/sparql", headers=headers)
        assert "access-control-allow-credentials" not in answer.headers
        assert "authorization" not in answer.headers.get("access-control-allow-headers", "").lower()
    answer = client.get("/void", headers={"Origin": "https://evil.example", "Cookie": "a=b"})
    assert "access-control-allow-credentials" not in answer.headers
