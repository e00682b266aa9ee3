from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import httpx
import pytest

from kg.server.http.problems import translate_problem
from tests.server.conftest import Served

BUREAU = "/department/420103/建设局"
REMOTE = "SELECT * { SERVICE <http://elsewhere.example/> { ?a ?b ?c } }"
# Wrong addresses, and a part of the message on the Chinese page.
WRONG = {
    "/nothing": "图谱中没有这个名称",
    "/sitemap-99.xml": "站点地图没有这一部分",
    "/?year=1900": "没有这个区这一年的报告",
    "/about?report=x": "没有这份报告",
    "/about?page=99": "没有第 99 页",
    "/search?q=a&page=x": "页码不对",
    "/search?kind=x": "没有这个种类",
    f"/search?q={'长' * 400}": "不能超过",
    "/browse/none": "现有列表：任务、",
    "/browse/tasks?sort=x": "没有“x”这一列",
    "/browse/tasks?page=x": "“x”不是页码",
    "/browse/tasks?page=999": "没有第 999 页",
    "/browse/tasks.doc": "没有“doc”这种表格格式",
    "/questions/none": "没有这个问题",
    "/questions/tasks?x=1": "没有参数“x”",
    "/questions/tasks?page=99": "没有这一页",
    "/questions/tasks.csv?department=建设厅": "图谱中没有“建设厅”这个名称",
    "/questions/tasks.csv?status=x": "没有“x”这个选项",
    "/compare/departments?a=建设厅": "没有“建设厅”这个部门",
    f"/compare/departments?a={BUREAU}&b={BUREAU}": "选的是同一个部门",
    "/compare/departments.csv": "请先选择要比较的两个部门",
    "/compare/reports?a=x": "没有“x”这份报告",
    "/compare/reports?a=jianghan-2019-10&b=jianghan-2019-10": "选的是同一份报告",
    "/compare/reports.csv": "请先选择要比较的两份报告",
    "/views/none": "没有这个网络图",
    "/views/files/none": "没有这个文件",
    "/views/department?about=建设厅": "图谱中没有“建设厅”这个名称",
    "/sparql?question=none": "没有这个问题",
    "/sparql?question=tasks&department=建设厅": "图谱中没有“建设厅”这个名称",
    "/sparql?update=x": "更新请用 POST 方法提交",
    "/sparql?query=a&query=b": "一次只能提交一条",
    "/sparql?default-graph-uri=a": "须与查询语句一起使用",
    "/sparql?query=a&default-graph-uri=a": "不是完整的 IRI",
    f"/sparql?query={quote(REMOTE)}": "这里不能使用 SERVICE",
}
# Words in Latin letters that Chinese messages may contain.
NAMES = r"CSV|XLSX|POST|IRI|SERVICE|jhl|(?:\w+-)+uri"


def told(page: str) -> str:
    """Return the text of a page's title and main part."""
    found = re.search(r"<title>.*?</title>|<main.*</main>", page, re.DOTALL)
    main = re.search(r"<main[^>]*>(.*)</main>", page, re.DOTALL)
    assert found
    assert main
    return unescape(re.sub(r"<[^>]*>", " ", f"{found[0]} {main[1]}"))


@pytest.mark.parametrize(("address", "chinese"), WRONG.items())
def test_a_problem_is_told_in_the_language_of_the_page(
    client: httpx.Client, address: str, chinese: str
) -> None:
    html = {"Accept": "text/html"}
    page = client.get(address, headers=html)
    assert page.status_code >= 400
    text = told(page.text)
    assert chinese in text
    assert f"错误 {page.status_code}" in text
    assert re.findall("[A-Za-z]{2,}", re.sub(f"“.*?”|{NAMES}", "", text)) == []
    english = client.get(address, headers={**html, "Accept-Language": "en"})
    assert english.status_code == page.status_code
    assert chinese not in english.text
    # Messages for programs are in English, whatever language they accept.
    json = {"Accept": "application/problem+json", "Accept-Language": "zh"}
    if client.get(address, headers=json).status_code == page.status_code:
        detail = client.get(address, headers=json).json()["detail"]
        given = re.sub("“.*?”|did you mean .*", "", detail)
        assert re.search("[\u4e00-\u9fff]", given) is None


def test_what_a_parser_says_is_quoted_below(client: httpx.Client) -> None:
    page = client.get("/sparql?query=SELECT", headers={"Accept": "text/html"}).text
    assert "查询语句有语法错误，请按下面的提示修改。" in page
    assert re.search(r'<pre lang="en"[^>]*>SPARQL syntax error at line 1', page)


def test_reports_of_two_districts_are_not_compared(history: Served) -> None:
    query = {"a": "xihu-330106-2021-12", "b": "nanshan-440305-2021-12"}
    with history.client(Accept="text/html") as client:
        page = client.get("/compare/reports", params=query)
    assert page.status_code == 400
    assert "这两份报告不属于同一个区" in page.text


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "department “厅”: the graph knows no such name; did you mean 建设局, 商务局?",
            "图谱中没有“厅”这个名称。相近的名称：建设局、商务局。",
        ),
        ("top “x”: is no number; write one such as 8", "“x”不是数字，请填写数字，例如 8。"),
        (
            "since “x”: is no date; write it as 2019-12-31",
            "“x”不是日期，请写成 2019-12-31 这样的形式。",
        ),
        ("something else", ""),
    ],
)
def test_what_the_library_tells_is_told_in_chinese(english: str, chinese: str) -> None:
    assert translate_problem(english) == chinese
