from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


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
