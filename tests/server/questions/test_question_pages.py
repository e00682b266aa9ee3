from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from time import sleep

import httpx
import pytest
from openpyxl import load_workbook

import kg
from kg.graph.build import build
from kg.graph.stores.embedded import current_build, open_graph
from kg.questions.catalogue import query, question, questions, strip_header
from kg.questions.stored_answers import load_or_compute
from kg.server.questions.labels import GROUPS, LABELS, MEANINGS
from kg.tables import Answer
from tests.server.conftest import serving
from tests.small import table

NEEDED = {"a": "建设局", "b": "城管执法局", "department": "建设局"}


def given(name: str) -> dict[str, str]:
    asked = next(one for one in questions() if one.name == name)
    return {key: NEEDED[key] for key, one in asked.parameters.items() if one.required}


def test_all_that_the_catalogue_tells_has_words_in_both_languages() -> None:
    catalogue = questions()
    names = [one.name for one in catalogue]
    assert sorted(name for group in GROUPS for name in group.questions) == names
    assert sorted(MEANINGS) == names
    told = {name for one in catalogue for name in (*one.parameters, *one.fields)}
    assert told == set(LABELS)


def test_all_questions_are_listed(client: httpx.Client) -> None:
    text = client.get("/questions").text
    for one in questions():
        assert f'<a href="/questions/{one.name}">{one.title.partition(" / ")[0]}</a>' in text
    english = client.get("/questions", params={"lang": "en"}).text
    assert ">Targets that fall short</a>" in english


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_each_question_is_answered_as_the_command_answers_it(
    client: httpx.Client, store: Path, name: str
) -> None:
    answer = query(open_graph(store), name, given(name))
    page = client.get(f"/questions/{name}", params=given(name))
    assert page.status_code == 200
    if answer.rows:
        assert f"共 {len(answer.rows)} 条" in page.text
    else:
        assert "图谱中没有这样的内容" in page.text
    file = client.get(f"/questions/{name}.csv", params=given(name))
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == answer.fields
    assert len(rows) == len(answer.rows) + 1


def test_values_narrow_an_answer_and_lead_on(client: httpx.Client, store: Path) -> None:
    text = client.get("/questions/tasks", params={"status": "delayed", "department": ""}).text
    assert '<option value="delayed" selected>' in text
    rows = query(open_graph(store), "tasks", {"status": "delayed"}).rows
    assert f"共 {len(rows)} 条" in text
    for _, number, _, _, departments, _ in rows:
        assert f'<a href="/task/jianghan-2019/{number}">{number}</a>' in text
        for name in str(departments).split("、"):
            assert re.search(rf'<a href="/department/420103/[^"]+">{name}</a>', text)
    # The column is left out, as there is only one report.
    assert 'value="report"' not in text
    assert ">报告</a></th>" not in text
    assert '<a href="/sparql?question=tasks&amp;status=delayed">' in text
    assert '<a href="/questions/tasks.csv?status=delayed" download>' in text


def test_a_thing_may_be_given_by_its_iri(client: httpx.Client) -> None:
    bureau = "https://w3id.org/taskkg/department/420103/建设局"
    text = client.get("/questions/tasks", params={"department": bureau}).text
    assert "共 3 条" in text
    assert 'value="建设局" maxlength' in text


def test_answers_can_be_had_as_files(client: httpx.Client, store: Path) -> None:
    rows = query(open_graph(store), "shared-things").rows
    found = json.loads(client.get("/questions/shared-things.json").text)
    assert [row["name"] for row in found] == [row[0] for row in rows]
    answer = client.get("/questions/shared-things.xlsx")
    assert "attachment" in answer.headers["content-disposition"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.title == "共同涉及的事物"
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        row[0] for row in rows
    ]


def test_values_stand_with_signs_and_units_and_reasons_in_words(client: httpx.Client) -> None:
    page = client.get("/questions/behind", params={"lang": "zh"}).text
    text = re.sub(r"<[^>]+>", " ", page[: page.index('<details class="query"')])
    assert "≥430亿元" in text
    assert "约8%" in text
    assert "已完成 275.12 亿元，目标 430 亿元" in text
    assert "against" not in text
    sheet = load_workbook(
        io.BytesIO(client.get("/questions/behind.xlsx", params={"lang": "zh"}).content)
    ).active
    assert sheet is not None
    values = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"≥430亿元", "275.12亿元", "落后"} <= values
    # CSV has codes for programs.
    assert ">=,430,亿元,275.12,亿元" in client.get("/questions/behind.csv").text


