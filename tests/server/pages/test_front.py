from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.network.ties import ties, ties_by_pair
from kg.questions.sparql import select
from tests.server.conftest import serving
from tests.small import table

HTML = {"Accept": "text/html", "Accept-Language": "zh"}


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_front_page_tells_how_far_the_tasks_and_targets_are(
    client: httpx.Client, store: Path
) -> None:
    page = client.get("/", headers=HTML).text
    told = text(page)
    assert "江汉区2019年政府工作任务进展" in told
    graph = open_graph(store)
    for state, zh, count in select(
        graph,
        """SELECT ?status ?zh (COUNT(?task) AS ?count) { ?task a tkg:Task ; tkg:status ?status .
        ?status skos:prefLabel ?zh FILTER(LANG(?zh) = "zh") } GROUP BY ?status ?zh""",
    ).rows:
        code = str(state).rpartition("/")[2]
        assert re.search(rf'href="/browse/tasks\?status={code}".*<b>{count}</b>', page), zh
    for judgement, count in select(
        graph,
        """SELECT ?judgement (COUNT(?target) AS ?count) {
        ?target a tkg:Target ; tkg:judgement ?judgement } GROUP BY ?judgement""",
    ).rows:
        code = str(judgement).rpartition("/")[2]
        assert re.search(rf'href="/browse/targets\?judgement={code}".*<b>{count}</b>', page)
    assert "为民办实事 10" in told


def test_what_falls_short_stands_there_with_its_sentence(tmp_path: Path) -> None:
    file = table(tmp_path / "short.csv", "绿道|新建绿道20公里。|目前已建成绿道5公里。|园林局")
    title = "东湖区2019年政府工作报告任务进展情况（截至2019年10月底）\n"
    file.write_text(title + file.read_text(encoding="utf-8"), encoding="utf-8")
    build([file], tmp_path / "store")
    with serving(tmp_path / "store", tmp_path / "log") as server, server.client(**HTML) as client:
        page = text(client.get("/").text)
    assert "新建绿道 落后 目标 20 公里 ，已报 5 公里" in page
    assert "目前已建成绿道5公里。 任务 1 · 进展情况" in page


def test_the_most_tied_stand_there_and_lead_to_their_pages(
    client: httpx.Client, store: Path
) -> None:
    page = client.get("/", headers=HTML).text
    told = text(page)
    graph = open_graph(store)
    names = {
        str(iri): str(name)
        for iri, name in select(graph, "SELECT ?it ?name { ?it skos:prefLabel ?name }").rows
    }
    found = ties(graph)
    tied = Counter(one for pair in ties_by_pair(found) for one in pair)
    (first, most), (_, second), *_ = tied.most_common()
    assert most >= second > 1
    lines = re.findall(r"(\S+) 与 (\d+) 个部门", told)
    assert [int(count) for _, count in lines] == sorted(tied.values(), reverse=True)[: len(lines)]
    assert {(names[iri], str(count)) for iri, count in tied.items()} >= set(lines)
    assert f"{names[first]} 与 {most} 个部门" in told
    shared = [tie for tie in found if tie.kind == "shared"]
    widest = max(shared, key=lambda tie: (len(tie.departments), len(tie.tasks)))
    assert f"{widest.name} {len(widest.departments)} 个部门，{len(widest.tasks)} 项任务" in told
    for path in re.findall(r'<li><span><a href="([^"]+)">', page):
        assert client.get(path, headers=HTML).status_code == 200


def test_the_front_page_is_kept_until_there_is_a_new_build(client: httpx.Client) -> None:
    tag = client.get("/", headers=HTML).headers["etag"]
    assert client.get("/", headers={**HTML, "If-None-Match": tag}).status_code == 304
    english = client.get("/", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert english.headers["etag"] != tag
    assert "tied departments" in english.text


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server for plans of two districts, one of them with two years."""
    folder = tmp_path_factory.mktemp("several")
    for place, year, row in (
        ("东湖区", 2020, "修路|完成北湖路改造。|已完成。|建设局"),
        ("东湖区", 2021, "修路|完成南湖路改造。|正在施工。|建设局、园林局"),
        ("南山区", 2021, "修路|完成西溪路改造。|已完成。|建设局"),
    ):
        file = table(folder / f"{place}{year}.csv", row)
        title = f"{place}{year}年政府工作报告任务进展情况（截至{year}年10月底）\n"
        file.write_text(title + file.read_text(encoding="utf-8"), encoding="utf-8")
    build(sorted(folder.glob("*.csv")), folder / "store")
    with serving(folder / "store", folder / "log") as server, server.client(**HTML) as found:
        yield found


def test_of_several_plans_the_newest_year_is_shown_and_others_can_be_chosen(
    several: httpx.Client,
) -> None:
    newest = several.get("/").text
    assert "2个区2021年政府工作任务进展" in text(newest)
    assert "南湖路" not in newest
    assert re.search(r"<b>2</b><span>项任务", newest)
    everything = several.get("/", params={"year": "all"}).text
    assert re.search(r"<b>3</b><span>项任务", everything)
    (older,) = re.findall(r'href="(/\?district=[^"]+year=2020)"', everything)
    one = several.get(older.replace("&amp;", "&")).text
    assert "东湖区2020年政府工作任务进展" in text(one)
    assert re.search(
        r'href="/browse/tasks\?status=completed&amp;district=%E4%B8%9C%E6%B9%96%E5%8C%BA&amp;year=2020"',
        one,
    )


@pytest.mark.parametrize("query", ["", "?year=all", "?year=2020", "?district=360102&year=2021"])
def test_the_list_behind_a_figure_has_as_many_rows(several: httpx.Client, query: str) -> None:
    page = several.get(f"/{query}").text
    figures = re.findall(
        r'href="/browse/(\w+)([^"]*)"[^>]*>(?:<span class="dot">.*?)?<b>(\d+)', page
    )
    assert len(figures) > 1
    for name, narrowed, figure in figures:
        rows = several.get(f"/browse/{name}.csv{unescape(narrowed)}").text.splitlines()
        assert len(rows) - 1 == int(figure), (name, narrowed)


def test_what_is_not_reported_on_is_told(several: httpx.Client) -> None:
    for parameters in ({"year": "1999"}, {"district": "nowhere"}):
        answer = several.get("/", params=parameters)
        assert answer.status_code == 404
        assert "没有这个区这一年的报告" in answer.text


def test_a_name_that_is_in_several_districts_says_in_which(several: httpx.Client) -> None:
    told = several.get("/search.json", params={"q": "jsj"}).json()["results"]
    assert {it["where"] for it in told if it["name"] == "建设局"} == {"东湖区", "南山区"}
    tasks = several.get("/search.json", params={"q": "南湖路改造"}).json()["results"]
    assert [it["where"] for it in tasks if it["kind"] == "task"] == ["东湖区 2021"]
