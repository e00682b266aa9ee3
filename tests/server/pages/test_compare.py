from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from openpyxl import load_workbook

from kg.graph.difference import diff
from kg.graph.stores.embedded import open_graph
from kg.network.ties import ties, ties_by_pair
from kg.questions.sparql import select
from tests.server.conftest import Served, assert_refused


def words(client: httpx.Client, path: str, **query: str) -> str:
    answer = client.get(path, params={"lang": "zh", **query}, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    blocks = re.sub(r"</(?:dt|dd|td|th|li|p|div|h[1-6])>", " ", answer.text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", blocks))


Pair = tuple[tuple[str, str], tuple[str, str]]


@pytest.fixture(scope="module")
def tied(store: Path) -> Pair:
    """IRIs and names of the two departments with the most ties through shared things."""
    graph = open_graph(store)
    every = ties_by_pair(ties(graph))
    shared = {pair: them for pair, them in every.items() if {it.kind for it in them} == {"shared"}}
    pair = max(shared, key=lambda pair: (len(shared[pair]), pair))
    query = "SELECT ?name { $one skos:prefLabel ?name }"
    (one,), (other,) = (select(graph, query.replace("$one", f"<{iri}>")).rows[0] for iri in pair)
    return pair, (str(one), str(other))


def test_two_departments_show_what_ties_them_with_both_sentences(
    client: httpx.Client, store: Path, tied: Pair
) -> None:
    (one, other), (a, b) = tied
    told = words(client, "/compare/departments", a=a, b=b)
    graph = open_graph(store)
    every = ties_by_pair(ties(graph))
    found = every[one, other]
    strength = f"{sum(tie.weight for tie in found):.3g} 联系强度"
    assert strength in told
    assert f"{len(found)} 条联系" in told
    for tie in found:
        for side in (one, other):
            quotes = [quote for quote in tie.quotes if side in quote.departments]
            assert any(quote.sentence in told for quote in quotes)
    # Common partners, and the targets of each.
    pairs = [{*pair} for pair in every]
    both = [
        {one, third} in pairs and {other, third} in pairs
        for third in {iri for pair in every for iri in pair} - {one, other}
    ]
    assert f"{sum(both)} 个共同相连的部门" in told
    query = """SELECT (COUNT(DISTINCT ?task) AS ?tasks) (COUNT(DISTINCT ?target) AS ?targets)
    { ?task tkg:responsible $department OPTIONAL { ?task tkg:target ?target } }"""
    for iri in (one, other):
        ((tasks, targets),) = select(graph, query.replace("$department", f"<{iri}>")).rows
        assert f"{tasks} 项任务，{targets} 个目标，其中" in told
    # Their paths give the same result.
    paths = {"a": urlsplit(one).path, "b": urlsplit(other).path}
    paths = {key: path.removeprefix("/taskkg") for key, path in paths.items()}
    assert strength in words(client, "/compare/departments", **paths)


def test_the_file_has_every_sentence_of_what_ties_them(
    client: httpx.Client, store: Path, tied: Pair
) -> None:
    pair, (a, b) = tied
    query = {"a": a, "b": b}
    answer = client.get("/compare/departments.csv", params=query)
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    expected = ties_by_pair(ties(open_graph(store)))[pair]
    assert {row["through"] for row in rows} == {tie.name for tie in expected}
    assert all(row["quote"] in row["sentence"] for row in rows)
    departments = {name for row in rows for name in row["departments"].split("、")}
    assert departments >= {a, b}
    book = client.get("/compare/departments.xlsx", params=query).content
    assert load_workbook(BytesIO(book)).active.max_row == len(rows) + 1


def test_one_department_alone_leads_to_those_that_are_tied_to_it(client: httpx.Client) -> None:
    told = words(client, "/compare/departments", a="政法委")
    assert "与政法委相连的部门" in told
    assert "公安分局" in told
    assert 'list="departments"' in client.get("/compare/departments").text


def test_a_name_of_several_districts_lets_one_choose(history: Served) -> None:
    with history.client() as client:
        told = words(client, "/compare/departments", a="人力资源和社会保障局", b="文化和旅游局")
        assert "几个区都有“人力资源和社会保障局”" in told
        assert "南山区" in told
        assert "联系强度" not in told


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/compare/departments?a=没有这个局&b=教育局", 404),
        ("/compare/departments?a=/department/420103/没有&b=教育局", 404),
        ("/compare/departments?a=/task/jianghan-2019/1&b=教育局", 404),
        ("/compare/departments?a=教育局&b=教育局", 400),
        ("/compare/departments.csv?a=教育局", 400),
        ("/compare/departments.pdf?a=教育局&b=财政局", 404),
        ("/compare/reports?a=nothing&b=jianghan-2019-10", 404),
        ("/compare/reports?a=../../../etc/passwd&b=jianghan-2019-10", 404),
        ("/compare/reports?a=jianghan-2019-10&b=jianghan-2019-10", 400),
        ("/compare/reports.csv", 400),
    ],
)
def test_what_cannot_be_compared_is_told_in_one_sentence(
    client: httpx.Client, address: str, status: int
) -> None:
    assert_refused(client, address, status)


def test_two_reports_show_what_has_changed(history: Served) -> None:
    query = {"a": "xihu-330106-2021-05", "b": "xihu-330106-2021-12"}
    with history.client() as client:
        told = words(client, "/compare/reports", **query)
        html = client.get("/compare/reports", params=query).text
        answer = client.get("/compare/reports.csv", params=query)
    assert "举办荷花文化节活动。" in told[told.index("不再列出的任务") :]
    assert "建设社区养老服务驿站8个。" in told
    # Who answers for it tells it: the department that is named no more, as far as it is told.
    assert told.index("生态环境局") < told.rindex("离目标更远")
    # The charts include the report in between.
    assert "2021-10: 4600人" in html
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    store = history.log.parent / "store"
    expected = diff("xihu-330106-2021-05", "xihu-330106-2021-12", store).changes
    # A change of a task with two departments is listed for both.
    assert {(row["kind"], row["what"], row["after"]) for row in rows} == {
        (change.kind, change.what, change.after) for change in expected
    }
    assert {row["department"] for row in rows if row["kind"] == "away"} == {"生态环境局"}


def test_reports_of_two_districts_cannot_be_compared(history: Served) -> None:
    query = {"a": "xihu-330106-2021-12", "b": "nanshan-440305-2021-12"}
    with history.client() as client:
        answer = client.get("/compare/reports", params=query, headers={"Accept": "text/plain"})
    assert answer.status_code == 400
    assert "give two reports of one district" in answer.text


def test_reports_are_chosen_from_a_list(history: Served) -> None:
    with history.client() as client:
        html = client.get("/compare/reports").text
    assert '<optgroup label="西湖区">' in html
    assert '<option value="xihu-330106-2021-10" selected>西湖区 2021年10月</option>' in html
