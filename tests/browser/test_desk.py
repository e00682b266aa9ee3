"""The planner's ten jobs, each in three clicks at most, and the matrix by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from kg.graph.stores.embedded import open_graph
from kg.planning.coordination import find_coordination, read_network
from kg.views.matrix import render_matrix
from tests.browser.conftest import OpenPage
from tests.server.conftest import Served

pytestmark = pytest.mark.browser


def test_which_departments_share_projects_and_on_what_sentence(visit: OpenPage) -> None:
    page = visit("/")
    page.click("nav >> text=部门")
    page.click("main >> text=教育局")
    page.locator("table a:has-text('比较')").first.click()
    assert page.inner_text("h1") == "教育局 ↔ 发展和改革局"
    assert page.locator("blockquote mark", has_text="汉口辅仁小学CBD校区").count() >= 2


def test_who_blocks_whom(visit: OpenPage) -> None:
    page = visit("/")
    page.click("main >> text=哪些部门需要对接")
    page.select_option("#f-tie", "waiting")
    page.click("main form button")
    assert "教育局 等待 自然资源和规划分局：军事用地权属变更协调完成" in page.inner_text(".pairs")
    assert "《中华人民共和国土地管理法》" in page.inner_text(".pairs")


def test_targets_behind_and_by_how_much(visit: OpenPage) -> None:
    page = visit("/")
    page.click("main >> text=哪些目标落后")
    first = page.locator("tbody tr").first
    bar = first.locator("svg")
    assert bar.get_attribute("aria-label") == "目标84场 · 已报17场 · 20% · 时间已过83%"
    assert bar.locator("rect").nth(1).get_attribute("width") == "20.24"
    assert first.locator("td").nth(0).inner_text() == "84场"
    assert first.locator("td").nth(1).inner_text() == "17场"
    assert "文化和旅游局" in first.inner_text()


def test_what_happens_in_a_street(visit: OpenPage) -> None:
    page = visit("/")
    page.click("main >> text=各街道的任务")
    page.click("details:has-text('满春街') > summary")
    told = page.inner_text("details[open]")
    assert "城管执法局" in told
    assert "环卫市场化" in told


def test_what_changed_between_two_reports(browser: Browser, history: Served) -> None:
    context = browser.new_context(base_url=history.address, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    page.click("main >> text=与上期报告相比的变化")
    assert "2021年10月→12月的变化" in page.inner_text("h1")
    page.select_option("#a", "xihu-330106-2021-05")
    page.click("main form button")
    assert "2021年5月→12月的变化" in page.inner_text("h1")
    assert "生态环境局" in page.inner_text("main")
    context.close()


@pytest.mark.parametrize(
    ("page_at", "ending", "begins"),
    [
        ("/coordination", "png", b"\x89PNG"),
        ("/targets", "xlsx", b"PK"),
        ("/department/420103/教育局", "pptx", b"PK"),
        ("/", "pdf", b"%PDF"),
    ],
)
def test_pictures_tables_and_briefings_are_one_click_away(
    visit: OpenPage, page_at: str, ending: str, begins: bytes
) -> None:
    page = visit(page_at)
    with page.expect_download() as started:
        page.locator(f"a[download][href*='.{ending}']").first.click()
    file = started.value
    assert file.suggested_filename.endswith(f".{ending}")
    # A name that people understand.
    assert any("一" <= sign <= "鿿" for sign in unquote(file.suggested_filename)), file
    assert Path(file.path()).read_bytes().startswith(begins)


def test_the_address_of_a_filtered_view_opens_the_same(visit: OpenPage) -> None:
    page = visit("/targets")
    page.select_option("#f-judgement", "behind")
    page.select_option("#sort", "department")
    page.click("main form button")
    rows = page.locator("tbody th").all_inner_texts()
    again = visit(page.url.removeprefix(page.evaluate("location.origin")))
    assert again.locator("tbody th").all_inner_texts() == rows
    assert len(rows) == 8


def test_who_must_talk_is_on_the_front_page(visit: OpenPage) -> None:
    page = visit("/")
    assert "最需要对接的是" in page.inner_text("main")
    page.click("p.lead a")
    assert page.locator(".pairs > li").count() == 10


def test_the_matrix_reads_and_opens_cells_by_mouse(visit: OpenPage, store: Path) -> None:
    network = read_network(open_graph(store))
    matrix = find_coordination(network).matrix
    page = visit("/coordination", width=1440, height=1400)
    cell = matrix.cells[0]
    names = [network.names[matrix.departments[at]] for at in (cell.row, cell.column)]
    x, y = place(page, cell.row, cell.column)
    page.mouse.move(x, y)
    told = page.inner_text(".reading")
    assert f"{names[0]} × {names[1]} · 强度 {cell.weight:.3g}" in told
    page.mouse.click(x, y)
    page.wait_for_url("**/compare/departments?**")
    assert set(page.inner_text("h1").split(" ↔ ")) == set(names)


def test_the_matrix_is_walked_by_keyboard(visit: OpenPage) -> None:
    page = visit("/coordination", width=1440, height=1400)
    page.focus(".matrix svg")
    first = page.inner_text(".reading")
    assert "×" in first
    page.keyboard.press("ArrowDown")
    second = page.inner_text(".reading")
    assert second != first
    page.keyboard.press("ArrowUp")
    for _ in range(30):
        if page.locator(".reading a").count():
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/departments?**")


def test_the_offline_matrix_opens_the_sentences_of_a_pair(
    open_file: Callable[[str], Page], store: Path
) -> None:
    graph = open_graph(store)
    cell = find_coordination(read_network(graph)).matrix.cells[0]
    page = open_file(render_matrix(graph))
    x, y = place(page, cell.row, cell.column)
    page.mouse.click(x, y)
    fold = page.locator(f"#pair-{cell.row}-{cell.column}")
    assert fold.get_attribute("open") is not None
    assert fold.locator("mark").count() >= 2


def test_a_phone_has_the_pairs_as_a_list(visit: OpenPage) -> None:
    page = visit("/coordination", width=390, height=800)
    assert not page.is_visible(".matrix")
    page.click("details.partners >> nth=0")
    assert page.locator("details.partners[open] a").first.is_visible()
    assert page.locator(".pairs > li").first.is_visible()


def test_print_has_the_picture_and_no_controls(visit: OpenPage) -> None:
    page = visit("/coordination", width=1440)
    page.emulate_media(media="print")
    assert page.is_visible(".matrix svg")
    assert not page.is_visible("form.filters")
    assert not page.is_visible(".take")


def place(page: Page, row: int, column: int) -> tuple[float, float]:
    """Return where a cell of the matrix is on the screen."""
    x, y = page.evaluate(
        """([row, column]) => {
          const svg = document.querySelector(".matrix svg");
          svg.scrollIntoView({ behavior: "instant", block: "center" });
          const box = svg.getBoundingClientRect();
          const { left, top, size } = svg.dataset;
          const scale = box.width / svg.viewBox.baseVal.width;
          return [box.left + (Number(left) + (column + 0.4) * size) * scale,
            box.top + (Number(top) + (row + 0.4) * size) * scale];
        }""",
        [row, column],
    )
    return float(x), float(y)
