from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.questions.sparql import select
from kg.server.pages.lists import LISTS
from tests.server.conftest import Served, assert_refused, serving
from tests.small import table


def rows(client: httpx.Client, path: str, **query: str) -> list[dict[str, str]]:
    """Return the rows of a list's CSV file."""
    answer = client.get(f"/browse/{path}.csv", params=query)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def shown(client: httpx.Client, path: str, **query: str) -> list[str]:
    """Return the first cell of each row that a page shows."""
    html = client.get(f"/browse/{path}", params=query, headers={"Accept": "text/html"}).text
    cells = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells]


@pytest.mark.parametrize("name", LISTS)
def test_each_list_has_all_its_things(client: httpx.Client, store: Path, name: str) -> None:
    listed = LISTS[name]
    classes = " ".join(listed.classes)
    query = f"SELECT DISTINCT ?thing {{ VALUES ?c {{ {classes} }} ?thing a ?c . {listed.where} }}"
    expected = {str(iri) for (iri,) in select(open_graph(store), query).rows}
    found = rows(client, name)
    assert {row["iri"] for row in found} == expected
    assert len(found) == len(expected) > 0
    for language in ("zh", "en"):
        assert client.get(f"/browse/{name}", params={"lang": language}).status_code == 200


def test_a_list_is_narrowed_by_each_column_and_by_words(client: httpx.Client) -> None:
    everything = rows(client, "tasks")
    of_one = rows(client, "tasks", department="商务局")
    assert [row["number"] for row in of_one] == [
        row["number"] for row in everything if "商务局" in row["department"].split("；")
    ]
    done = rows(client, "tasks", department="财政局", status="completed")
    assert all(row["status"] == "completed" for row in done)
    assert len(done) < len(rows(client, "tasks", department="财政局"))
    worded = rows(client, "tasks", q="楼宇 改造")
    assert {row["number"] for row in worded} == {
        row["number"]
        for row in everything
        if all(word in " ".join(row.values()) for word in ("楼宇", "改造"))
    }
    assert rows(client, "tasks", department="没有这个局") == []
    html = client.get("/browse/tasks", params={"department": "没有这个局", "lang": "zh"}).text
    assert "没有符合条件的内容" in html


def test_a_thing_narrows_the_tasks_to_those_that_name_it(client: httpx.Client, store: Path) -> None:
    query = """SELECT DISTINCT ?number { ?task a tkg:Task ; tkg:number ?number ;
    tkg:mentions/skos:prefLabel "江汉路步行街"@zh } ORDER BY ?number"""
    expected = [str(number) for (number,) in select(open_graph(store), query).rows]
    assert 1 < len(expected) < 106
    found = rows(client, "tasks", thing="江汉路步行街")
    assert [row["number"] for row in found] == expected


def test_an_iri_narrows_to_one_thing_and_is_shown_by_its_name(history: Served) -> None:
    iri = "https://w3id.org/taskkg/department/440305/人力资源和社会保障局"
    with history.client() as client:
        found = rows(client, "tasks", department=iri)
        assert {row["district"] for row in found} == {"南山区"}
        html = client.get("/browse/tasks", params={"department": iri, "lang": "zh"}).text
        assert ">人力资源和社会保障局</a></b>" in html
        assert f'<input type="hidden" name="department" value="{iri}">' in html


@given(st.dictionaries(st.sampled_from(("q", "sort", "page", "department", "a", "b")), st.text()))
def test_no_parameter_breaks_the_server(server: Served, query: dict[str, str]) -> None:
    with server.client(Accept="text/html") as client:
        for path in ("/browse/tasks", "/browse/roads.csv", "/compare/departments"):
            answer = client.get(path, params=query)
            assert answer.status_code in (200, 400, 404), answer.text


def test_any_column_sorts_both_ways_and_what_has_no_value_comes_last(client: httpx.Client) -> None:
    weights = [row["weight"] for row in rows(client, "roads", sort="-weight")]
    told = [float(weight) for weight in weights if weight]
    assert told == sorted(told, reverse=True)
    assert weights == [weight for weight in weights if weight] + [""] * weights.count("")
    rising = [row["weight"] for row in rows(client, "roads", sort="weight") if row["weight"]]
    assert [float(weight) for weight in rising] == sorted(told)
    # Names by pinyin: 长江大道 (chang) before 中山大道 (zhong), though its character comes later.
    names = [row["name"] for row in rows(client, "roads", sort="name")]
    assert names.index("常青路") < names.index("建设大道") < names.index("中山大道")
    numbers = [int(row["number"]) for row in rows(client, "tasks", sort="number")]
    assert numbers == sorted(numbers)


def test_a_list_goes_on_over_pages(client: httpx.Client) -> None:
    first, second = shown(client, "tasks"), shown(client, "tasks", page="2")
    third = shown(client, "tasks", page="3")
    assert [len(page) for page in (first, second, third)] == [50, 50, 6]
    assert first + second + third == [str(number) for number in range(1, 107)]
    assert client.get("/browse/tasks", params={"page": "4"}).status_code == 404
    html = client.get("/browse/tasks", params={"page": "2", "sort": "-number"}).text
    assert '<a rel="next" href="/browse/tasks?sort=-number&amp;page=3">' in html
    assert '<a rel="prev" href="/browse/tasks?sort=-number">' in html


