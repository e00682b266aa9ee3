from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import httpx
import pytest

from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.network.ties import ties
from kg.questions.sparql import select
from kg.server.data.addresses import path_of
from tests.files import text_file
from tests.server.conftest import Served, serving
from tests.small import table

BASE = "https://w3id.org/taskkg"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
LINK = re.compile(r'href="(/[^"#]*)')
BLOCK = re.compile(r"</(?:dt|dd|td|th|li|p|div|h[1-6])>")
# Kinds of things in every graph, and their types for search engines.
CLASSES = {
    "Task": "Action",
    "Department": "GovernmentOrganization",
    "Project": "Project",
    "Place": "Place",
    "Road": "Place",
    "Subdistrict": "AdministrativeArea",
    "Community": "AdministrativeArea",
    "Organization": "Organization",
    "Policy": "CreativeWork",
    "Event": "Event",
    "Indicator": "DefinedTerm",
    "Category": "DefinedTerm",
    "Report": "Dataset",
    "Target": "Thing",
    "Obstacle": "Thing",
    "JointTie": "Thing",
    "SharedTie": "Thing",
    "WaitingTie": "Thing",
    "Evidence": "Thing",
    "Cell": "Thing",
    "TaskState": "Thing",
    "TaskPart": "Thing",
    "Quantity": "Thing",
    "ReportedDate": "Thing",
    "Assessment": "Thing",
    "Observation": "Thing",
    "Responsibility": "Thing",
    "Rule": "Thing",
    "Decision": "Thing",
    "Authority": "GovernmentOrganization",
    "Jurisdiction": "AdministrativeArea",
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server for a small report with simple sentences."""
    folder = tmp_path_factory.mktemp("plain")
    file = table(
        folder / "plain.csv",
        "环境|推进垃圾分类，新建垃圾分类收运屋20个。|在清泉路沿线安装分类果皮箱。"
        "截至10月底，已建成垃圾分类收运屋5个。|城市管理局",
        "交通|推进云溪大桥工程建设。|在清泉路沿线整治环境。"
        "云溪大桥工程因土地征收问题进展缓慢。|建设局",
        "交通|推进云溪大桥工程建设。|云溪大桥工程正在施工。|自然资源和规划局",
        "交通|推进清泉路综合改造工程建设。|清泉路综合改造工程正在施工。|园林局",
    )
    title = "西湖区2019年政府工作报告任务进展情况（截至2019年10月底）\n"
    file.write_text(title + file.read_text(encoding="utf-8"), encoding="utf-8")
    build([file], folder / "store", jurisdiction="330106")
    with serving(folder / "store", folder / "log") as served, served.client() as found:
        yield found


def page(client: httpx.Client, path: str, language: str = "zh") -> str:
    answer = client.get(quote(path, safe="/%"), params={"lang": language})
    assert answer.status_code == 200, answer.text
    return answer.text


def words(html: str) -> str:
    """Return the text of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", BLOCK.sub(" ", html)))


@pytest.mark.parametrize("name", CLASSES)
def test_each_kind_of_thing_has_a_page(client: httpx.Client, store: Path, name: str) -> None:
    query = f"SELECT ?thing {{ ?thing a tkg:{name} }} ORDER BY ?thing LIMIT 2"
    things = [str(thing) for (thing,) in select(open_graph(store), query).rows]
    assert things
    for iri in things:
        path = path_of(iri, BASE)
        assert path
        for language in ("zh", "en"):
            html = page(client, path, language)
            assert f'href="{path}.ttl"' in html
            assert iri.replace("&", "&amp;") in html
        about, trail = json.loads(SCRIPT.findall(html)[0])["@graph"]
        assert (about["@type"], about["@id"]) == (CLASSES[name], iri)
        assert trail["@type"] == "BreadcrumbList"


def test_pages_of_things_are_kept_until_there_is_a_new_build(client: httpx.Client) -> None:
    path = quote("/department/420103/建设局")
    first = client.get(path)
    tag = first.headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    other = client.get(path, params={"lang": "en"}, headers={"If-None-Match": tag})
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/department/420103/商务局",
        "/task/jianghan-2019/104",
        "/road/420103/中山大道",
        "/report/jianghan-2019-10",
        "/indicator/420103/全年固定资产投资总额",
        "/browse/ties",
        "/browse",
        "/compare/departments?a=发展和改革局&b=教育局",
    ],
)
def test_no_link_of_a_page_leads_nowhere(client: httpx.Client, path: str) -> None:
    html = client.get(quote(path, safe="/?=&")).text
    # Other tests check the front page and the page about the data.
    paths = {unescape(found) for found in LINK.findall(html)} - {"/", "/about"}
    assert len(paths) > 10
    for found in paths:
        assert client.head(found).status_code == 200, unquote(found)


def test_a_task_shows_the_words_on_which_its_facts_stand(plain: httpx.Client) -> None:
    (path,) = {found for found in LINK.findall(page(plain, "/browse/tasks")) if found[-2:] == "/1"}
    html = page(plain, path)
    assert '<mark class="of-target">新建垃圾分类收运屋20个</mark>' in html
    road = quote("/road/330106/清泉路")
    assert f'<a href="{road}">清泉路</a>' in html
    told = words(html)
    assert "推进垃圾分类，新建垃圾分类收运屋20个。" in told
    assert "已完成 5 个，目标 20 个，为目标的 25.0%；全年时间已过 83.3%" in told
    assert re.search(r"进展情况 · 西湖区2019年10月 · 源文件第 3 行", told)
    english = words(page(plain, path, "en"))
    assert "5 个 against 20 个 is 25.0%, with 83.3% of the year gone" in english
    assert "Why this state: in progress" in english


