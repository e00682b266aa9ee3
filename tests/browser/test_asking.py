from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from kg.graph.stores.embedded import open_graph
from kg.questions.catalogue import query
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

BUREAU = "/views/department?about=https://w3id.org/taskkg/department/420103/建设局"


def run(page: Page) -> None:
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr_results tbody tr")


def test_a_question_is_asked_in_a_form_and_its_answer_downloaded(visit: OpenPage) -> None:
    page = visit("/questions")
    page.click("text=落后的目标")
    page.fill("#department", "发展和改革局")
    page.click("main button:has-text('查询')")
    expect(page.locator("caption")).to_have_text("共 2 条")
    with page.expect_download() as file:
        page.click("text=CSV")
    rows = list(
        csv.DictReader(io.StringIO(Path(file.value.path()).read_text(encoding="utf-8-sig")))
    )
    assert len(rows) == 2
    assert {row["departments"] for row in rows} == {"发展和改革局"}
    with page.expect_download() as file:
        page.click("text=Excel")
    sheet = load_workbook(io.BytesIO(Path(file.value.path()).read_bytes())).active
    assert sheet is not None
    assert sheet.max_row == 3
    page.click("tbody td a:has-text('发展和改革局') >> nth=0")
    expect(page.locator("h1")).to_contain_text("发展和改革局")


def delayed_tasks(store: Path) -> int:
    return len(query(open_graph(store), "tasks", {"status": "delayed"}).rows)


def test_plain_words_are_understood_or_politely_refused(visit: OpenPage, store: Path) -> None:
    page = visit("/ask", scripts=False)
    page.fill("#text", "哪些任务延期了？")
    page.click("main button:has-text('提问')")
    expect(page.locator(".note")).to_contain_text("理解为：任务；状态 = 推迟")
    assert page.locator("tbody tr").count() == delayed_tasks(store)
    page.fill("#text", "明天天气怎么样")
    page.click("main button:has-text('提问')")
    expect(page.locator("[role=alert]")).to_contain_text("没有回答")
    page.click("text=哪些目标没有达到？")
    expect(page.locator(".note")).to_contain_text("理解为：落后的目标")


@pytest.mark.usefixtures("editor")
def test_the_editor_runs_a_query_and_its_results_lead_to_pages(visit: OpenPage) -> None:
    page = visit("/sparql")
    run(page)
    assert page.locator(".yasr_results tbody tr").count() == 20
    link = page.locator(".yasr_results a.iri").first
    assert str(link.get_attribute("href")).startswith("/department/420103/")
    # A page of its own, so that the query stays.
    with page.expect_popup() as opened:
        link.click()
    opened.value.wait_for_url("**/department/420103/**")


@pytest.mark.usefixtures("editor")
def test_examples_are_queries_without_fault(visit: OpenPage) -> None:
    page = visit("/sparql")
    page.select_option("#question", "behind")
    page.click("main button:has-text('打开')")
    assert page.locator(".parseErrorIcon").count() == 0
    run(page)
    assert page.locator(".yasr_results tbody tr").count() > 1


@pytest.mark.usefixtures("editor")
def test_an_answer_leads_to_its_query_in_the_editor(visit: OpenPage, store: Path) -> None:
    page = visit("/questions/tasks?status=delayed")
    page.click("details.query > summary")
    page.click("text=在编辑器中打开")
    run(page)
    assert page.locator(".yasr_results tbody tr").count() == delayed_tasks(store)


@pytest.mark.usefixtures("editor")
def test_a_query_that_is_wrong_is_told(visit: OpenPage) -> None:
    page = visit("/sparql")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT ?x WHERE {')")
    page.click(".yasqe_queryButton")
    expect(page.locator(".yasr_results")).to_contain_text("SPARQL syntax error")


@pytest.mark.usefixtures("editor")
def test_literals_are_text_in_the_results(visit: OpenPage) -> None:
    page = visit("/sparql")
    markup = "<img src=x><b>粗</b> &lt;"
    asked = f'SELECT ("{markup}" AS ?x) ("{markup}"@zh AS ?y) {{}}'
    page.evaluate("q => document.querySelector('.CodeMirror').CodeMirror.setValue(q)", asked)
    run(page)
    assert page.locator(".yasr_results td").all_inner_texts()[:2] == [markup, markup]
    assert page.locator(".yasr_results td :is(img, b)").count() == 0


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?department ?name { ?department a tkg:Department ; skos:prefLabel ?name }",
        "SELECT ?name { ?name a tkg:None }",
        "CONSTRUCT { ?a a tkg:Task } WHERE { ?a a tkg:Task }",
        "ASK { ?a a tkg:Task }",
        "SELECT * { SERVICE <http://elsewhere.example/> { ?a ?b ?c } }",
    ],
)
def test_the_editor_speaks_chinese_on_chinese_pages(visit: OpenPage, query: str) -> None:
    page = visit("/sparql")
    page.evaluate(f"document.querySelector('.CodeMirror').CodeMirror.setValue({query!r})")
    # Prefixes that the server knows need not be declared.
    assert page.locator(".parseErrorIcon").count() == 0
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr_results > *")
    expect(page.locator(".yasr_response_chip")).to_contain_text("用时")
    english = page.evaluate(
        """() => [...document.querySelectorAll("#yasgui *")]
          .filter((one) => one.checkVisibility() && !one.closest(".CodeMirror-lines, tbody"))
          .flatMap((one) => [
            ...["title", "aria-label", "placeholder"].map((name) => one.getAttribute(name)),
            ...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
          ])
          .filter((text) => /[a-z]{2}/i.test((text ?? "").replace(/SERVICE|^[?]\\w+$/g, "")))"""
    )
    assert english == []