def test_the_links_of_a_page_keep_the_filters(client: httpx.Client) -> None:
    html = client.get("/browse/tasks", params={"status": "in_progress", "lang": "en"}).text
    assert "/browse/tasks?status=in_progress&amp;sort=promise" in html
    assert "/browse/tasks.csv?status=in_progress" in html
    assert '<option value="in_progress" selected>' in html


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/browse/nothing", 404),
        ("/browse/tasks.pdf", 404),
        ("/browse/tasks?page=0", 400),
        ("/browse/tasks?page=x", 400),
        ("/browse/tasks?page=²", 400),
        ("/browse/tasks?page=99999999999999999999", 404),
        ("/browse/tasks?sort=nothing", 400),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(
    client: httpx.Client, address: str, status: int
) -> None:
    assert_refused(client, address, status)


def test_the_workbook_holds_what_the_csv_does(client: httpx.Client) -> None:
    answer = client.get("/browse/roads.xlsx", params={"lang": "zh"})
    told = answer.headers["content-disposition"]
    assert told == f"attachment; filename=\"roads.xlsx\"; filename*=UTF-8''{quote('道路')}.xlsx"
    sheet = load_workbook(BytesIO(answer.content)).active
    heading, *found = sheet.iter_rows(values_only=True)
    assert heading[:3] == ("名称", "任务数", "联系权重")
    expected = rows(client, "roads")
    assert [row[0] for row in found] == [row["name"] for row in expected]
    assert [row[1] for row in found] == [int(row["tasks"]) for row in expected]


def test_workbooks_hold_words_where_csv_holds_codes(client: httpx.Client) -> None:
    answer = client.get("/browse/tasks.xlsx", params={"lang": "zh", "status": "delayed"})
    sheet = load_workbook(BytesIO(answer.content)).active
    heading, *found = sheet.iter_rows(values_only=True)
    at = heading.index("状态")
    assert {row[at] for row in found} == {"推迟"}
    assert {row["status"] for row in rows(client, "tasks", status="delayed")} == {"delayed"}
    assert all(cell.alignment.wrap_text for line in sheet.iter_rows() for cell in line)


def test_each_choice_tells_how_many_rows_it_leaves(client: httpx.Client) -> None:
    def counts(**query: str) -> dict[str, int]:
        html = client.get("/browse/tasks", params={"lang": "zh", **query}).text
        options = re.findall(r'<option value="(\w+)"[^>]*>[^<]*\((\d+)\)</option>', html)
        return {value: int(count) for value, count in options}

    everything = counts()
    for status in ("completed", "delayed", "ongoing"):
        assert everything[status] == len(rows(client, "tasks", status=status))
    # The filter itself offers all values that pass the other filters.
    narrowed = counts(department="教育局", status="delayed")
    states = [row["status"] for row in rows(client, "tasks", department="教育局")]
    assert narrowed["delayed"] == states.count("delayed")
    assert narrowed["in_progress"] == states.count("in_progress")


def test_columns_are_chosen_for_pages_and_files(client: httpx.Client) -> None:
    query = {"lang": "zh", "column": ["status", "progress"]}
    html = client.get("/browse/tasks", params=query).text
    heads = re.findall(r'<th scope="col"[^>]*><a[^>]*>(.*?)</a>', html)
    assert heads == ["序号", "状态", "进展情况"]
    assert 'href="/browse/tasks?column=status&amp;column=progress&amp;sort=status"' in html
    answer = client.get("/browse/tasks.csv", params=query)
    header = answer.content.decode("utf-8-sig").partition("\n")[0]
    assert header == "iri,number,status,progress"


def test_values_stand_with_their_units(client: httpx.Client) -> None:
    html = client.get("/browse/targets", params={"lang": "zh", "judgement": "behind"}).text
    found = re.findall(r"<td.*?</td>", html, re.DOTALL)
    cells = {re.sub(r"<[^>]+>", "", cell).strip() for cell in found}
    assert {"430亿元", "275.12亿元"} <= cells
    assert "完成值单位" not in re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)


def test_files_hold_no_formulas(tmp_path: Path) -> None:
    source = table(
        tmp_path / "bad.csv",
        '交通|=HYPERLINK("http://a.example","点")建设道路10条。|已建成道路10条。|交通运输局',
        "交通|＝1+1改造路灯30盏。|已改造路灯30盏。|交通运输局",
    )
    build([source], tmp_path / "store", jurisdiction="330106")
    with serving(tmp_path / "store", tmp_path / "log") as served, served.client() as client:
        promises = [row["promise"] for row in rows(client, "tasks")]
        sheet = load_workbook(BytesIO(client.get("/browse/tasks.xlsx").content)).active
    assert promises
    assert all(promise.startswith("'") for promise in promises)
    for line in sheet.iter_rows(min_row=2):
        assert all(cell.data_type != "f" for cell in line)
        assert all(not str(cell.value or "").startswith(("=", "＝")) for cell in line)


def test_several_districts_are_told_apart(history: Served) -> None:
    with history.client() as client:
        assert {row["district"] for row in rows(client, "departments")} == {"西湖区", "南山区"}
        named = rows(client, "departments", q="人力资源和社会保障局")
        assert len(named) == 2
        assert [row["report"] for row in rows(client, "tasks", district="南山区")] == [
            "nanshan-440305-2021-12"
        ]
        html = client.get("/browse/tasks", params={"lang": "en"}).text
        assert 'name="district"' in html


def test_lists_are_kept_until_there_is_a_new_build(client: httpx.Client) -> None:
    tag = client.get("/browse/roads.csv").headers["etag"]
    assert client.get("/browse/roads.csv", headers={"If-None-Match": tag}).status_code == 304
