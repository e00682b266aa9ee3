from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import httpx
import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image

from kg.graph.stores.embedded import open_graph
from kg.planning.coordination import TieFilter, find_coordination, read_network
from kg.planning.targets import progress_line, read_targets
from tests.server.conftest import Served, assert_refused, serving

PAGES = ("coordination", "targets", "timeline", "streets")
ATOM = "{http://www.w3.org/2005/Atom}"


def words(client: httpx.Client, path: str, **query: str) -> str:
    answer = client.get(path, params={"lang": "zh", **query}, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_a_picture_a_table_and_a_page_in_two_languages(
    client: httpx.Client, name: str
) -> None:
    for language in ("zh", "en"):
        assert client.get(f"/{name}", params={"lang": language}).status_code == 200
    svg = client.get(f"/{name}.svg")
    assert ElementTree.fromstring(svg.content).tag.endswith("svg")
    assert Image.open(BytesIO(client.get(f"/{name}.png").content)).width > 600
    sheet = load_workbook(
        BytesIO(client.get(f"/{name}.xlsx", params={"lang": "zh"}).content)
    ).active
    assert sheet.max_row > 5
    values = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert not any("https://" in value for value in values)
    assert not {"in_progress", "behind", "on_track", "delayed"} & set(values)
    rows = list(csv.reader(StringIO(client.get(f"/{name}.csv").content.decode("utf-8-sig"))))
    assert len(rows) == sheet.max_row


def test_files_have_names_that_tell_what_they_are(client: httpx.Client) -> None:
    told = client.get("/targets.xlsx", params={"lang": "zh"}).headers["content-disposition"]
    assert "江汉区2019年目标进度.xlsx" in unquote(told)
    assert 'filename="jianghan-2019-targets.xlsx"' in told


def test_the_coordination_page_ranks_who_should_talk(client: httpx.Client, store: Path) -> None:
    network = read_network(open_graph(store))
    found = find_coordination(network)
    told = words(client, "/coordination")
    assert f"{len(found.must_talk)} 对部门没有共同任务，却联系很强" in told
    places = [told.index(f"{one.departments[0]} ↔") for one in found.must_talk[:3]]
    assert places == sorted(places)
    assert f"略去了 {found.folded} 项弱联系" in told
    everything = words(client, "/coordination", least="0")
    assert "略去了" not in everything
    narrowed = client.get("/coordination.csv", params={"kind": "project", "lang": "zh"})
    rows = list(csv.DictReader(StringIO(narrowed.content.decode("utf-8-sig"))))
    expected = find_coordination(network, TieFilter({"kind": "project"}))
    assert len(rows) == len(expected.matrix.cells)
    assert "按现在的筛选，没有部门相互联系" in words(
        client, "/coordination", category="没有这个类目"
    )


def test_targets_are_narrowed_sorted_and_counted(client: httpx.Client, store: Path) -> None:
    found = read_targets(open_graph(store))
    told = words(client, "/targets")
    page = client.get("/targets", params={"lang": "zh"}, headers={"Accept": "text/html"}).text
    lines = re.findall(r'class="bar pace"[^>]*aria-label="([^"]+)"', page)
    assert lines == [progress_line(one) for one in found if one.has_pace]
    behind = [one for one in found if one.judgement == "behind"]
    assert f"落后 ({len(behind)})" in told
    rows = csv.DictReader(
        StringIO(client.get("/targets.csv?judgement=behind").content.decode("utf-8-sig"))
    )
    assert [row["indicator"] for row in rows] == [one.indicator for one in behind]
    rows = csv.DictReader(
        StringIO(client.get("/targets.csv?sort=number").content.decode("utf-8-sig"))
    )
    numbers = [int(row["task"]) for row in rows]
    assert numbers == sorted(numbers)
    assert "按现在的筛选没有目标" in words(client, "/targets", department="没有这个局")


def test_the_change_since_the_last_report_is_shown(history: Served) -> None:
    with history.client() as client:
        told = words(client, "/targets", plan="xihu-330106-2021")
        assert "+720人" in told
        assert "−3.7%" in told
        assert "≥85% 82.4%" in told


def test_of_several_plans_one_is_chosen(history: Served) -> None:
    with history.client() as client:
        for name in PAGES:
            for plan in ("xihu-330106-2021", "nanshan-440305-2021"):
                assert client.get(f"/{name}", params={"plan": plan}).status_code == 200
            assert_refused(client, f"/{name}?plan=nothing", 404)


def test_an_empty_list_says_what_to_do(history: Served) -> None:
    with history.client() as client:
        assert "没有提到街道" in words(client, "/streets", plan="nanshan-440305-2021")
        assert "没有写明计划完成的时间" in words(client, "/timeline", plan="nanshan-440305-2021")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/coordination?least=much", 400),
        ("/coordination?group=x", 400),
        ("/coordination.gif", 404),
        ("/targets.docx", 404),
        ("/brief.odt", 404),
        ("/brief.svg?about=没有这个局", 404),
        ("/feed.atom?plan=nothing", 404),
    ],
)
def test_what_is_not_there_is_refused_in_both_languages(
    client: httpx.Client, path: str, status: int
) -> None:
    assert_refused(client, path, status)
    page = client.get(path, headers={"Accept": "text/html", "Accept-Language": "zh"})
    assert page.status_code == status
    body = re.sub(r"<[^>]+>", "", page.text[page.text.index("<main") : page.text.index("</main")])
    # The value from the address is in the message; no English sentence is.
    assert not re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", body), body


