from __future__ import annotations

import csv
import io
import re
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
    thing = strand.locator("h3 a").inner_text()
    marked = strand.locator("mark").first.inner_text()
    strand.get_by_role("link", name=re.compile("^任务 ")).first.click()
    expect(page.locator("h1")).to_contain_text("任务")
    page.locator("main").get_by_role("link", name=marked, exact=True).first.click()
    expect(page.locator("h1")).to_have_text(thing)


def test_departments_are_compared_by_typing_their_names(visit: OpenPage) -> None:
    page = visit("/compare/departments", scripts=False)
    page.get_by_label("第一个部门").fill("发展和改革局")
    page.get_by_label("第二个部门").fill("教育局")
    page.locator("main").get_by_role("button", name="比较").click()
    expect(page.locator("h1")).to_contain_text("教育局")
    expect(page.locator(".numbers")).to_contain_text(re.compile(r"[1-9][\d.]*\s*联系强度"))


def test_a_list_is_narrowed_sorted_and_downloaded(visit: OpenPage) -> None:
    page = visit("/browse/tasks", scripts=False)
    page.select_option("#f-status", "completed")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("tbody tr").first).to_contain_text("已完成")
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
    assert sheet.max_row == 1 + len(numbers) > 1


def test_the_network_stands_in_the_page_of_a_department(visit: OpenPage) -> None:
    page = visit("/department/420103/教育局")
    page.locator("iframe").scroll_into_view_if_needed()
    page.frame_locator("iframe").locator("body[data-drawn=true]").wait_for()
