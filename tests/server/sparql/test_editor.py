from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from kg.questions.catalogue import questions
from kg.server.sparql.editor import add_prefixes

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def written(page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_each_question_is_an_example_that_runs(client: httpx.Client, name: str) -> None:
    page = client.get("/sparql", params={"question": name}, headers=BROWSER)
    query = written(page.text)
    # Endpoints without predefined prefixes accept it too.
    assert set(re.findall(r"(?<![\w<:])(?:tkg|skos|prov|oa|geo)(?=:[A-Za-z])", query)) <= set(
        re.findall(r"PREFIX (\w+):", query)
    )
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200


def test_values_of_a_question_come_along(client: httpx.Client) -> None:
    given = {"question": "tasks", "department": "建设局"}
    page = client.get("/sparql", params=given, headers=BROWSER).text
    assert "<https://w3id.org/taskkg/department/420103/建设局>" in written(page)
    assert '<option value="tasks" selected>' in page


def test_a_browser_gets_an_answer_as_a_page(client: httpx.Client) -> None:
    query = "SELECT ?task WHERE { ?task a tkg:Task ; tkg:number 3 }"
    for answer in (
        client.get("/sparql", params={"query": query}, headers=BROWSER),
        client.post("/sparql", data={"query": query}, headers=BROWSER),
    ):
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert '<a href="/task/jianghan-2019/3">/task/jianghan-2019/3</a>' in answer.text
        assert written(answer.text) == query
    asked = client.get("/sparql", params={"query": "ASK { ?a a tkg:Task }"}, headers=BROWSER)
    assert '<pre tabindex="0">是</pre>' in asked.text
    asked = client.get("/sparql", params={"query": "ASK { ?a a tkg:None }"}, headers=BROWSER)
    assert '<pre tabindex="0">否</pre>' in asked.text
    graph = "CONSTRUCT { ?a a tkg:Task } WHERE { ?a a tkg:Task ; tkg:number 3 }"
    made = client.get("/sparql", params={"query": graph}, headers=BROWSER)
    assert (
        "&lt;https://w3id.org/taskkg/task/jianghan-2019/3&gt;" in made.text
        or "tkg:Task" in made.text
    )
    wrong = client.get("/sparql", params={"query": "SELECT"}, headers=BROWSER)
    assert wrong.status_code == 400
    # Programs without an `Accept` header do not get the page.
    assert "json" in client.get("/sparql", params={"query": query}).headers["content-type"]


@pytest.mark.parametrize("name", ["", "behind", "series"])
def test_examples_speak_the_language_of_the_page(client: httpx.Client, name: str) -> None:
    asked = {"question": name} if name else {}
    for spoken, foreign in (("zh", "[A-Za-z]"), ("en", "[\u4e00-\u9fff]")):
        headers = {**BROWSER, "Accept-Language": spoken}
        query = written(client.get("/sparql", params=asked, headers=headers).text)
        title = next(line for line in query.splitlines() if line.startswith("# "))
        assert not re.search(foreign, title.removeprefix("# "))
        answer = client.get("/sparql", params={"query": query}, headers=headers)
        called = re.findall('<th scope="col"[^>]*>(.*?)</th>', answer.text)
        assert called
        assert not any(re.search(foreign, heading) for heading in called)


def test_columns_of_other_queries_are_called_as_they_are(client: httpx.Client) -> None:
    query = "SELECT ?department ?x { ?x tkg:responsible ?department } LIMIT 1"
    answer = client.get("/sparql", params={"query": query}, headers=BROWSER)
    assert '<th scope="col">department</th><th scope="col">x</th>' in answer.text


def test_much_is_cut_and_nothing_is_markup(client: httpx.Client) -> None:
    much = client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"}, headers=BROWSER)
    assert much.text.count("<tr>") == 1001
    query = 'SELECT ("<script>alert(1)</script>" AS ?x) {}'
    assert (
        "<script>alert" not in client.get("/sparql", params={"query": query}, headers=BROWSER).text
    )


def test_the_policy_allows_one_style_more_and_no_script(client: httpx.Client) -> None:
    policy = client.get("/sparql", headers=BROWSER).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert policy.count("sha256-") == 1
    assert "sha256-" not in client.get("/questions").headers["content-security-policy"]


def test_what_is_no_question_is_told(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"question": "x"}, headers=BROWSER).status_code == 404
    wrong = {"question": "tasks", "department": "建设厅"}
    assert client.get("/sparql", params=wrong, headers=BROWSER).status_code == 400


def test_only_prefixes_that_are_used_are_declared() -> None:
    query = "SELECT * { ?a tkg:mentions/skos:prefLabel ?b FILTER(?b != <http://tkg:x>) }"
    assert re.findall(r"PREFIX ([\w-]+):", add_prefixes(query)) == ["skos", "tkg"]