def test_a_department_shows_through_what_it_is_tied(plain: httpx.Client) -> None:
    told = words(page(plain, "/department/330106/建设局"))
    assert "西湖区" in told
    assert "云溪大桥工程" in told
    # Both sentences, and the weight.
    assert "云溪大桥工程因土地征收问题进展缓慢。" in told
    assert "云溪大桥工程正在施工。" in told
    assert re.search(r"城市管理局 0\.5 ", told)
    # The departments that it waits for, and the law.
    assert "它在等谁" in told
    assert "《中华人民共和国土地管理法》" in told


def test_a_named_thing_shows_its_tasks_and_sentences(plain: httpx.Client) -> None:
    html = page(plain, "/road/330106/清泉路")
    told = words(html)
    assert "权重 0.5" in told
    assert "在<mark>清泉路</mark>沿线安装分类果皮箱" in html
    assert "清泉路综合改造工程" in told[told.index("包含") :]


def test_a_tie_tells_how_its_weight_comes(client: httpx.Client, store: Path) -> None:
    shared = [tie for tie in ties(open_graph(store)) if tie.kind == "shared"]
    tie = max(
        (tie for tie in shared if tie.thing_kind == "road"),
        key=lambda tie: (len(tie.departments), tie.iri),
    )
    path = path_of(tie.iri, BASE)
    assert path
    told = words(page(client, unquote(path), "en"))
    tasks, count = len(tie.tasks), len(tie.departments)
    assert f"0.5 × {tasks} ÷ {count} ÷ ({count} − 1) = {tie.weight:g}" in told


def test_a_report_tells_its_source_but_no_folder(client: httpx.Client) -> None:
    html = page(client, "/report/jianghan-2019-10")
    told = words(html)
    assert "106 项任务" in told
    assert "来源文件 report.csv" in told
    assert "sha256:" in told
    assert "/data/jianghan-2019/report.csv" not in html


def test_the_vocabulary_has_a_page_with_a_place_for_each_term(client: httpx.Client) -> None:
    html = page(client, "/ontology", "en")
    assert '<dt id="SharedTie">' in html
    assert '<dt id="responsible">' in html


def test_names_become_no_markup(tmp_path: Path) -> None:
    bad = '<img src="x" onerror="alert(1)">大道'
    source = table(
        tmp_path / "bad.csv",
        f"交通|建设{bad}工程，新建</script><b>道路10条。|“{bad}”已开工。|交通{bad}局、水务局",
        f"交通|整治{bad}工程。|“{bad}”在建。|园林局",
    )
    build([source], tmp_path / "store", jurisdiction="330106")
    with serving(tmp_path / "store", tmp_path / "log") as served, served.client() as client:
        query = "SELECT DISTINCT ?thing { ?thing rdfs:label ?name FILTER(CONTAINS(?name, '<')) }"
        things = [str(thing) for (thing,) in select(open_graph(tmp_path / "store"), query).rows]
        assert things
        tasks = [f"{BASE}/task/bad/{number}" for number in (1, 2)]
        for iri in (*things, *tasks):
            path = path_of(iri, BASE)
            assert path
            html = page(client, path)
            assert "<img src" not in html.replace('<img src="/static', "")
            assert "<b>道路" not in html
            assert json.loads(SCRIPT.findall(html)[0])
        for name in ("tasks", "departments", "ties"):
            assert '<img src="x' not in page(client, f"/browse/{name}")


def test_each_report_is_told_in_the_history_of_a_task(history: Served) -> None:
    with history.client() as client:
        html = page(client, "/task/xihu-330106-2021/1")
        told = words(html)
        for text in ("新增就业5000人", "5320人", "4600人", "2100人", "西湖区2021年5月"):
            assert text in told
        # A department that is not named any more is marked.
        assert "最新报告不再列出" in words(page(client, "/department/330106/城市管理局"))


def test_an_indicator_is_drawn_over_its_reports(history: Served) -> None:
    with history.client() as client:
        html = page(client, "/indicator/330106/新增就业")
        assert html.count("<circle") == 3
        assert re.search("<svg[^>]*新增就业[^>]*2021-12: 5320人", html)
        told = words(html)
        assert told.index("2100人") < told.index("4600人") < told.index("5320人")


def test_other_districts_with_the_same_indicator_are_shown(history: Served) -> None:
    with history.client() as client:
        told = words(page(client, "/indicator/330106/新增就业"))
        assert "其他区的同类目标" in told
        assert "3000人" in told[told.index("其他区的同类目标") :]


def test_next_steps_of_a_department_and_its_tasks_are_shown(tmp_path: Path) -> None:
    source = text_file(
        tmp_path / "steps.csv",
        "序号,工作任务,进展情况,下一步计划,责任部门\n"
        "1,建设滨河公园。,滨河公园正在施工。,加快滨河公园绿化施工。,园林局\n",
    )
    build([source], tmp_path / "store", jurisdiction="330106")
    with serving(tmp_path / "store", tmp_path / "log") as served, served.client() as client:
        for path in ("/task/steps/1", "/department/330106/园林局"):
            told = words(page(client, path))
            assert "加快滨河公园绿化施工" in told[told.index("下一步") :]