def test_briefings_come_by_path_name_and_identifier(client: httpx.Client) -> None:
    by_name = client.get("/brief.docx", params={"about": "教育局", "lang": "zh"})
    assert Document(BytesIO(by_name.content)).paragraphs[0].text == "教育局简报"
    assert "教育局简报.docx" in unquote(by_name.headers["content-disposition"])
    by_path = client.get("/brief.svg", params={"about": "/department/420103/教育局", "lang": "zh"})
    assert "教育局与" in by_path.text
    both = client.get(
        "/brief.svg",
        params={"about": "教育局", "other": "/department/420103/发展和改革局", "lang": "zh"},
    )
    assert "没有共同任务" in both.text
    whole = client.get(
        "/brief.svg", params={"about": "jianghan-2019-10", "inline": "1", "lang": "en"}
    )
    assert whole.headers["content-disposition"].startswith("inline")
    assert "pairs of departments" in whole.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/coordination",
        "/targets",
        "/department/420103/教育局",
        "/road/420103/中山大道",
        "/report/jianghan-2019-10",
        "/compare/departments?a=教育局&b=财政局",
    ],
)
def test_pages_offer_the_briefing_of_what_they_are_about(client: httpx.Client, path: str) -> None:
    html = client.get(path, headers={"Accept": "text/html"}).text
    link = re.search(r'href="(/brief\.pdf\?[^"]+)"', html)
    assert link
    answer = client.get(link[1].replace("&amp;", "&"))
    assert answer.content.startswith(b"%PDF")