def test_long_answers_are_shown_page_by_page(client: httpx.Client) -> None:
    first, second = (
        client.get("/questions/tasks", params={"page": page}).text for page in ("1", "2")
    )
    assert 'href="/questions/tasks?page=2"' in first
    assert "第 2 页，共 2 页" in second
    assert '<a href="/task/jianghan-2019/106">106</a>' in second
    assert client.get("/questions/tasks", params={"page": "3"}).status_code == 404
    assert client.get("/questions/tasks", params={"page": "x"}).status_code == 404


def test_what_a_question_needs_is_asked_for(client: httpx.Client) -> None:
    text = client.get("/questions/between").text
    assert 'name="a"' in text
    assert "<table" not in text
    assert client.get("/questions/between.csv").status_code == 400


def test_wrong_values_are_told_in_one_sentence(client: httpx.Client) -> None:
    answer = client.get("/questions/tasks", params={"department": "建设厅", "lang": "zh"})
    assert answer.status_code == 400
    assert "图谱中没有“建设厅”这个名称。相近的名称：建设局" in answer.text
    answer = client.get("/questions/tasks", params={"department": "建设厅", "lang": "en"})
    assert "the graph knows no such name; did you mean 建设局" in answer.text
    assert 'value="建设厅"' in answer.text
    assert client.get("/questions/tasks", params={"task": "x"}).status_code == 400
    assert client.get("/questions/tasks", params={"nothing": "x"}).status_code == 400
    assert client.get("/questions/nothing").status_code == 404
    assert client.get("/questions/tasks.pdf").status_code == 404


def test_what_is_given_is_never_markup(client: httpx.Client) -> None:
    hostile = '"><script>alert(1)</script>'
    for path, name in (("/questions/tasks", "department"), ("/ask", "text")):
        text = client.get(path, params={name: hostile}).text
        assert "<script>alert" not in text


def test_a_plain_question_is_answered_and_what_was_understood_is_told(
    client: httpx.Client,
) -> None:
    text = client.get("/ask", params={"text": "哪些任务延期了？"}).text
    assert "理解为：<strong>任务</strong>；状态 = 推迟" in text
    assert '<a href="/task/jianghan-2019/80">80</a>' in text
    assert 'href="/questions/tasks?status=delayed"' in text
    english = client.get("/ask", params={"text": "which tasks are delayed?", "lang": "en"}).text
    assert "<strong>Tasks</strong>; State = Delayed" in english


def test_the_page_answers_as_the_command_does(client: httpx.Client, store: Path) -> None:
    for asked in ("教育局落后的有哪些", "第80项任务怎么样了", "义务教育优质均衡卡在哪"):
        text = client.get("/ask", params={"text": asked}).text
        shown = html.unescape(re.sub("<[^>]+>", "", text))
        for line in kg.ask(store, asked).text.split("\n"):
            assert line in shown
        assert '<a href="/task/jianghan-2019/80">80</a>' in text


def test_what_is_not_understood_is_not_answered(client: httpx.Client) -> None:
    text = client.get("/ask", params={"text": "明天天气怎么样"}).text
    assert "这个问题没有回答" in text
    assert "<table" not in text
    assert "/ask?text=" in text
    named = client.get("/ask", params={"text": "月亮湖公园有哪些任务"}).text
    assert "这个问题无法回答" in named or "这个问题没有回答" in named
    assert "可以这样问" in client.get("/ask").text


def test_an_answer_that_is_kept_with_the_build_is_shown(tmp_path: Path) -> None:
    store = tmp_path / "store"
    build(
        [table(tmp_path / "one.csv", "住建|建成青禾桥。|已开工。|建设局")],
        store,
        jurisdiction="330106",
    )
    kept_answer = Answer(tuple(question("streets").fields), (("留着的街道", *[None] * 5),))

    def slow() -> Answer:
        sleep(0.06)
        return kept_answer

    load_or_compute(current_build(store), strip_header(question("streets").sparql), slow)
    with serving(store, tmp_path / "log") as served, served.client() as client:
        assert "留着的街道" in client.get("/questions/streets").text
        assert "留着的街道" in client.get("/questions/streets.csv").text


def test_an_answer_is_sorted_and_has_the_columns_that_are_chosen(client: httpx.Client) -> None:
    def table(**query: str | list[str]) -> list[list[str]]:
        answer = client.get("/questions/behind.csv", params=query)
        assert answer.status_code == 200, answer.text
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    head, *rows = table()
    at = head.index("task")
    rising = [int(row[at]) for row in table(sort="task")[1:]]
    assert rising == sorted(int(row[at]) for row in rows)
    assert [int(row[at]) for row in table(sort="-task")[1:]] == rising[::-1]
    assert table(column=["task", "indicator"])[0] == ["task", "indicator"]
    html = client.get("/questions/behind", params={"sort": "-task", "lang": "zh"}).text
    assert 'aria-sort="descending"' in html
    assert [int(number) for number in re.findall(r'/task/jianghan-2019/(\d+)">', html)] == (
        rising[::-1]
    )
