from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PATHS = [
    "/department/420103/教育局",
    "/task/jianghan-2019/81",
    "/road/420103/新华路",
    "/report/jianghan-2019-10",
    "/indicator/420103/建设垃圾分类收运屋",
    "/tie/jianghan-2019/shared/road/420103/新华路",
    "/category/jianghan-2019/为民办实事",
    "/cell/jianghan-2019-10/8/progress",
    "/ontology",
    "/browse",
    "/browse/tasks?status=in_progress",
    "/compare/departments?a=发展和改革局&b=教育局",
    "/compare/reports",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "locale", "dark"), [(1280, "zh-CN", False), (380, "en", True)])
def test_pages_fit_and_are_accessible(
    visit: OpenPage,
    serious: Callable[[Page], list[object]],
    path: str,
    width: int,
    locale: str,
    dark: bool,
) -> None:
    page = visit(path, width=width, locale=locale, dark=dark, scripts=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(page) == []


def test_from_a_department_to_the_sentence_that_ties_it(visit: OpenPage) -> None:
    page = visit("/department/420103/教育局", scripts=False)
    page.get_by_role("link", name="比较 发展和改革局").click()
    expect(page.locator("h1")).to_contain_text("教育局 ↔ 发展和改革局")
    strand = page.locator(".strand").first
    expect(strand.locator("h3")).to_contain_text("红领巾第二小学项目")
    expect(strand.locator("mark")).to_have_count(2)
    strand.get_by_role("link", name="任务 48").click()
    expect(page.locator(".progress")).to_contain_text("红领巾第二小学项目已完工")
    page.locator(".progress").get_by_role("link", name="红领巾第二小学项目").first.click()
    expect(page.locator("h1")).to_have_text("红领巾第二小学项目")


def test_departments_are_compared_by_typing_their_names(visit: OpenPage) -> None:
    page = visit("/compare/departments", scripts=False)
    page.get_by_label("第一个部门").fill("发展和改革局")
    page.get_by_label("第二个部门").fill("教育局")
    page.locator("main").get_by_role("button", name="比较").click()
    expect(page.locator(".numbers")).to_contain_text("2.5")


def test_a_list_is_narrowed_sorted_and_downloaded(visit: OpenPage) -> None:
    page = visit("/browse/tasks", scripts=False)
    page.get_by_label("状态").select_option(label="已完成")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("tbody tr")).to_have_count(10)
    page.get_by_role("columnheader", name="序号").get_by_role("link").click()
    page.get_by_role("columnheader", name="序号").get_by_role("link").click()
    heading = page.get_by_role("columnheader", name="序号")
    expect(heading).to_have_attribute("aria-sort", "descending")
    numbers = [int(text) for text in page.locator("tbody th").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    with page.expect_download() as file:
        page.get_by_role("link", name="CSV").click()
    text = Path(file.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [int(row["number"]) for row in rows] == numbers
    assert {row["status"] for row in rows} == {"completed"}
    with page.expect_download() as file:
        page.get_by_role("link", name="Excel").click()
    sheet = load_workbook(io.BytesIO(Path(file.value.path()).read_bytes())).active
    assert sheet is not None
    assert sheet.max_row == 11


def test_the_network_stands_in_the_page_of_a_department(visit: OpenPage) -> None:
    page = visit("/department/420103/教育局")
    page.locator("iframe").scroll_into_view_if_needed()
    page.frame_locator("iframe").locator("body[data-drawn=true]").wait_for()