def test_the_feed_tells_changes_of_a_department_and_of_a_thing(history: Served) -> None:
    with history.client() as client:
        answer = client.get("/feed.atom", params={"plan": "xihu-330106-2021", "lang": "zh"})
        assert answer.headers["content-type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(answer.content)
        titles = [entry.findtext(f"{ATOM}title") or "" for entry in root.iter(f"{ATOM}entry")]
        assert any("空气质量优良天数比例" in title and "离目标更远" in title for title in titles)
        identifiers = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
        assert len(set(identifiers)) == len(identifiers) > 5
        for entry in root.iter(f"{ATOM}entry"):
            assert re.fullmatch(
                r"2021-\d\d-\d\dT[\d:]+\+08:00", entry.findtext(f"{ATOM}updated") or ""
            )
            (link,) = entry.findall(f"{ATOM}link")
            assert client.get(link.get("href", "")).status_code == 200
        own = ElementTree.fromstring(
            client.get(
                "/feed.atom", params={"plan": "xihu-330106-2021", "department": "生态环境局"}
            ).content
        )
        terms = {it.get("term") for it in own.iter(f"{ATOM}category")}
        assert terms == {"生态环境局"}
        road = ElementTree.fromstring(
            client.get(
                "/feed.atom", params={"plan": "xihu-330106-2021", "thing": "学府路西段"}
            ).content
        )
        said = [entry.findtext(f"{ATOM}summary") or "" for entry in road.iter(f"{ATOM}entry")]
        assert said
        assert all("学府路" in text for text in said)


def test_two_reports_are_compared_by_date_and_department(history: Served) -> None:
    with history.client() as client:
        told = words(client, "/compare/reports", a="xihu-330106-2021-05", b="xihu-330106-2021-12")
        assert "2021年5月→12月的变化" in told
        assert told.index("生态环境局") < told.index("离目标更远", told.index("生态环境局"))
        only = words(
            client,
            "/compare/reports",
            a="xihu-330106-2021-05",
            b="xihu-330106-2021-12",
            kind="away",
        )
        assert "空气质量优良天数比例" in only
        assert "新增就业5000人" not in only[only.index("清除筛选") :]
        # By default, the last two reports of the newest plan with two reports are compared.
        html = client.get("/compare/reports", headers={"Accept": "text/html"}).text
        assert re.findall(r'<option value="([\w-]+)" selected>', html) == [
            "xihu-330106-2021-10",
            "xihu-330106-2021-12",
        ]


def test_frames_are_for_those_whom_the_operator_names(store: Path, tmp_path: Path) -> None:
    origin = "https://www.example.org"
    with (
        serving(store, tmp_path / "log", "--embed-at", origin) as served,
        served.client() as client,
    ):
        for path in ("/", "/sparql", "/views/departments", "/static/style.css"):
            headers = client.get(path, headers={"Accept": "text/html"}).headers
            assert f"frame-ancestors 'self' {origin}" in headers["content-security-policy"]
            assert "x-frame-options" not in headers
        html = client.get("/coordination?embedded=1", headers={"Accept": "text/html"}).text
        assert '<body class="embedded">' in html


def test_without_a_name_nobody_may_frame(client: httpx.Client) -> None:
    headers = client.get("/").headers
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self';" in headers["content-security-policy"] + ";"


def test_departments_are_found_by_short_forms_and_pinyin(client: httpx.Client) -> None:
    for form in ("发改委", "fzhggj", "fazhanhegaigeju"):
        told = words(client, "/compare/departments", a=form, b="jiaoyuju")
        assert "联系强度" in told
    found = client.get("/search.json", params={"q": "发改委"}).json()["results"]
    assert found[0]["name"] == "发展和改革局"
    rows = client.get("/questions/tasks.csv", params={"department": "jyj"})
    assert rows.status_code == 200
    assert "教育局" in rows.text


def test_the_series_of_a_target_is_a_picture_of_its_own(history: Served) -> None:
    with history.client() as client:
        page = client.get(
            "/indicator/330106/新增就业", params={"lang": "zh"}, headers={"Accept": "text/html"}
        ).text
        link = re.search(r'href="(/series\.svg\?target=[^"]+)"', page)
        assert link
        address = link[1].replace("&amp;", "&")
        chart = ElementTree.fromstring(client.get(address).content)
        values = [text.text for text in chart.iter() if text.text]
        assert {"2100", "4600", "5320", "目标 5000人"} <= set(values)
        png = client.get(address.replace(".svg", ".png"))
        assert Image.open(BytesIO(png.content)).width > 600
        assert_refused(client, "/series.gif?target=/target/x", 404)
        assert_refused(client, "/series.svg?target=/target/x", 404)