@pytest.mark.usefixtures("editor")
def test_the_editor_speaks_english_on_english_pages(visit: OpenPage) -> None:
    page = visit("/sparql?lang=en")
    run(page)
    assert page.locator("thead .dt-column-title").all_inner_texts() == [
        "department",
        "name",
        "tasks",
    ]
    expect(page.locator(".dt-info")).to_have_text("Showing 1 to 20 of 20 entries")
    assert "任务" not in page.inner_text("#yasgui .yasqe")


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_editor_has_the_ground_of_the_page(visit: OpenPage, dark: bool) -> None:
    page = visit("/sparql", dark=dark)
    run(page)
    ground = "getComputedStyle(document.querySelector(%r)).backgroundColor"
    assert page.evaluate(ground % ".CodeMirror") == page.evaluate(ground % "body")
    font = "getComputedStyle(document.querySelector(%r)).fontFamily"
    for place in (".CodeMirror-line .cm-keyword", "#query"):
        assert "monospace" in page.evaluate(font % place)


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize("width", [390, 1280])
def test_buttons_of_the_editor_cover_no_text(visit: OpenPage, width: int) -> None:
    page = visit("/sparql?question=tasks", width=width, height=844)
    bar = page.locator(".yasqe_buttons").bounding_box()
    line = page.locator(".CodeMirror-line").first.bounding_box()
    assert bar
    assert line
    assert bar["y"] + bar["height"] <= line["y"]
    for name in (".yasqe_share", ".yasqe_queryButton"):
        button = page.locator(name).bounding_box()
        assert button
        assert bar["x"] <= button["x"]
        assert button["x"] + button["width"] <= bar["x"] + bar["width"]
        assert bar["y"] <= button["y"] <= bar["y"] + bar["height"] - button["height"]
    page.click(".yasqe_share")
    popup = page.locator(".yasqe_sharePopup").bounding_box()
    assert popup
    assert popup["x"] >= 0
    assert popup["x"] + popup["width"] <= width


def test_without_scripts_there_is_a_form_for_queries(visit: OpenPage) -> None:
    page = visit("/sparql?question=tasks", scripts=False)
    assert "PREFIX tkg:" in page.input_value("#query")
    assert page.locator("#yasgui").is_hidden()
    page.click("main button:has-text('运行')")
    expect(page.locator("#answer caption")).to_have_text("共 106 行")
    assert "PREFIX tkg:" in page.input_value("#query")


def test_a_view_is_drawn_and_its_nodes_lead_to_pages(visit: OpenPage) -> None:
    page = visit("/views/things")
    page.wait_for_selector("body[data-drawn=true]")
    page.fill("#search", "园林局")
    page.keyboard.press("Enter")
    page.click("#panel .own-page")
    page.wait_for_url("**/department/420103/**")
    expect(page.locator("h1")).to_contain_text("园林局")


def test_a_small_view_stays_in_its_frame_until_a_page_is_opened(visit: OpenPage) -> None:
    page = visit("/views")
    page.evaluate(
        """(address) => { const frame = document.createElement("iframe"); frame.id = "small";
        frame.src = address; document.querySelector("main").append(frame); }""",
        f"{BUREAU}&embedded=1",
    )
    frame = page.frame_locator("#small")
    frame.locator("body[data-drawn=true]").wait_for()
    assert frame.locator("header").is_hidden()
    assert frame.locator("#panel").is_hidden()
    frame.locator("#picture").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    frame.locator("#panel .own-page").click()
    page.wait_for_load_state()
    assert "/views" not in page.url


def test_without_scripts_the_ties_of_a_view_are_a_table(visit: OpenPage) -> None:
    page = visit(BUREAU, scripts=False)
    assert page.locator("noscript tr").count() > 5
    assert page.locator("#picture").is_hidden()


def test_the_language_is_kept_from_page_to_page(visit: OpenPage) -> None:
    page = visit("/questions")
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Questions")
    page.click("nav >> text=Networks")
    page.click("text=Departments and what they share")
    page.wait_for_selector("body[data-drawn=true]")
    assert page.inner_text("#title") == "Departments and what they share"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/questions", "/questions/behind", "/ask?text=天气", "/views", "/views/things", "/sparql"],
)
@pytest.mark.usefixtures("editor")
def test_no_serious_finding_of_axe(
    visit: OpenPage, serious: Callable[[Page], list[object]], path: str, dark: bool
) -> None:
    page = visit(path, dark=dark)
    if path == "/views/things":
        page.wait_for_selector("body[data-drawn=true]")
    elif path == "/sparql":
        run(page)
    assert serious(page) == []


@pytest.mark.parametrize("path", ["/questions", "/questions/tasks", "/ask", "/views", "/sparql"])
@pytest.mark.usefixtures("editor")
def test_pages_fit_a_phone(visit: OpenPage, path: str) -> None:
    page = visit(path, width=390, height=844)
    if path == "/sparql":
        run(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_planner_finds_the_way_from_the_front_page_to_an_answer(visit: OpenPage) -> None:
    page = visit("/")
    page.click("main a[href='/questions'] >> nth=0")
    page.fill("#text", "教育局有哪些任务")
    page.keyboard.press("Enter")
    expect(page.locator(".note")).to_contain_text("部门 = 教育局")
    page.click("tbody a[href^='/task/'] >> nth=0")
    expect(page.locator("blockquote, .quote").first).to_be_visible()
